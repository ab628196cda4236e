/** The class of an object: a vote of its detections over its life, weighted by score. */
import type { Detection } from '../geometry/detection.ts';
import type { LabelGroups } from './labels.ts';

export class LabelVotes {
  readonly #votes = new Map<string, number>();
  /** A certain detection has fixed the group of labels; within the group the vote continues. */
  #isSettled = false;
  readonly #groups: LabelGroups;
  #winner: string;

  constructor(groups: LabelGroups, winner: string) {
    this.#groups = groups;
    this.#winner = winner;
  }

  get label(): string {
    return this.#winner;
  }

  get group(): number {
    return this.#groups.of(this.#winner);
  }

  get settled(): boolean {
    return this.#isSettled;
  }

  /**
   * Adds all labels of one box.
   * @param label the box's own label
   */
  hear(label: string, detections: readonly Detection[], sure: boolean): void {
    if (sure && !this.#isSettled) {
      this.#isSettled = true;
      if (this.#groups.of(label) !== this.group) this.#winner = label;
    }
    // A further vote for the leader changes nothing.
    const unanimous = detections.length === 1 && label === this.#winner;
    for (const d of detections) this.#votes.set(d.label, (this.#votes.get(d.label) ?? 0) + d.score);
    if (unanimous) return;
    if (!this.#isSettled)
      this.#winner = this.#first([...this.#votes.keys()], (l) => this.#sumOf(this.#groups.of(l)));
    const group = this.group;
    const own = [...this.#votes.keys()].filter((l) => this.#groups.of(l) === group);
    this.#winner = this.#first(own, (l) => this.#votes.get(l)!);
  }

  #sumOf(group: number): number {
    let sum = 0;
    for (const [label, votes] of this.#votes) if (this.#groups.of(label) === group) sum += votes;
    return sum;
  }

  /** The label with the highest score; the present one on a tie. */
  #first(labels: readonly string[], of: (label: string) => number): string {
    let best = this.#winner;
    let max = labels.includes(best) ? of(best) : -Infinity;
    for (const label of labels) {
      if (of(label) <= max) continue;
      best = label;
      max = of(label);
    }
    return best;
  }
}
