/**
 * A benchmark's report, as it is stored, exported and shared; `README.md` beside this file explains each key. `version`
 * grows with every change that older pages cannot read: older reports are upgraded on reading (`upgrade`); a report of
 * a newer version is refused with a message.
 */
import * as v from 'valibot';
import { KERNELS } from '../../models/runtime-facts.ts';
import { amount, CASES, count, modelId, STAGES, unit } from '../../contract/index.ts';

export const FORMAT = 'incam-bench';
export const VERSION = 3;
/** Maximum size of a file: a report of a thousand cells has a few megabytes. */
export const MAX_BYTES = 20_000_000;

const words = v.pipe(v.string(), v.maxLength(400));
const moment = v.pipe(v.string(), v.isoTimestamp());

export const BACKENDS = ['wasm', 'webgpu', 'mediapipe'] as const;

/** One configuration: a case's first model on an engine at an input size; the case's other models follow the engine. */
export const Cell = v.strictObject({
  case: v.picklist(CASES),
  model: modelId,
  backend: v.picklist(BACKENDS),
  /** 0: as many as measure fastest. */
  threads: v.pipe(count, v.maxValue(16)),
  /** Longer side of the input in pixels; absent: the case's own. */
  longSide: v.optional(v.pipe(count, v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  /**
   * A camera slowed down to the rate estimated for a chip; the frames in between are destroyed without being processed.
   */
  slowed: v.optional(v.strictObject({ chip: words, maxFps: v.pipe(amount, v.gtValue(0), v.maxValue(120)) })),
});
export type Cell = v.InferOutput<typeof Cell>;

export const PHASES = ['download', 'verify', 'initialise', 'measure', 'warm-up'] as const;
export type Phase = (typeof PHASES)[number];

/** One round of a cell: a fresh camera on the case's sample clip, every frame once. */
export const Run = v.strictObject({
  round: count,
  startedAt: moment,
  /** Why the run gave no result; a code of the camera. */
  fault: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/))),
  frames: count,
  /** Of each frame, milliseconds, in order; nothing is left out. */
  frameMs: v.pipe(v.array(amount), v.maxLength(20_000)),
  /** Medians. */
  stagesMs: v.record(v.picklist(STAGES), amount),
  /** Preparation by phase; the times of several models are added up. */
  phasesMs: v.record(v.picklist(PHASES), amount),
  /** Frames by the clock on the wall, decoding included. */
  fps: amount,
  overheadShare: unit,
  engines: v.pipe(
    v.array(
      v.strictObject({
        model: modelId,
        backend: v.picklist(BACKENDS),
        threads: count,
        width: count,
        height: count,
        fallback: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/))),
      }),
    ),
    v.maxLength(8),
  ),
  /** Of the page with its workers, where the browser tells. */
  memoryBytes: v.optional(count),
  /** |told - true| / true, when the whole clip was seen and the case has a truth to count against. */
  countError: v.optional(amount),
});
export type Run = v.InferOutput<typeof Run>;

/** A fixed piece of work, again and again, by as many workers at the same time as the suite uses threads. */
export const IdleCheck = v.strictObject({
  at: moment,
  threads: v.pipe(count, v.minValue(1), v.maxValue(16)),
  /** The fastest piece of all workers, milliseconds. */
  bestMs: amount,
  /** A piece on average, of the slowest worker, milliseconds. */
  slowestMs: amount,
});
export type IdleCheck = v.InferOutput<typeof IdleCheck>;

export const Device = v.strictObject({
  browser: words,
  platform: words,
  cores: count,
  /** As coarse as the browser states it. */
  memoryGb: v.optional(amount),
  adapter: v.optional(words),
  isolated: v.boolean(),
  /** Of the runtime that the site serves for the CPU (`models/runtime`); absent: it did not say. */
  kernels: v.optional(v.picklist(KERNELS)),
});
export type Device = v.InferOutput<typeof Device>;

export const PLANS = ['quick', 'full', 'own'] as const;

export const Plan = v.strictObject({
  name: v.picklist(PLANS),
  /** First frames of each clip; 0: all. */
  frames: v.pipe(count, v.maxValue(5000)),
  rounds: v.pipe(count, v.minValue(1), v.maxValue(50)),
  cells: v.pipe(v.array(Cell), v.minLength(1), v.maxLength(400)),
});
export type Plan = v.InferOutput<typeof Plan>;

