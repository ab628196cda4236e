/**
 * The contract between the camera (this worker) and the outside world (the page).
 *
 * Everything that may leave the camera is a record described here, and nothing else is. The types used on both
 * sides are inferred from these schemas, `gate.ts` checks every record against them before it is posted, and the
 * page checks again on arrival. An unknown field is an error, never silently stripped: a pipeline that grows a new
 * field must grow it here, in review, first.
 *
 * No schema in this file admits an ArrayBuffer, a typed array, an ImageBitmap, a VideoFrame, a blob or free text.
 * Strings are members of closed lists or short identifiers that the page itself chose.
 */
import * as v from 'valibot';

/** Cases by their folder name; the number is the guidebook's (ver2.0). */
export const CASES = [
  'attributes',
  'trajectories',
  'repeat-visits',
  'counting',
  'streetscape',
  'crowding',
] as const;
export type CaseId = (typeof CASES)[number];

/** What case 4 counts. A bicycle with its rider is one bicycle. */
export const KINDS = ['pedestrian', 'bicycle', 'motorcycle', 'car', 'bus', 'truck'] as const;
export type Kind = (typeof KINDS)[number];

/** A frame's way through the camera, in order; each stage is timed. */
export const STAGES = [
  'sense',
  'mask',
  'prepare',
  'infer',
  'track',
  'extract',
  'preview',
  'destroy',
  'report',
] as const;
export type Stage = (typeof STAGES)[number];

export const FAULTS = [
  'source-unreadable',
  'source-not-video',
  'source-no-video-track',
  'source-codec-unsupported',
  'source-truncated',
  'source-too-large',
  'camera-denied',
  'camera-absent',
  'camera-busy',
  'camera-unplugged',
  'model-missing',
  'model-corrupt',
  'model-wrong-shape',
  'model-wrong-hash',
  'model-unsupported',
  'backend-unavailable',
  'gpu-lost',
  'memory-exhausted',
  'config-invalid',
  'line-too-short',
  'zone-too-small',
  'calibration-degenerate',
  'gate-refused',
  'internal',
] as const;
export type FaultCode = (typeof FAULTS)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const unit = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
/** Identifier chosen by the page (a line, a zone, a mask). Short on purpose: it cannot smuggle data. */
export const shortId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,16}$/));
/** Identifier of a model card. */
export const modelId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
/** Seconds of source time since its start, to a tenth: finer time stamps would only help to re-identify. */
const sourceTime = v.pipe(
  amount,
  v.check((s) => Math.abs(s * 10 - Math.round(s * 10)) < 1e-6, 'tenths'),
);

export const Point = v.tuple([unit, unit]);
/** [x, y] as fractions of the source picture's width and height, origin at the top left. */
export type Point = v.InferOutput<typeof Point>;

// ---------------------------------------------------------------------------------------------- records

/** Case 4: one object crossed one line. Numbers only (guidebook case 4: 数値のみ). */
export const CountRecord = v.strictObject({
  type: v.literal('count'),
  case: v.literal('counting'),
  line: shortId,
  kind: v.picklist(KINDS),
  direction: v.picklist(['forward', 'backward']),
  /** Source time of the crossing, in seconds, to a tenth. */
  atS: sourceTime,
  /** Ground speed in km/h, whole numbers, only when the ground is calibrated. */
  speedKmh: v.optional(v.pipe(count, v.maxValue(300))),
  /** Height in metres to 0.1 m, pedestrians only, only when the ground is calibrated. */
  heightM: v.optional(v.pipe(amount, v.maxValue(5))),
});

/** Case 4: how many of each kind are inside a polygon now, and how many have entered it since reset. */
export const ZoneRecord = v.strictObject({
  type: v.literal('zone'),
  case: v.literal('counting'),
  zone: shortId,
  atS: sourceTime,
  present: v.record(v.picklist(KINDS), count),
  entered: v.record(v.picklist(KINDS), count),
});

