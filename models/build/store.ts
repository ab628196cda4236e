/** What was built from what: a model is made anew only when its card, its source files or this code changed. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CardFacts } from '../registry.ts';
import type { ProjectCard } from './cards.ts';
import { make, sha256 } from './make.ts';
import { CACHE, ROOT, SERVED } from './paths.ts';

const Built = v.record(v.string(), v.strictObject({ key: v.string(), facts: CardFacts }));
type Built = v.InferOutput<typeof Built>;

/** The store of one folder of served files. */
export class Store {
  readonly #served: string;
  readonly #index: string;
  #built: Built = {};
  #code = '';

  constructor(served: string = SERVED, cache: string = CACHE) {
    this.#served = served;
    this.#index = join(cache, 'built.json');
  }

  /** Reads what earlier runs left; damage is no error, it only means building again. */
  async open(): Promise<this> {
    const known = v.safeParse(
      Built,
      await readFile(this.#index, 'utf8')
        .then((text): unknown => JSON.parse(text))
        .catch(() => ({})),
    );
    this.#built = known.success ? known.output : {};
    this.#code = await hashOfCode();
    return this;
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
    const known = this.#built[card.id];
    if (known?.key === key && (await this.isIntact(known.facts))) return { facts: known.facts, made: false };
    const { bytes, facts } = make(card, files);
    await writeWhole(this.#pathOf(facts), bytes);
    this.#built[card.id] = { key, facts };
    return { facts, made: true };
  }

  /** Whether the served file is there and is the very one its facts describe. */
  async isIntact(facts: CardFacts): Promise<boolean> {
    const bytes = await readFile(this.#pathOf(facts)).catch(() => undefined);
    return bytes !== undefined && sha256(bytes) === facts.sha256;
  }

  /** Writes the registry and removes served files that nothing in it names. */
  async finish(registry: string, facts: readonly CardFacts[]): Promise<void> {
    const keep = new Set(facts.map(({ url }) => url.split('/').at(-1)));
    const ids = new Set(
      Object.keys(this.#built).filter((id) => facts.includes(this.#built[id]?.facts as CardFacts)),
    );
    this.#built = Object.fromEntries(Object.entries(this.#built).filter(([id]) => ids.has(id)));
    await writeWhole(join(this.#served, 'registry.json'), Buffer.from(registry));
    await writeWhole(this.#index, Buffer.from(JSON.stringify(this.#built)));
    for (const file of await readdir(this.#served)) {
      if (/\.(onnx|tflite|task)$/.test(file) && !keep.has(file)) await rm(join(this.#served, file));
    }
  }

  #pathOf = ({ url }: CardFacts): string => join(dirname(this.#served), url);
}

/** All or nothing: whoever reads the file meanwhile sees the old one or the new one. Unchanged files stay untouched. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(bytes)) return;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

/** The code that makes models is one of their ingredients. */
async function hashOfCode(): Promise<string> {
  const hash = createHash('sha256');
  const folder = join(ROOT, 'models');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts')).sort();
  for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest('hex');
}