export const Report = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/)),
  startedAt: moment,
  device: Device,
  idle: v.pipe(v.array(IdleCheck), v.maxLength(2000)),
  plan: Plan,
  /** In the order of `plan.cells`. */
  runs: v.array(v.pipe(v.array(Run), v.maxLength(50))),
});
export type Report = v.InferOutput<typeof Report>;

export type ReportFault = 'too-large' | 'not-json' | 'not-a-report' | 'newer' | 'damaged';

/** Why a file cannot be read as a report. */
export class ReportError extends Error {
  constructor(
    readonly code: ReportFault,
    /** Path of the first misfit, for the author of the file. */
    readonly detail = '',
  ) {
    super(`${code} ${detail}`);
  }
}

/** Several reports in one file, for example of different devices. */
const SET_FORMAT = 'incam-bench-set';
const Stamp = v.looseObject({ format: v.picklist([FORMAT, SET_FORMAT]), version: v.number() });
const ReportSet = v.strictObject({
  format: v.literal(SET_FORMAT),
  version: v.literal(VERSION),
  reports: v.pipe(v.array(Report), v.minLength(1), v.maxLength(500)),
});

/**
 * @param text of a file: one report, or several put together
 * @throws {ReportError}
 */
export function parseReports(text: string): Report[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ReportError('not-json');
  }
  const stamp = v.safeParse(Stamp, data);
  if (!stamp.success) throw new ReportError('not-a-report');
  if (stamp.output.version > VERSION) throw new ReportError('newer', `${stamp.output.version}`);
  const current = upgrade(stamp.output);
  const reports =
    stamp.output.format === SET_FORMAT ? fitting(ReportSet, current).reports : [fitting(Report, current)];
  for (const { plan, runs } of reports) {
    if (runs.length !== plan.cells.length)
      throw new ReportError('damaged', 'runs: not as many lists as there are cells');
  }
  return reports;
}

/**
 * Brings a report or a set of an older version up to date, without looking at the rest of it. The idle check of version
 * 1 timed one core only, which is not enough: those checks are dropped, and with them the claim. Versions before 3 did
 * not say which kernels ran; nothing is assumed of them.
 */
export function upgrade(data: object): object {
  if (!('version' in data) || (data.version !== 1 && data.version !== 2)) return data;
  return {
    ...data,
    version: VERSION,
    ...(data.version === 1 && 'idle' in data && { idle: [] }),
    ...('reports' in data && Array.isArray(data.reports) && { reports: data.reports.map(upgradeEach) }),
  };
}

const upgradeEach = (each: unknown): unknown =>
  typeof each === 'object' && each !== null ? upgrade(each) : each;

function fitting<S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new ReportError('damaged', `${v.getDotPath(issue) ?? ''}: ${issue.message}`.slice(0, 300));
}

/** One report as it is, several as a set. */
export const asFile = (reports: readonly Report[]): object =>
  reports.length === 1 ? reports[0]! : { format: SET_FORMAT, version: VERSION, reports };

/**
 * Checks the size before reading.
 * @throws {ReportError}
 */
export async function readReports(file: Blob): Promise<Report[]> {
  if (file.size > MAX_BYTES) throw new ReportError('too-large', `${Math.round(file.size / 1e6)} MB`);
  return parseReports(await file.text());
}

/** The current time in the format of reports. */
export const momentNow = (): string => new Date().toISOString();

/** Key of a cell: equal for comparable cells of all reports. */
export const cellKey = ({ case: id, model, backend, threads, longSide, slowed }: Cell): string =>
  [
    ...[id, model, `${backend}-${threads}`, longSide ?? 'auto'],
    ...(slowed ? [`${slowed.chip} ${slowed.maxFps}`] : []),
  ].join('/');

/** Key of a device: equal for reports of one device and browser. */
export const deviceKey = ({ device }: Report): string => JSON.stringify(Object.entries(device).sort());

/** Number of finished runs of the plan. */
export function progressOf({ plan, runs }: Report): { done: number; total: number } {
  return {
    done: runs.reduce((sum, list) => sum + list.length, 0),
    total: plan.cells.length * plan.rounds,
  };
}
