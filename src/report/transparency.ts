/**
 * The transparency report: what ran on this device, on which build and models, what came in, what was destroyed and kept, how
 * right it is, how the duties stand, and which notices hang. Figures only; nothing in it is about a person.
 */
import * as v from 'valibot';
import { CASES } from '../../contract/index.ts';

export const REPORT_FORMAT = 'incam-transparency-report';
/** Grows with every change that an older page could not read. */
export const REPORT_VERSION = 1;
/** Largest file that is read, bytes; a report has some kilobytes. */
export const MAX_REPORT_BYTES = 4_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const line = v.pipe(v.string(), v.maxLength(2000));
const moment = v.pipe(v.string(), v.isoTimestamp());
const list = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.maxLength(500));
const pair = v.strictObject({ made: count, destroyed: count });

const DataItem = v.strictObject({
  what: line,
  /** Kept inside the camera, or let out of it. */
  where: v.picklist(['camera', 'outside']),
  fate: v.picklist(['destroyed', 'kept', 'handed-over']),
  until: line,
  identifies: v.boolean(),
});

const Model = v.strictObject({
  role: line,
  model: line,
  backend: line,
  /** SHA-256 of the file that the site serves; null: not in its registry. */
  sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});

const Figure = v.strictObject({ name: line, value: v.number(), source: line });

export const CaseReport = v.strictObject({
  case: v.picklist(CASES),
  number: count,
  name: line,
  /** End of the last run. */
  at: moment,
  source: v.nullable(line),
  models: list(Model),
  settings: v.record(v.pipe(v.string(), v.maxLength(40)), v.union([v.number(), v.boolean()])),
  ledger: v.strictObject({
    frames: v.strictObject({ acquired: count, destroyed: count, left: count }),
    /** From acquisition to destruction, milliseconds. */
    lifeMs: v.strictObject({ p50: amount, p95: amount, max: amount }),
    crops: pair,
    vectors: v.strictObject({ ...pair.entries, held: count }),
    records: count,
    pictures: count,
    bytes: count,
    refused: count,
    wiped: v.boolean(),
  }),
  data: list(DataItem),
  accuracy: list(Figure),
  duties: v.strictObject({ done: count, all: count, open: count, conflict: count }),
  notices: v.strictObject({
    inForce: list(v.strictObject({ form: line, occasion: line, language: line, since: moment })),
    /** Statements that are not what the camera does, of these notices and of one made now. */
    disagreements: count,
  }),
});
export type CaseReport = v.InferOutput<typeof CaseReport>;

export const TransparencyReport = v.strictObject({
  format: v.literal(REPORT_FORMAT),
  version: v.literal(REPORT_VERSION),
  madeAt: moment,
  language: v.picklist(['ja', 'en']),
  /** Empty: not stated. */
  operator: line,
  build: v.strictObject({
    name: v.literal('incam'),
    /** SHA-256 of the page's own script as it was served; null: it could not be read. */
    scriptSha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  }),
  cases: v.pipe(v.array(CaseReport), v.maxLength(CASES.length)),
  /** The newest benchmark on this device. */
  benchmark: v.nullable(
    v.strictObject({
      startedAt: moment,
      rows: list(
        v.strictObject({
          case: line,
          model: line,
          backend: line,
          medianMs: v.nullable(amount),
          fps: v.nullable(amount),
        }),
      ),
    }),
  ),
});
export type TransparencyReport = v.InferOutput<typeof TransparencyReport>;

export type ReadReport =
  | { readonly ok: true; readonly report: TransparencyReport }
  | { readonly ok: false; readonly fault: 'not-json' | 'not-a-report' | 'newer' | 'too-large' }
  | { readonly ok: false; readonly fault: 'damaged'; readonly path: string };

/** @param text what a file holds; nothing in it is trusted */
export function readReport(text: string): ReadReport {
  if (text.length > MAX_REPORT_BYTES) return { ok: false, fault: 'too-large' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not-json' };
  }
  const stamp = v.safeParse(v.object({ format: v.literal(REPORT_FORMAT), version: v.number() }), value);
  if (!stamp.success) return { ok: false, fault: 'not-a-report' };
  if (stamp.output.version > REPORT_VERSION) return { ok: false, fault: 'newer' };
  const read = v.safeParse(TransparencyReport, value);
  if (read.success) return { ok: true, report: read.output };
  return { ok: false, fault: 'damaged', path: v.getDotPath(read.issues[0]) ?? '' };
}

export const writeReport = (report: TransparencyReport): string => `${JSON.stringify(report, null, 2)}\n`;
