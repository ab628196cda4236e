/**
 * One frame's way through the camera: sense, mask, prepare, infer, track, extract, preview, destroy, report.
 *
 * Whatever happens on the way (a fault, a stop, a refused record), the frame's buffer is zeroed before this returns.
 */
import type { OutRecord, Polygon, Role, Stage } from '../../../contract/index.ts';
import type { DisclosureControl } from '../disclosure/control.ts';
import type { SensorFrame } from '../frames/frame.ts';
import type { FramePool } from '../frames/pool.ts';
import type { Overlay } from '../frames/preview.ts';
import type { SourceFrame } from '../frames/source.ts';
import type { Gate } from '../isolation/gate.ts';
import type { Detector, StageClock } from '../inference/engine.ts';
import type { FaceAge, FaceDescription, FaceReader, FaceSex } from '../inference/faces.ts';
import type { SignReader } from '../inference/signs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TiledDetector } from './tiled-detection.ts';
import type { Pipeline, Seen, TileContext, TileRequest } from '../cases/pipeline.ts';
import type { Stepper } from './stepper.ts';
import { FrameTimes, type Timing } from '../ledger/timing.ts';

/** Blanks what the operator has masked, in place. */
export interface MaskPainter {
  readonly polygons: readonly Polygon[];
  apply(frame: SensorFrame): void;
}

/** The demonstration picture behind the glass. */
export interface PreviewPainter {
  /** Bytes of picture it holds now: what is painted stays until it is painted over, wiped or the glass closed. */
  readonly bytes: number;
  paint(frame: SensorFrame, overlay: Overlay): void;
}

/** What a frame needs on its way; owned by the device. */
export interface FrameContext {
  readonly pool: FramePool;
  readonly masks: MaskPainter;
  /** What is loaded, for the cases that need it. */
  readonly models: {
    readonly objects: Detector | undefined;
    readonly faces: Detector | undefined;
    readonly age: FaceReader<FaceAge> | undefined;
    readonly sex: FaceReader<FaceSex> | undefined;
    readonly descriptor: FaceReader<FaceDescription> | undefined;
    readonly signs: SignReader | undefined;
  };
  readonly pipelines: readonly Pipeline[];
  readonly look: TiledDetector;
  /** Whether the source goes on without waiting for the camera. */
  readonly live: boolean;
  readonly preview: PreviewPainter;
  readonly gate: Pick<Gate, 'send'>;
  /** Holds records back until the policy of their case lets them leave. */
  readonly disclosure: Pick<DisclosureControl, 'take' | 'news'>;
  readonly ledger: Ledger;
  readonly timing: Timing;
  readonly stepper: Pick<Stepper, 'reached'>;
  /** For evaluation builds only: sees what the pipelines see. The site's camera has none. */
  readonly observe?: ((seen: Seen, pipelines: readonly Pipeline[]) => void) | undefined;
}

/** @throws {Fault} of the stage that failed; the frame is destroyed all the same */
export async function processFrame(source: SourceFrame, index: number, s: FrameContext): Promise<void> {
  const times = new FrameTimes();
  const checkpoint = (stage: Stage, items = 0) =>
    s.stepper.reached(() =>
      s.gate.send({
        type: 'step',
        frame: index,
        stage,
        ms: Math.round((times.stages[stage] ?? 0) * 100) / 100,
        // This frame's: neither those that wait in the source nor the picture on the glass.
        bytesAlive: s.ledger.bytesInWork - s.preview.bytes,
        items,
      }),
    );

  const frame = await times.time('sense', () => s.pool.acquire(source, index, sensorWidthOf(s.pipelines)));
  let records: OutRecord[];
  try {
    await checkpoint('sense');
    times.timeSync('mask', () => s.masks.apply(frame));
    await checkpoint('mask');

    const seen = await see(frame, times, checkpoint, s);
    await checkpoint('infer', seen.objects.length + seen.faces.length);

    times.timeSync('track', () => s.pipelines.forEach((pipeline) => pipeline.track(seen)));
    await checkpoint(
      'track',
      s.pipelines.reduce((sum, pipeline) => sum + pipeline.following, 0),
    );

    await times.timeRest('extract', () => read(frame, seen, times, s));
    records = times.timeSync('extract', () => s.pipelines.flatMap((pipeline) => pipeline.extract(seen)));
    s.observe?.(seen, s.pipelines);
    await checkpoint('extract', records.length);

    times.timeSync('preview', () => paint(frame, s));
    await checkpoint('preview');
  } finally {
    times.timeSync('destroy', () => frame.destroy());
  }
  await checkpoint('destroy');
  times.timeSync('report', () => {
    const released = s.disclosure.take(records, source.timestampUs / 1e6);
    for (const record of [...released, ...s.disclosure.news()]) s.gate.send(record);
  });
  s.timing.add(times);
  await checkpoint('report', records.length);
}