/** The exact account of what existed and what was destroyed; from the pool itself, never estimated. */
export const LedgerRecord = v.strictObject({
  type: v.literal('ledger'),
  frames: v.strictObject({
    acquired: count,
    destroyed: count,
    /** Of the destroyed ones, how many were never looked at (a newer frame was already there). */
    unseen: count,
    /** In the camera's own buffers; never more than `capacity`. acquired = destroyed + alive + waiting. */
    alive: count,
    alivePeak: count,
    capacity: count,
    /**
     * Decoded by the browser and not yet looked at. A decoder may give up all it has re-ordered at once, so that this
     * has a small but no exact bound.
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
   * What went through the gate, as JSON bytes: everything, house-keeping such as this record included, and of that
   * the records that the cases themselves produced.
   */
  out: v.strictObject({
    records: count,
    bytes: count,
    pictures: count,
    caseRecords: count,
    caseBytes: count,
    refused: count,
  }),
  perSecond: v.strictObject({ acquired: amount, destroyed: amount, pixelBytesIn: amount, bytesOut: amount }),
  /** Whole-memory wipes done (an all-zero frame run through each model, buffers zeroed, sessions released). */
  wipes: count,
});

/** Frame rate and latency, over a sliding window. */
export const TimingRecord = v.strictObject({
  type: v.literal('timing'),
  fps: amount,
  frames: count,
  /** From a frame's arrival to its report. */
  frameMs: v.strictObject({ p50: amount, p90: amount, p99: amount }),
  stagesMs: v.record(v.picklist(STAGES), amount),
  /** Time outside inference as a share of the frame time, 0..1. */
  overheadShare: unit,
});

export const SOURCE_KINDS = ['webcam', 'file', 'sample', 'pattern', 'scene', 'stills'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

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
    }),
  ),
  positionS: v.optional(amount),
  engine: v.optional(
    v.strictObject({
      model: modelId,
      backend: v.picklist(['wasm', 'webgpu', 'mediapipe']),
      threads: count,
      width: count,
      height: count,
      /** Why the engine is not the one first asked for; told to the user. */
      fallback: v.optional(
        v.picklist(['no-adapter', 'slower', 'failed', 'lost', 'not-isolated', 'no-webgl']),
      ),
    }),
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
  /** Pixel bytes alive after the stage. */
  bytesAlive: count,
  /** Objects found, tracked or reported, as the stage has it. */
  items: count,
});

export const FaultRecord = v.strictObject({
  type: v.literal('fault'),
  code: v.picklist(FAULTS),
  /** The camera goes on (warning) or has stopped (error). */
  severity: v.picklist(['warning', 'error']),
  /** What the code is about, when it is something the page named itself. */
  subject: v.optional(v.union([shortId, modelId])),
});

/** The closed union: what may leave the camera. */
export const OutRecord = v.variant('type', [
  CountRecord,
  ZoneRecord,
  LedgerRecord,
  TimingRecord,
  StatusRecord,
  ProgressRecord,
  StepRecord,
  FaultRecord,
]);
export type OutRecord = v.InferOutput<typeof OutRecord>;
export type OutRecordOf<T extends OutRecord['type']> = Extract<OutRecord, { type: T }>;

// ---------------------------------------------------------------------------------------------- what goes in

/** The least length of a counting line, as a fraction of the picture's diagonal. */
export const LEAST_LINE = 0.02;

export const CountingLine = v.strictObject({
  id: shortId,
  a: Point,
  b: Point,
  /** A crossing flatter than this against the line is not counted (people walking along it). 0..80 degrees. */
  minAngleDeg: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(80)), 15),
});
export type CountingLine = v.InferOutput<typeof CountingLine>;

export const Polygon = v.strictObject({
  id: shortId,
  points: v.pipe(v.array(Point), v.minLength(3), v.maxLength(32)),
});
export type Polygon = v.InferOutput<typeof Polygon>;

/**
 * Four points on the ground, in order around a rectangle seen from above (near left, near right, far right, far
 * left), and the rectangle's true size in metres.
 */
