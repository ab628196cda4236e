/**
 * The live scene as the page knows it: has it drawn inside the sealed frame, connects it with the camera there, turns its
 * knobs, and compares what the camera tells with what the scene knows. No picture ever comes by here.
 */
import * as v from 'valibot';
import type { OutRecord } from '../../contract/index.ts';
import type { CameraFrame, OpenedSource } from '../camera/setup.ts';
import { DeviceFault } from '../camera/devices.ts';
import {
  SceneRecord,
  widthOf,
  type FrameTruth,
  type Knobs,
  type LiveWorldId,
  type SceneCommand,
  type SceneStats,
  type Watched,
} from '../../scenes/live/contract.ts';
import { fitKnobs, WORLD_KNOBS } from '../../scenes/live/knobs.ts';
import { FramedScene, type SceneWorker } from './framed-scene.ts';
import { CrossingAccuracy, PresenceAccuracy, type CrossingScore, type PresenceScore } from './accuracy.ts';

/** The same crowd on every machine and every day. */
const SEED = 7;

type SceneState = 'off' | 'building' | 'drawing';
type Ready = Extract<SceneRecord, { type: 'ready' }>;

/** As much of a drawing as truth must know. */
export interface WatchedDrawing {
  readonly lines: readonly { readonly id: string; readonly a: Place; readonly b: Place }[];
  readonly zones: readonly { readonly id: string; readonly points: readonly Place[] }[];
  readonly anchor: Watched['anchor'];
}
type Place = readonly [number, number];

type SceneFrame = Pick<CameraFrame, 'startScene' | 'endScene'>;

export class LiveScene {
  readonly world: LiveWorldId;
  knobs = $state.raw() as Knobs;
  state = $state<SceneState>('off');
  /** People made so far, while it is building. */
  made = $state.raw<{ done: number; of: number } | undefined>();
  stats = $state.raw<SceneStats | undefined>();
  truth = $state.raw<FrameTruth | undefined>();
  crossings = $state.raw() as CrossingScore;
  presence = $state.raw() as PresenceScore;

  readonly #createWorker: (frame: SceneFrame) => SceneWorker;
  readonly #crossings = new CrossingAccuracy();
  readonly #presence = new PresenceAccuracy<FrameTruth>();
  #worker: SceneWorker | undefined;
  /** Breaks off what is being built. */
  #abandon: (() => void) | undefined;
  #watched: Watched = { lines: [], zones: [], anchor: 'centre' };

  constructor(
    world: LiveWorldId,
    createWorker: (frame: SceneFrame) => SceneWorker = (frame) => new FramedScene(frame),
  ) {
    this.world = world;
    this.knobs = WORLD_KNOBS[this.world].start;
    this.#createWorker = createWorker;
    this.#publish();
  }

