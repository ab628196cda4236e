/**
 * Deep links: what a link to a case says besides the case, in the query of its hash.
 * `#/counting?source=sample&lang=ja&level=see&size=320x192&drawing={…}`
 *
 * A link is a stranger's word. It opens no webcam and no file, it brings no text of its own (names of lines are left out), and
 * nothing of it is remembered as the visitor's choice.
 */
import * as v from 'valibot';
import { BackendChoice, modelId } from '../../contract/index.ts';
import { withDistinctIds } from '../drawing/distinct-ids.ts';
import { Drawing, MAX_CORNERS, MAX_SHAPES } from '../drawing/drawing.ts';
import { LEVELS, type Level } from './levels.ts';
import { LANGUAGES, type Language } from './locale.svelte.ts';
import { INPUT_SIZES, MAX_THREADS, type Settings } from './settings.svelte.ts';

/** Sources that show no real person and ask for no permission. */
export const LINKED_SOURCES = ['sample', 'scene', 'pattern'] as const;
export type LinkedSource = (typeof LINKED_SOURCES)[number];

/** Settings that a link may bring; which model is part of it. */
export type Knobs = Partial<Pick<Settings, 'backend' | 'threads' | 'size' | 'pace' | 'loop' | 'autostart'>>;

export interface DeepLink {
  readonly language?: Language;
  readonly source?: LinkedSource;
  readonly level?: Level;
  /** Detector of the case. */
  readonly model?: string;
  readonly knobs: Knobs;
  readonly drawing?: Drawing;
  /** Names of parameters that are not known, or have no such value. */
  readonly ignored: readonly string[];
}

/** Longest drawing in a link, in characters: what 48 shapes with many corners take. */
const MAX_DRAWING = 20_000;

const yesNo = v.pipe(
  v.picklist(['0', '1']),
  v.transform((text) => text === '1'),
);

const points = v.pipe(v.array(v.any()), v.maxLength(MAX_CORNERS));
const shapes = v.pipe(v.array(v.looseObject({ points: v.optional(points) })), v.maxLength(MAX_SHAPES));
/** Bounds that a drawing made by hand keeps by itself. */
const Bounded = v.looseObject({ lines: shapes, zones: shapes, masks: shapes });

const drawing = v.pipe(
  v.string(),
  v.maxLength(MAX_DRAWING),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.parse(dataset.value) as unknown;
    } catch {
      addIssue({ message: 'not JSON' });
      return NEVER;
    }
  }),
  v.check((data) => v.is(Bounded, data)),
  v.transform(nameless),
  Drawing,
  v.transform(withDistinctIds),
);

/** A stranger's words do not come onto this page. */
function nameless(data: unknown): unknown {
  const without = (list: unknown) =>
    Array.isArray(list) ? list.map((shape: object) => ({ ...shape, name: '' })) : list;
  const { lines, zones, masks, ...rest } = data as Record<string, unknown>;
  return { ...rest, lines: without(lines), zones: without(zones), masks: without(masks) };
}

/** `full` is what older links call the whole page. */
const level = v.union([
  v.picklist(LEVELS),
  v.pipe(
    v.literal('full'),
    v.transform((): Level => 'measure'),
  ),
]);

const KNOBS = {
  backend: BackendChoice,
  threads: v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(MAX_THREADS)),
  size: v.picklist(INPUT_SIZES),
  pace: v.picklist(['live', 'exact']),
  loop: yesNo,
  autostart: yesNo,
};

const PARAMETERS = {
  lang: v.picklist(LANGUAGES),
  source: v.picklist(LINKED_SOURCES),
  level,
  model: modelId,
  drawing,
  ...KNOBS,
};
type Name = keyof typeof PARAMETERS;
const isName = (name: string): name is Name => Object.hasOwn(PARAMETERS, name);

/** @param hash of an address. A part that is not understood is left out, and named */
export function readLink(hash: string): DeepLink {
  const read: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, text] of new URLSearchParams(hash.split('?').slice(1).join('?'))) {
    const parsed = isName(name) ? v.safeParse(PARAMETERS[name], text) : undefined;
    if (parsed?.success) read[name] = parsed.output;
    else ignored.push(name);
  }
  const { lang, source, level, model, drawing, ...knobs } = read;
  return {
    ...(lang !== undefined && { language: lang as Language }),
    ...(source !== undefined && { source: source as LinkedSource }),
    ...(level !== undefined && { level: level as Level }),
    ...(model !== undefined && { model: model as string }),
    ...(drawing !== undefined && { drawing: drawing as Drawing }),
    knobs: knobs as Knobs,
    ignored,
  };
}

/** What a link is made of; what is absent is left to the visitor who follows it. */
export type LinkParts = Omit<DeepLink, 'ignored' | 'knobs'> & { readonly knobs?: Knobs };

/**
 * @param path the hash of a page, such as `#/counting`
 * @returns the same hash with a query that `readLink` reads
 */
export function writeLink(
  path: string,
  { language, source, level, model, knobs = {}, drawing }: LinkParts,
): string {
  const query = new URLSearchParams();
  const set = (name: Name, value: unknown) => {
    if (value !== undefined)
      query.set(name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value));
  };
  set('lang', language);
  set('source', source);
  set('level', level);
  set('model', model);
  for (const name of Object.keys(KNOBS) as (keyof typeof KNOBS)[]) set(name, knobs[name]);
  if (drawing) set('drawing', JSON.stringify(nameless(drawing)));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