/** Of several cases on one camera the one that wants the lowest resolution decides: no other may undo its protection. */
export function sensorWidthOf(pipelines: readonly Pick<Pipeline, 'sensorWidth'>[]): number | undefined {
  const widths = pipelines.flatMap(({ sensorWidth }) => sensorWidth ?? []);
  return widths.length > 0 ? Math.min(...widths) : undefined;
}

/** Paints over the previous demonstration picture: one copy is destroyed, one is made. */
function paint(frame: SensorFrame, { preview, pipelines, masks, ledger }: FrameContext): void {
  const before = preview.bytes;
  const boxes = pipelines.flatMap((pipeline) => pipeline.marks());
  preview.paint(frame, { boxes, masks: masks.polygons });
  ledger.pixelsDestroyed(before);
  ledger.pixelsMade(preview.bytes);
}

/** Runs the detectors that any case needs, each once; the results are shared. */
async function see(
  frame: SensorFrame,
  times: FrameTimes,
  checkpoint: (stage: Stage, items?: number) => Promise<void>,
  { models, pipelines, look, live }: FrameContext,
): Promise<Seen> {
  const { index, timestampUs, width, height } = frame;
  const needed = (role: Role) => pipelines.some(({ needs }) => needs.includes(role));
  let prepared = false;
  const clock: StageClock = {
    prepare: (work) => times.timeSync('prepare', work),
    infer: async (work) => {
      if (!prepared) await checkpoint('prepare');
      prepared = true;
      return times.time('infer', work);
    },
  };
  const wishes = pipelines.flatMap((pipeline) =>
    pipeline.closerLooks ? [(view: TileContext) => pipeline.closerLooks!(view)] : [],
  );
  const run = (detector: Detector | undefined, closer: readonly TileRequest[] = []) =>
    detector && look.at(frame, detector, clock, live, closer);
  const objects = (needed('objects') && (await run(models.objects, wishes))) || [];
  const faces = (needed('faces') && (await run(models.faces))) || [];
  return { index, timeS: timestampUs / 1e6, width, height, objects, faces };
}

/**
 * Lets the cases that read from the picture do so, each with the readers it has named and no others. Their crops and runs
 * are booked as such; what else they do is part of the extraction.
 */
async function read(
  frame: SensorFrame,
  seen: Seen,
  times: FrameTimes,
  { models, pipelines }: FrameContext,
): Promise<void> {
  const clock: StageClock = {
    prepare: (work) => times.timeSync('prepare', work),
    infer: (work) => times.time('infer', work),
  };
  for (const pipeline of pipelines) {
    await pipeline.read?.(frame, seen, {
      objects: pipeline.needs.includes('objects') ? models.objects : undefined,
      age: pipeline.needs.includes('age') ? models.age : undefined,
      sex: pipeline.needs.includes('sex') ? models.sex : undefined,
      descriptor: pipeline.needs.includes('face-descriptor') ? models.descriptor : undefined,
      signs: pipeline.needs.includes('signs') ? models.signs : undefined,
      clock,
    });
  }
}
