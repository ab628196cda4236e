/** Which class names can be the same object, and what case 4 calls them. */

/**
 * Classes that detectors confuse on one and the same object, frame by frame. A track keeps within its group; what it
 * is called is voted over its life. A person is never a vehicle.
 */
export const COCO_GROUPS: readonly (readonly string[])[] = [
  ['person'],
  ['bicycle', 'motorcycle'],
  ['car', 'bus', 'truck', 'train'],
];

/** Who may sit on what: boxes of these classes overlap although they are two detections of good faith. */
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

/** COCO class -> what is counted. Classes that are not counted are absent. */
const KIND_OF_COCO: ReadonlyMap<string, CountedKind> = new Map(Object.entries(KINDS));

/** What a COCO class is counted as, or undefined if it is not counted. */
export const kindOf = (label: string): CountedKind | undefined => KIND_OF_COCO.get(label);

/** Gives each label the number of its group; a label in no group gets one of its own. */
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

  /** Whether what is in one group can ride what is in the other. */
  canRide(a: number, b: number): boolean {
    const of = (labels: readonly string[], id: number) => labels.some((label) => this.of(label) === id);
    return (of(RIDERS, a) && of(RIDDEN, b)) || (of(RIDERS, b) && of(RIDDEN, a));
  }
}