export const GroundCalibration = v.strictObject({
  points: v.tuple([Point, Point, Point, Point]),
  widthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
  depthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
});
export type GroundCalibration = v.InferOutput<typeof GroundCalibration>;

export const CountingConfig = v.strictObject({
  case: v.literal('counting'),
  lines: v.pipe(v.array(CountingLine), v.maxLength(16)),
  zones: v.pipe(v.array(Polygon), v.maxLength(16)),
  calibration: v.optional(GroundCalibration),
  /** The point of an object that must cross: the middle of its box, or where it touches the ground. */
  anchor: v.optional(v.picklist(['centre', 'ground']), 'centre'),
});
export type CountingConfig = v.InferOutput<typeof CountingConfig>;

export const CaseConfig = v.variant('case', [CountingConfig]);
export type CaseConfig = v.InferOutput<typeof CaseConfig>;

export const BackendChoice = v.picklist(['auto', 'wasm', 'webgpu']);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;

export const EngineChoice = v.strictObject({
  model: modelId,
  backend: BackendChoice,
  /** 0: as many as measure fastest, at most cores - 1. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** Input size in pixels; absent: chosen from the source's aspect. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  height: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
});
export type EngineChoice = v.InferOutput<typeof EngineChoice>;

/**
 * The positive direction of a line: the unit normal to the right of a -> b in picture coordinates (x right, y down),
 * in pixels. A crossing along it is `forward`. The page draws its arrow with the same function.
 *
 * @param aspect width / height of the picture, because the points are fractions of each side
 * @returns unit vector [x, y] in pixels; [0, 0] for a line without length
 */
export function forwardNormal(a: Point, b: Point, aspect: number): [number, number] {
  const dx = (b[0] - a[0]) * aspect;
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  return length === 0 ? [0, 0] : [-dy / length, dx / length];
}

// ---------------------------------------------------------------------------------------------- the worker's face

/**
 * Where frames come from. Only `webcam` and `scene` carry a transferable (a stream or a port); the page opens the
 * device but never reads a frame.
 */
export type SourceSpec =
  | {
      kind: 'webcam';
      via: 'stream';
      readable: ReadableStream<VideoFrame>;
      width: number;
      height: number;
      fps?: number;
    }
  | { kind: 'webcam'; via: 'port'; port: MessagePort; width: number; height: number; fps?: number }
  | { kind: 'file'; file: Blob; pace: Pace }
  | { kind: 'sample'; url: string; pace: Pace; loop: boolean }
  | { kind: 'pattern'; width: number; height: number; fps: number }
  | { kind: 'stills'; files: Blob[]; fps: number; pace: Pace };

/** `live`: the newest frame wins, as on a real camera. `exact`: every frame once, however long it takes. */
export type Pace = 'live' | 'exact';

/**
 * What Comlink exposes. Every method resolves to nothing: what there is to say leaves as a record through the gate.
 * Faults are records too; a method rejects only on a programming error (a wrong call order).
 */
export interface CameraApi {
  /** Hands over the canvas behind the glass; the worker paints on it, the page cannot read it back. */
  attachPreview(canvas: OffscreenCanvas): Promise<void>;
  /** Chooses and loads the model; progress and the outcome leave as records. */
  load(choice: EngineChoice): Promise<void>;
  /** A model file the user dropped in; checked, wrapped and loaded like any other. */
  loadFile(file: Blob, card: unknown, choice: EngineChoice): Promise<void>;
  open(source: SourceSpec): Promise<void>;
  configure(cases: CaseConfig[]): Promise<void>;
  setMasks(masks: Polygon[]): Promise<void>;
  setGlass(glass: 'clear' | 'opaque'): Promise<void>;
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Takes one frame and stops after each stage: call again to go on; the last call ends in the zeroed buffer. */
  step(): Promise<void>;
  /** Forgets the counts and tracks of a case; the source goes on. */
  reset(caseId: CaseId): Promise<void>;
  /** Ends the source, wipes buffers and model memory, reports `wiped`. The page then terminates the worker. */
  stop(): Promise<void>;
}
