/**
 * The operator's file: everything that notices, checklist, risk analysis and catalogue need to know of the operator and
 * that the software cannot know by itself. One form fills it, one JSON file carries it. Empty means "not stated": nothing
 * is filled in for the operator (guidebook duties 1 to 7, 11 to 14; seed 003).
 */
import * as v from 'valibot';
import { CASES } from '../../contract/index.ts';
import { ANSWER_FORMS } from './answer-forms.ts';

/** Languages of texts for the public (duties 4 and 7). */
export const PUBLIC_LANGUAGES = ['ja', 'en', 'zh', 'ko'] as const;
export type PublicLanguage = (typeof PUBLIC_LANGUAGES)[number];

/** Longest single line, paragraph and address, in characters. */
const MAX_LINE = 200;
const MAX_PARAGRAPH = 2000;
/** Most rows of any list in the file. */
const MAX_ROWS = 50;

const ID = /^[a-z0-9-]{1,40}$/;
/** Calendar day, YYYY-MM-DD, or empty. */
const DAY = /^(\d{4}-\d{2}-\d{2})?$/;

const upTo = (max: number) => v.optional(v.pipe(v.string(), v.maxLength(max)), '');
const line = upTo(MAX_LINE);
const paragraph = upTo(MAX_PARAGRAPH);
const day = v.optional(v.pipe(v.string(), v.regex(DAY)), '');
const id = v.pipe(v.string(), v.regex(ID));
const rows = <S extends v.GenericSchema>(item: S) =>
  v.optional(v.pipe(v.array(item), v.maxLength(MAX_ROWS)), []);

/** One text in the languages of the notices; a language that is not stated is an empty string. */
const local = (text: typeof line) =>
  v.optional(v.strictObject({ ja: text, en: text, zh: text, ko: text }), {});
const localLine = local(line);
const localParagraph = local(paragraph);
/** Files written before a field had languages hold it in one, which is taken for Japanese. */
const localLineOrOne = v.optional(
  v.union([
    localLine,
    v.pipe(
      v.string(),
      v.maxLength(MAX_LINE),
      v.transform((ja) => ({ ja, en: '', zh: '', ko: '' })),
    ),
  ]),
  {},
);
export type LocalText = v.InferOutput<typeof localLine>;

/** How long data are kept. */
const Retention = v.nullable(
  v.variant('kind', [
    /** Not kept beyond the moment of use. */
    v.strictObject({ kind: v.literal('none') }),
    v.strictObject({
      kind: v.literal('days'),
      days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36500)),
    }),
    /** Until handed to the recipient (case 5). */
    v.strictObject({ kind: v.literal('hand-over') }),
    /** Statistics without a stated end. */
    v.strictObject({ kind: v.literal('unlimited') }),
  ]),
);
export type Retention = v.InferOutput<typeof Retention>;

/** A plan is a drawing of 960 x 600 pixels; five of them fit into what a browser stores for a site. */
export const MAX_PLAN_CHARS = 400_000;
const PLAN_PICTURE = /^(data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2})?$/;

/** Where cameras hang, and who answers for the data at each point of their way (seed 004, 4.1 a). */
export const Place = v.strictObject({
  id,
  name: localLine,
  address: line,
  /** Latitude and longitude in degrees (WGS 84), with a comma between; only data sets that are passed on tell them. */
  coordinates: line,
  /** Whose ordinances hold there (seed 004, 4.1 e). */
  municipality: line,
  /** Name or post of who answers for cameras and devices, for storage, and for the network. */
  device: line,
  storage: line,
  network: line,
  /** Floor plan or picture on which the coverage is drawn, as a data URL; empty: a grid. */
  plan: v.optional(v.pipe(v.string(), v.maxLength(MAX_PLAN_CHARS), v.regex(PLAN_PICTURE)), ''),
});
export type Place = v.InferOutput<typeof Place>;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A camera and what it covers, drawn on a plan: position as shares of the plan from its upper left corner. */
export const CameraPlace = v.strictObject({
  id,
  /** Id of a place; empty: not stated. */
  place: v.optional(v.union([id, v.literal('')]), ''),
  position: localLine,
  coverage: localLine,
  sketch: v.optional(
    v.nullable(
      v.strictObject({
        x: share,
        y: share,
        /** Clockwise from the plan's right side, degrees. */
        direction: v.pipe(v.number(), v.minValue(0), v.maxValue(359)),
        /** Opening of the view, degrees. */
        angle: v.pipe(v.number(), v.minValue(5), v.maxValue(180)),
        /** How far it sees, as a share of the plan's width. */
        reach: share,
      }),
    ),
    null,
  ),
});
export type CameraPlace = v.InferOutput<typeof CameraPlace>;

