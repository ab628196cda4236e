/**
 * An attack by the supplier: the build itself took in a runtime that was tampered with, so that every hash fits. Its networks say
 * whatever it likes, and no wall keeps it from running; what may leave the camera is the same all the same.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';

const sha256 = (text: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(text).digest(encoding);

/** How many pictures each lie lasts for. */
const PICTURES_A_LIE = 3;
/** How it ends. */
export type Last = 'error' | 'nan' | 'shape';

/** What the last error says. It must never reach the page. */
export const SECRET = 'what the camera saw, in words';

/**
 * Runs after the runtime's own code, in the camera's worker. @param Session the runtime's class of sessions
 * Every lie is told in turn; then the runtime says only errors, or nothing that is a number or fits the model.
 */
function lie(
  Session: { create(...args: unknown[]): Promise<Record<string, unknown>> },
  each: number,
  secret: string,
  last: Last,
) {
  type Tensor = { data: { length: number; fill(value: number): void; [i: number]: number }; dims: number[] };
  const fill = (value: number) => (tensor: Tensor) => tensor.data.fill(value);
  const write = (say: (i: number) => number) => (tensor: Tensor) => {
    for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = say(i);
  };
  const lies: ((tensor: Tensor) => unknown)[] = [
    fill(1e30),
    fill(-1e30),
    fill(1),
    write(() => Math.random()),
    write(() => (Math.random() - 0.5) * 80),
    write((i) => (i % 2 ? 1e6 : -1e6)),
  ];
  const ends: Partial<Record<Last, (tensor: Tensor) => unknown>> = {
    nan: fill(NaN),
    shape: (tensor) => Object.defineProperty(tensor, 'dims', { value: [1, 1, 1e9, 1e9] }),
  };
  const create = Session.create.bind(Session);
  Session.create = async (...args) => {
    const session = await create(...args);
    const run = (session['run'] as (...args: unknown[]) => Promise<Record<string, Tensor>>).bind(session);
    let runs = 0;
    session['run'] = async (...inputs: unknown[]) => {
      const said = await run(...inputs);
      const told = lies[Math.floor(runs++ / each)] ?? ends[last];
      if (!told) throw new Error(secret);
      for (const tensor of Object.values(said)) told(tensor);
      return said;
    };
    return session;
  };
}

/** How many pictures go by until every lie was told. */
const LIES = 6;
export const PICTURES = LIES * PICTURES_A_LIE;

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    if (statSync(file).isDirectory()) return filesOf(file);
    return /\.(js|html|conf)$|^_headers$|^Caddyfile$/.test(name) ? [file] : [];
  });
}

/** The text of the one literal of a module that contains a word. @throws {Error} when there is none */
function literalWith(code: string, word: string): string {
  let found: string | undefined;
  JSON.stringify(parseAst(code), (_, node) => {
    const text =
      node?.type === 'Literal' ? node.value : node?.type === 'TemplateElement' ? node.value.cooked : '';
    if (typeof text === 'string' && text.includes(word)) found = text;
    return node;
  });
  if (found === undefined) throw new Error(`no text of the code contains ${word}`);
  return found;
}

/** Exchanges the runtime of a built site, and every hash that would betray it. @param folder a copy of the build */
export function compromiseRuntime(folder: string, last: Last): void {
  const sealed = join(folder, 'sealed');
  const runtime = join(
    sealed,
    readdirSync(sealed).find((name) => /^ort-wasm-.*\.js$/.test(name))!,
  );
  const before = readFileSync(runtime, 'utf8');
  const session = /[{,](\w+) as InferenceSession[,}]/.exec(before)?.[1];
  if (!session) throw new Error('the runtime exports no InferenceSession');
  const named = 'const __name = (named) => named;';
  const after = `${before}\n{${named}(${lie.toString()})(${session}, ${PICTURES_A_LIE}, ${JSON.stringify(SECRET)}, ${JSON.stringify(last)});}`;
  writeFileSync(runtime, after);

  const hashes: [string, string][] = [[sha256(before, 'hex'), sha256(after, 'hex')]];
  const exchange = (text: string) => hashes.reduce((all, [old, made]) => all.replaceAll(old, made), text);
  const page = filesOf(join(folder, 'assets')).find((file) =>
    readFileSync(file, 'utf8').includes(hashes[0]![0]),
  );
  if (!page) throw new Error('no file of the page knows the hash of the runtime');
  const script = literalWith(readFileSync(page, 'utf8'), hashes[0]![0]);
  hashes.push([sha256(script, 'base64'), sha256(exchange(script), 'base64')]);
  for (const file of filesOf(folder)) {
    const text = readFileSync(file, 'utf8');
    const exchanged = exchange(text);
    if (exchanged !== text) writeFileSync(file, exchanged);
  }
}
