/** A place on the earth (WGS 84), degrees. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
}