/** Who receives data under contract (duty 13). */
export const Recipient = v.strictObject({
  id,
  name: localLine,
  purpose: localLine,
  /** Day of the contract. */
  contract: day,
});
export type Recipient = v.InferOutput<typeof Recipient>;

/** Who takes part in the operation: system vendor, processor, joint operator (seed 003, design). */
export const Partner = v.strictObject({
  id,
  name: localLineOrOne,
  role: localLineOrOne,
  contract: day,
  taught: day,
});
export type Partner = v.InferOutput<typeof Partner>;

/** A permit or consultation that the place may ask for (seed 000, WG case 14). */
const permit = v.optional(
  v.strictObject({
    state: v.optional(v.picklist(['', 'not-needed', 'asked', 'granted']), ''),
    note: line,
  }),
  {},
);

/** What may hang on a feature vector in repeat analysis (seed 004). */
export const LINKED = ['visits', 'trajectories', 'attributes', 'purchases'] as const;

/** One case in use: its purpose, time, cameras, retention, access (guidebook 5.2: each purpose has its own). */
export const CasePlan = v.strictObject({
  purpose: localParagraph,
  benefit: localParagraph,
  /** When the prior notice is put up; one month before the start is expected (seed 003). */
  noticeFrom: day,
  start: day,
  /** Empty: no end is set. */
  end: day,
  hours: localLine,
  cameras: rows(CameraPlace),
  retention: v.optional(
    v.strictObject({
      /** Records that leave the camera. */
      records: v.optional(Retention, null),
      /** Feature vectors and all that hangs on them (case 3). */
      vectors: v.optional(Retention, null),
    }),
    {},
  ),
  /** Who uses the data, and who can reach them (duty 12). */
  useRange: localParagraph,
  access: localParagraph,
  /** Whether data go to third parties (duty 13). */
  thirdParty: v.optional(v.picklist(['', 'no', 'yes']), ''),
  recipients: rows(Recipient),
  /** Case 5: how many vehicles, and where they drive; null: not stated. */
  vehicles: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e6))), null),
  routes: localParagraph,
  /** Case 6: the application or page where the crowding is shown. */
  published: localLine,
  /** Case 3: what is linked, and how people can have it disclosed, corrected, suspended and deleted. */
  linked: v.optional(v.array(v.picklist(LINKED)), []),
  procedure: localParagraph,
  answerForms: v.optional(v.array(v.picklist(ANSWER_FORMS)), []),
  /** Case 3: how people under 16 are dealt with. */
  minors: localParagraph,
  permits: v.optional(v.strictObject({ road: permit, ordinance: permit, radio: permit }), {}),
  /** Data sets that are passed on: licence, address, and what happens when they cannot be delivered (seed 000). */
  data: v.optional(v.strictObject({ licence: line, url: line, undeliverable: localParagraph }), {}),
});
export type CasePlan = v.InferOutput<typeof CasePlan>;

/** What changed, announced beforehand (duty 14, guidebook 5.2). */
export const CHANGE_KINDS = ['new-purpose', 'third-party', 'retention', 'other'] as const;
export const Change = v.strictObject({
  id,
  kind: v.picklist(CHANGE_KINDS),
  case: v.picklist(CASES),
  announced: day,
  effective: day,
  before: localParagraph,
  after: localParagraph,
});
export type Change = v.InferOutput<typeof Change>;

/** The operator's answer to an item of the duties or of the checklist. */
export const Answer = v.strictObject({
  state: v.optional(v.picklist(['', 'done', 'not-applicable']), ''),
  text: paragraph,
  date: day,
  person: line,
});
export type Answer = v.InferOutput<typeof Answer>;

