/** What may leave the camera. */
import * as v from 'valibot';
import { CASE_RECORDS, CASES } from './cases/index.ts';
import { DisclosureRecord } from './disclosure.ts';
import { amount, count, FAULTS, modelId, ROLES, shortId, SOURCE_KINDS, STAGES, unit } from './enums.ts';
import { PictureRecord } from './picture.ts';
import { PictureShape } from './shapes.ts';

/** The exact account of the frames that existed and were destroyed; from the pool itself, never estimated. */
export const LedgerRecord = v.strictObject({
  type: v.literal('ledger'),
  frames: v.strictObject({
    acquired: count,
    destroyed: count,
    /** Destroyed frames that were never processed, because a newer one had arrived. */
    unseen: count,
    /** In the camera's own buffers; never more than `capacity`. acquired = destroyed + alive + waiting. */
    alive: count,
    alivePeak: count,
    capacity: count,
    /**
     * Decoded by the browser and not yet processed. A decoder may release all re-ordered frames at once, so the bound
     * is small but not exact.
     */
    waiting: count,
    waitingPeak: count,
  }),
  /** Every copy counts: sensor frame, working buffer, model input, and the padding in between. */
  pixelBytes: v.strictObject({ acquired: count, destroyed: count, alive: count }),
  /** From acquisition of a frame to its destruction. */
  lifeMs: v.strictObject({ p50: amount, p95: amount, max: amount }),
  crops: v.strictObject({ made: count, destroyed: count }),
  vectors: v.strictObject({ made: count, destroyed: count, held: count }),
  /**
   * What passed the gate, as JSON bytes: all records, including housekeeping such as this one, and apart from them the
   * records of the cases.
   */
  out: v.strictObject({
    records: count,
    bytes: count,
    pictures: count,
    caseRecords: count,
    caseBytes: count,
    refused: count,
  }),
  /** The same for each case on this camera (guidebook 5.2: each purpose has its own account). */
  cases: v.pipe(
    v.array(
      v.strictObject({
        case: v.picklist(CASES),
        records: count,
        bytes: count,
        pictures: count,
        crops: v.strictObject({ made: count, destroyed: count }),
        vectors: v.strictObject({ made: count, destroyed: count, held: count }),
      }),
    ),
    v.maxLength(CASES.length),
  ),
  perSecond: v.strictObject({ acquired: amount, destroyed: amount, pixelBytesIn: amount, bytesOut: amount }),
  /**
   * Completed wipes of the whole memory (an all-zero frame run through each model, buffers zeroed, sessions released).
   */
  wipes: count,
});

/** Frame times in one record of the timing at most. */
export const MAX_EACH = 200;

/** Frame rate and latency, over a sliding window. */
export const TimingRecord = v.strictObject({
  type: v.literal('timing'),
  fps: amount,
  frames: count,
  /** From a frame's arrival to its report. */
  frameMs: v.strictObject({ p50: amount, p90: amount, p99: amount }),
  /**
   * Milliseconds of each frame since the previous record, in order, to a tenth; the latest ones where there were more.
   */
  eachMs: v.optional(v.pipe(v.array(amount), v.maxLength(MAX_EACH)), []),
  stagesMs: v.record(v.picklist(STAGES), amount),
  /** Time outside inference as a share of the frame time, 0..1. */
  overheadShare: unit,
});

export const StatusRecord = v.strictObject({
  type: v.literal('status'),
  state: v.picklist(['idle', 'loading', 'ready', 'running', 'paused', 'ended', 'stopped', 'wiped']),
  source: v.optional(
    v.strictObject({
      kind: v.picklist(SOURCE_KINDS),
      width: count,
      height: count,
      /** Nominal frame rate; absent when the source does not say. */
      fps: v.optional(amount),
      durationS: v.optional(amount),
      /** No picture comes, although the camera waits for one; the rate is 0 and the glass is empty. */
      stalled: v.optional(v.literal(true)),
      /**
       * The pictures now have this shape, another than what is drawn was drawn on: they are covered as a whole and
       * nothing is counted, until they have the old one again or something is drawn on the new one.
       */
      reshaped: v.optional(PictureShape),
      /** Times that the source's time stamps went back or left out more than is plausible. */
      timeJumps: v.optional(count),
      /** Its time stamps are senseless; so many pictures a second are assumed. */
      assumedFps: v.optional(amount),
    }),
  ),
  positionS: v.optional(amount),
  /** The models at work: detectors first. */
  engines: v.pipe(
    v.array(
      v.strictObject({
        role: v.picklist(ROLES),
        model: modelId,
        backend: v.picklist(['wasm', 'webgpu', 'mediapipe']),
        threads: count,
        width: count,
        height: count,
        /** Why the engine is not the requested one; shown to the visitor. */
        fallback: v.optional(
          v.picklist(['no-adapter', 'slower', 'failed', 'lost', 'not-isolated', 'no-webgl']),
        ),
      }),
    ),
    v.maxLength(ROLES.length),
  ),
  /** Whether the glass in front of the preview is opaque (then nothing is painted at all). */
  glass: v.picklist(['clear', 'opaque']),
});

/** Getting a model ready. `total` is absent where the server does not say. */
export const ProgressRecord = v.strictObject({
  type: v.literal('progress'),
  model: modelId,
  phase: v.picklist(['download', 'verify', 'initialise', 'measure', 'warm-up', 'done']),
  loaded: v.optional(count),
  total: v.optional(count),
  ms: v.optional(amount),
});

/** Single step: the frozen frame is now in `stage`; what exists there, in numbers. */
export const StepRecord = v.strictObject({
  type: v.literal('step'),
  frame: count,
  stage: v.picklist(STAGES),
  ms: amount,
  /** Pixel bytes of this frame alive after the stage; frames that wait and the glass are not among them. */
  bytesAlive: count,
  /** Objects found, tracked or reported, as the stage has it. */
  items: count,
});

/** Where a camera searches itself for the canary. `arrays`: whatever else was made or written meanwhile. */
export const PROOF_PLACES = ['buffers', 'models', 'glass', 'vault', 'arrays'] as const;
export type ProofPlace = (typeof PROOF_PLACES)[number];

/** "Prove it": a made-up picture goes through the camera, and is searched for in the camera's own memories. */
export const ProofRecord = v.strictObject({
  type: v.literal('proof'),
  /** It was made and is shown; it is inside; the frame was destroyed; the memories were wiped. */
  step: v.picklist(['made', 'inside', 'destroyed', 'wiped']),
  places: v.pipe(
    v.array(
      v.strictObject({
        place: v.picklist(PROOF_PLACES),
        /** Searched. */
        bytes: count,
        found: v.boolean(),
      }),
    ),
    v.maxLength(PROOF_PLACES.length),
  ),
  /** Since the order, in milliseconds. */
  ms: count,
});

export const FaultRecord = v.strictObject({
  type: v.literal('fault'),
  code: v.picklist(FAULTS),
  /** The camera continues (warning) or has stopped (error). */
  severity: v.picklist(['warning', 'error']),
  /** The subject of the code, if the page has named it. */
  subject: v.optional(v.union([shortId, modelId])),
});

/** The closed union: what may leave the camera. */
export const OutRecord = v.variant('type', [
  ...CASE_RECORDS,
  PictureRecord,
  LedgerRecord,
  TimingRecord,
  StatusRecord,
  ProgressRecord,
  StepRecord,
  ProofRecord,
  FaultRecord,
  DisclosureRecord,
]);
export type OutRecord = v.InferOutput<typeof OutRecord>;
export type OutRecordOf<T extends OutRecord['type']> = Extract<OutRecord, { type: T }>;
