/**
 * Case 4, person shape measurement outdoors (人物形状の計測): objects are counted by kind and direction as they cross
 * lines, and by presence in zones. What leaves is numbers only.
 *
 * The pipeline never sees a pixel: it works on detections, and its tracks, with their random ids, die with it.
 */
import { LEAST_LINE, type CaseConfig, type CountingConfig, type OutRecord } from '../contract.ts';
import { Fault } from '../faults.ts';
import type { OverlayBox } from '../frames/preview.ts';
import { kindOf } from '../vision/labels.ts';
import { LineCounter, type CountedObject, type Crossing } from '../vision/lines.ts';
import { Tracker } from '../vision/tracker.ts';
import type { Pipeline, Seen } from './pipeline.ts';

export class CountingPipeline implements Pipeline {
  readonly case = 'counting';
  #config: CountingConfig;
  #size: { width: number; height: number } | undefined;
  #tracker = new Tracker();
  #lines: LineCounter | undefined;
  #objects: readonly CountedObject[] = [];

  /** @throws {Fault} 'line-too-short', 'zone-too-small', 'calibration-degenerate' with the id of the culprit */
  constructor(config: CountingConfig) {
    check(config);
    this.#config = config;
  }

  get objects(): readonly CountedObject[] {
    return this.#objects;
  }

  get following(): number {
    return this.#objects.length;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'counting') return;
    check(config);
    this.#config = config;
    this.#lines = undefined;
  }

  track(seen: Seen): void {
    this.#fit(seen);
    const counted = seen.detections.filter((detection) => kindOf(detection.label));
    this.#objects = this.#tracker.update(counted, seen.timeS);
  }

  extract(seen: Seen): OutRecord[] {
    return this.#lines!.update(this.#objects, seen.timeS).map(countRecord);
  }

  finish(): OutRecord[] {
    return this.#lines?.finish().map(countRecord) ?? [];
  }

  marks(): readonly OverlayBox[] {
    return this.#objects
      .filter((object) => object.confirmed && !object.lost)
      .map((object) => ({ box: object.box, kind: kindOf(object.label) }));
  }

  reset(): void {
    this.#tracker.reset();
    this.#lines?.reset();
    this.#objects = [];
  }

  /** Tracks and lines live in pixels: they are made anew when the picture changes its size. */
  #fit({ width, height }: Seen): void {
    if (this.#size?.width !== width || this.#size.height !== height) {
      this.#size = { width, height };
      this.#tracker = new Tracker({ picture: this.#size });
      this.#lines = undefined;
    }
    this.#lines ??= new LineCounter(this.#config.lines, {
      picture: this.#size,
      anchor: this.#config.anchor,
    });
  }
}

function countRecord({ line, kind, direction, atS }: Crossing): OutRecord {
  return {
    type: 'count',
    case: 'counting',
    line,
    kind,
    direction,
    atS: Math.round(Math.max(0, atS) * 10) / 10,
  };
}

/** @throws {Fault} */
function check(config: CountingConfig): void {
  for (const { id, a, b } of config.lines) {
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) < LEAST_LINE) {
      throw new Fault('line-too-short', `line ${id} has no length`, { subject: id });
    }
  }
}
