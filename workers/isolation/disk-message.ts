/**
 * What the camera's vault asks of the disk outside the sealed frame. The disk keeps sealed bytes and keys that it cannot read;
 * it understands neither. This is the one thing besides records that leaves the frame, and only where the operator has chosen
 * that the vault outlives the camera.
 */

/** A day as it lies on the disk. */
export interface DiskDay {
  readonly day: number;
  readonly until: number;
  readonly held: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DiskCalendar {
  readonly first: number;
  readonly latest: number;
}

/** @typeParam K a key: a number inside the frame, the browser's object outside */
export type DiskQuestion<K> =
  | { disk: 'open' | 'read' | 'close' }
  | { disk: 'put'; day: DiskDay & { readonly key: K } }
  | { disk: 'destroy'; days: readonly number[] }
  | { disk: 'calendar'; calendar: DiskCalendar };

export interface DiskContents<K> {
  /** With `open`: vectors of an older kind that were destroyed. */
  readonly outdated?: number | undefined;
  readonly calendar?: DiskCalendar | undefined;
  readonly days: readonly (DiskDay & { readonly key: K })[];
}

/** `fault` is a code of the contract. */
export type DiskAnswer<K> =
  { id: number; value: DiskContents<K> | undefined } | { id: number; fault: string } | { lost: true };