  /**
   * Builds the scene anew and connects it with the holder of the port.
   * @throws {DeviceFault} 'scene-unavailable' where it cannot be drawn
   */
  async open(frame: SceneFrame): Promise<OpenedSource> {
    this.close();
    this.state = 'building';
    this.made = undefined;
    this.#forget();
    const worker = (this.#worker = this.#createWorker(frame));
    const channel = new MessageChannel();
    try {
      const ready = await this.#build(worker, channel.port1);
      this.state = 'drawing';
      const { width, height, fps } = ready;
      return {
        spec: { kind: 'scene', port: channel.port2, width, height, fps },
        transfer: [channel.port2],
        close: () => this.#end(worker),
      };
    } catch (cause) {
      this.#end(worker);
      throw new DeviceFault('scene-unavailable', { cause });
    }
  }

  /** Ends the drawing and gives the graphics card back. */
  close(): void {
    if (this.#worker) this.#end(this.#worker);
  }

  turn(part: Partial<Knobs>): void {
    const before = this.knobs;
    this.knobs = fitKnobs(this.world, { ...before, ...part });
    this.#order({ order: 'turn', knobs: this.knobs });
    // Lines stand on the picture, not on the street: seen from elsewhere, something else crosses them.
    if (before.cameraM !== this.knobs.cameraM || before.tiltDeg !== this.knobs.tiltDeg) this.#forget();
  }

  restore(): void {
    this.turn(WORLD_KNOBS[this.world].start);
  }

  /** Truth counts where the camera does. */
  watch({ lines, zones, anchor }: WatchedDrawing): void {
    const watched: Watched = {
      lines: lines.map(({ id, a, b }) => ({ id, a: [...a], b: [...b] })),
      zones: zones.map(({ id, points }) => ({ id, points: points.map(([x, y]) => [x, y]) })),
      anchor,
    };
    if (JSON.stringify(watched) === JSON.stringify(this.#watched)) return;
    this.#watched = watched;
    this.#order({ order: 'watch', watched });
    this.#forget();
  }

  /** Takes what the camera tells of a picture of this scene. */
  accept(record: OutRecord): void {
    if (this.state !== 'drawing') return;
    switch (record.type) {
      case 'count':
        this.#crossings.counted(record);
        break;
      case 'zone':
        this.#presence.told(record.atS, sum(record.present), (truth) => inside(truth, record.zone));
        break;
      case 'presence':
        // The camera rounds down to a multiple of k, so the truth is rounded as well.
        for (const { zone, atLeast } of record.zones) {
          const rounded = (n: number) => Math.floor(n / record.k) * record.k;
          this.#presence.told(record.atS, atLeast, (truth) => rounded(inside(truth, zone)));
        }
        break;
      case 'crowd': {
        const area = this.#watched.zones[0]?.id;
        const people = record.standing + record.moving;
        this.#presence.told(record.atS, people, (truth) =>
          area === undefined ? (truth.present.pedestrian ?? 0) : inside(truth, area),
        );
        break;
      }
      case 'road':
        this.#presence.told(record.atS, sum(record.vehicles), vehicles);
        break;
      default:
        return;
    }
    this.#publish();
  }

  /** Begins the comparison anew, with the camera's own counts. */
  reset(): void {
    this.#forget();
  }

  #build(worker: SceneWorker, port: MessagePort): Promise<Ready> {
    return new Promise((ready, failed) => {
      this.#abandon = () => failed(new Error('closed before it was built'));
      worker.onmessage = ({ data }: MessageEvent<{ scene: unknown }>) => {
        if (worker !== this.#worker) return;
        const told = v.safeParse(SceneRecord, data.scene);
        if (!told.success) return failed(new Error('the scene told something that is no record'));
        if (told.output.type === 'ready') ready(told.output);
        else if (told.output.type === 'fault') failed(new Error(told.output.code));
        this.#hear(told.output);
      };
      worker.onerror = (event) => {
        event?.preventDefault();
        failed(new Error('the scene broke down'));
      };
      const order: SceneCommand = { order: 'open', world: this.world, seed: SEED, knobs: this.knobs };
      worker.postMessage({ order, port }, [port]);
      worker.postMessage({ order: { order: 'watch', watched: this.#watched } satisfies SceneCommand });
    });
  }

  #hear(record: SceneRecord): void {
    switch (record.type) {
      case 'progress':
        this.made = { done: record.done, of: record.of };
        return;
      case 'stats':
        this.stats = record;
        return;
      case 'frame':
        this.truth = record;
        this.#crossings.crossed(record.crossings);
        this.#crossings.settle(record.atS);
        this.#presence.was(record.atS, record);
        this.#publish();
    }
  }

  #order(order: SceneCommand): void {
    this.#worker?.postMessage({ order });
  }

  #end(worker: SceneWorker): void {
    worker.terminate();
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#abandon?.();
    this.state = 'off';
    this.stats = undefined;
    this.truth = undefined;
  }

  #forget(): void {
    this.#crossings.forget();
    this.#presence.forget();
    this.#publish();
  }

  #publish(): void {
    this.crossings = this.#crossings.score;
    this.presence = this.#presence.score;
  }
}

const sum = (perKind: FrameTruth['present']): number => Object.values(perKind).reduce((all, n) => all + n, 0);

const inside = (truth: FrameTruth, zone: string): number => sum(truth.occupancy[zone] ?? {});

const vehicles = ({ present: { pedestrian: _, ...rest } }: FrameTruth): number => sum(rest);

/** Width and height of the pictures as asked for, for the labels of the knob. */
export const sizeText = (height: Knobs['height']): string => `${widthOf(height)} × ${height}`;
