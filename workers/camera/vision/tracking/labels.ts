/** Groups of class names that can be one object, and their counted kinds. */

/**
 * Classes that detectors confuse on one and the same object, frame by frame. A track stays within its group; a vote
 * over its life decides its label. A person is never a vehicle.
 */
export const COCO_GROUPS: readonly (readonly string[])[] = [
  ['person'],
  ['bicycle', 'motorcycle'],
  ['car', 'bus', 'truck', 'train'],
];

/** Riders and ridden vehicles: boxes of these classes overlap although both detections are right. */
export const RIDERS: readonly string[] = ['person'];
export const RIDDEN: readonly string[] = ['bicycle', 'motorcycle'];

/** Whether one of the labels is a rider's and the other a vehicle's that is ridden. */
export const canRide = (a: string, b: string): boolean =>
  (RIDERS.includes(a) && RIDDEN.includes(b)) || (RIDERS.includes(b) && RIDDEN.includes(a));

const KINDS = {
  person: 'pedestrian',
  bicycle: 'bicycle',
  motorcycle: 'motorcycle',
  car: 'car',
  bus: 'bus',
  truck: 'truck',
} as const;
export type CountedKind = (typeof KINDS)[keyof typeof KINDS];

/** COCO class -> counted kind. Classes that are not counted are absent. */
const KIND_OF_COCO: ReadonlyMap<string, CountedKind> = new Map(Object.entries(KINDS));

/** The counted kind of a COCO class; undefined if it is not counted. */
export const kindOf = (label: string): CountedKind | undefined => KIND_OF_COCO.get(label);

/** Assigns each label the number of its group; a label in no group gets its own. */
export class LabelGroups {
  readonly #ids = new Map<string, number>();
  #next = 0;

  /** @throws {TypeError} when a label is in two groups */
  constructor(groups: readonly (readonly string[])[] = COCO_GROUPS) {
    for (const group of groups) {
      for (const label of group) {
        if (this.#ids.has(label)) throw new TypeError(`Label "${label}" is in more than one group.`);
        this.#ids.set(label, this.#next);
      }
      this.#next++;
    }
  }

  of(label: string): number {
    let id = this.#ids.get(label);
    if (id === undefined) this.#ids.set(label, (id = this.#next++));
    return id;
  }

  /** Whether objects of one group can ride objects of the other. */
  canRide(a: number, b: number): boolean {
    const of = (labels: readonly string[], id: number) => labels.some((label) => this.of(label) === id);
    return (of(RIDERS, a) && of(RIDDEN, b)) || (of(RIDERS, b) && of(RIDDEN, a));
  }
}