/** The operator's words on one line of the risk analysis. */
export const RiskNote = v.strictObject({
  measure: paragraph,
  likelihood: v.optional(v.picklist(['', 'low', 'middle', 'high']), ''),
  harm: v.optional(v.picklist(['', 'low', 'middle', 'high']), ''),
  remains: paragraph,
});
export type RiskNote = v.InferOutput<typeof RiskNote>;

const key = v.pipe(v.string(), v.maxLength(120));
/** Form and version of the file. A later version keeps reading this one. */
export const FILE_FORMAT = 'incam-operator-file';
export const FILE_VERSION = 1;

export const OperatorFile = v.strictObject({
  format: v.literal(FILE_FORMAT),
  version: v.literal(FILE_VERSION),
  operator: v.optional(
    v.strictObject({
      name: localLine,
      representative: localLineOrOne,
      address: localLine,
      /** Long form of the notices on the web, and a short address for posters. */
      url: line,
      shortUrl: line,
      /** System administrator, data manager and who answers for privacy: names or posts (seed 001, duty 12). */
      administrator: line,
      dataManager: line,
      privacy: line,
      /** What is done to keep the data secure, as told to the public. */
      security: localParagraph,
    }),
    {},
  ),
  /** One contact for questions, requests and complaints (duty 1). */
  contact: v.optional(
    v.strictObject({
      desk: localLine,
      mail: line,
      phone: line,
      hours: localLine,
      /** Where complaints may go besides: an accredited personal information protection organization, or another body. */
      complaints: localLine,
      accredited: localLine,
    }),
    {},
  ),
  places: rows(Place),
  partners: rows(Partner),
  cases: v.optional(
    v.strictObject(
      Object.fromEntries(CASES.map((name) => [name, v.optional(CasePlan)])) as Record<
        (typeof CASES)[number],
        v.OptionalSchema<typeof CasePlan, undefined>
      >,
    ),
    {},
  ),
  changes: rows(Change),
  /** By `<case>/<item>`. */
  answers: v.optional(v.record(key, Answer), {}),
  /** By `<case>/<data item>/<threat>`. */
  risks: v.optional(v.record(key, RiskNote), {}),
  /** The impact assessment's own head, by case. */
  assessments: v.optional(
    v.record(
      v.picklist(CASES),
      v.strictObject({ author: line, date: day, approved: line, need: paragraph, conclusion: paragraph }),
    ),
    {},
  ),
});
export type OperatorFile = v.InferOutput<typeof OperatorFile>;

/** A file in which nothing is stated. */
export const emptyFile = (): OperatorFile =>
  v.parse(OperatorFile, { format: FILE_FORMAT, version: FILE_VERSION });

/** A case that has just been taken into the file; nothing is stated of it. */
export const emptyPlan = (): CasePlan => v.parse(CasePlan, {});

/** Why a text is no operator's file. */
export type FileProblem =
  | { readonly code: 'not-json' | 'not-operator-file' | 'newer-version' }
  /** `path`: where in the file, `operator.name.ja`. */
  | { readonly code: 'invalid'; readonly path: string };

export type ReadFile =
  { readonly ok: true; readonly file: OperatorFile } | ({ readonly ok: false } & FileProblem);

/** Checks what was stored or imported. Unknown fields are an error: they would be lost silently. */
export function checkFile(value: unknown): ReadFile {
  const head = v.safeParse(v.object({ format: v.literal(FILE_FORMAT), version: v.number() }), value);
  if (!head.success) return { ok: false, code: 'not-operator-file' };
  if (head.output.version > FILE_VERSION) return { ok: false, code: 'newer-version' };
  const result = v.safeParse(OperatorFile, value);
  if (result.success) return { ok: true, file: result.output };
  return { ok: false, code: 'invalid', path: v.getDotPath(result.issues[0]) ?? '' };
}

/** @param text JSON as {@link writeFile} wrote it */
export function readFile(text: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: 'not-json' };
  }
  return checkFile(value);
}

/** JSON for a reader as well: two spaces, a line break at the end. */
export const writeFile = (file: OperatorFile): string => `${JSON.stringify(file, null, 2)}\n`;
