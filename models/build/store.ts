/** The build cache: a model is rebuilt only if its card, its source files or this code changed. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CardFacts, type Registry, type RegistryEntry } from '../registry.ts';
import type { ProjectCard } from './cards.ts';
import { readIfThere, sha256, writeWhole } from './files.ts';
import { make } from './make.ts';
import type { Places } from './paths.ts';

/** By model: the hash of all its inputs, and the facts of the result. */
const Built = v.record(v.string(), v.strictObject({ key: v.string(), facts: CardFacts }));

export class Store {
  readonly #places: Places;
  /** The code that builds models is one of the inputs. */
  readonly #code: string;
  readonly #before: v.InferOutput<typeof Built>;
  readonly #now: v.InferOutput<typeof Built> = {};

  private constructor(places: Places, code: string, before: v.InferOutput<typeof Built>) {
    this.#places = places;
    this.#code = code;
    this.#before = before;
  }

  /** Reads the cache of the last run; a damaged cache rebuilds all models. */
  static async open(places: Places): Promise<Store> {
    const text = (await readIfThere(indexOf(places)))?.toString() ?? '{}';
    const known = v.safeParse(Built, parseJson(text));
    return new Store(places, await hashOfCode(), known.success ? known.output : {});
  }

  /**
   * @param files the source's files, in the card's order
   * @returns the facts, and whether the model had to be made
   */
  async ensure(
    card: ProjectCard,
    files: readonly Uint8Array[],
  ): Promise<{ facts: CardFacts; made: boolean }> {
    const key = sha256(Buffer.from(JSON.stringify([this.#code, card, files.map(sha256)])));
    const known = this.#before[card.id];
    if (known?.key === key && (await isIntact(known.facts, this.#places))) {
      this.#now[card.id] = known;
      return { facts: known.facts, made: false };
    }
    const { bytes, facts } = make(card, files);
    await writeWhole(servedPath(facts, this.#places), bytes);
    this.#now[card.id] = { key, facts };
    return { facts, made: true };
  }

  /** Writes the registry and removes served models that are not in it. */
  async finish(models: RegistryEntry[]): Promise<Registry> {
    const { served } = this.#places;
    const registry: Registry = { version: 1, models };
    await writeWhole(join(served, 'registry.json'), Buffer.from(`${JSON.stringify(registry, null, 1)}\n`));
    await writeWhole(indexOf(this.#places), Buffer.from(JSON.stringify(this.#now)));
    const keep = new Set(models.map(({ facts }) => facts?.url.split('/').at(-1)));
    for (const file of await readdir(served)) {
      if (/\.(onnx|tflite|task)$/.test(file) && !keep.has(file))
        await rm(join(served, file), { force: true });
    }
    return registry;
  }
}

/** Where a model is served from; its URL is relative to `public/`. */
const servedPath = ({ url }: CardFacts, { served }: Places): string => join(dirname(served), url);

/** Whether the served file is there and is the very one its facts describe. */
export async function isIntact(facts: CardFacts, places: Places): Promise<boolean> {
  const bytes = await readIfThere(servedPath(facts, places));
  return bytes !== undefined && sha256(bytes) === facts.sha256;
}

const indexOf = ({ cache }: Places): string => join(cache, 'built.json');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function hashOfCode(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['models', 'lib']) {
    const folder = join(import.meta.dirname, '../..', name);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts')).sort();
    for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex');
}
