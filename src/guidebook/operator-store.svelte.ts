/**
 * The operator's file as the page holds it. It is stored in this browser only and leaves it by the operator's own export.
 */
import type { CaseId } from '../../contract/index.ts';
import {
  checkFile,
  emptyFile,
  emptyPlan,
  readFile,
  type CasePlan,
  type OperatorFile,
  type ReadFile,
} from './operator-file.ts';

const KEY = 'incam.operator-file';

/** Steps into the file: `['operator', 'name', 'ja']`, `['places', 0, 'address']`. */
export type Path = readonly (string | number)[];

/** A copy of `value` in which `path` is `next`; what is not on the path is shared. */
function replaced(value: unknown, [step, ...rest]: Path, next: unknown): unknown {
  if (step === undefined) return next;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? replaced(item, rest, next) : item));
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [step]: replaced(object[step], rest, next) };
}

/** What stands at `path`; undefined where there is nothing. */
export const valueAt = (file: OperatorFile, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    file,
  );

export class OperatorStore {
  #file = $state.raw<OperatorFile>(emptyFile());
  #saved = $state(true);

  constructor() {
    try {
      const stored = checkFile(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
      if (stored.ok) this.#file = stored.file;
    } catch {
      // Storage is switched off, or holds something else: begin with an empty file.
    }
  }

  get file(): OperatorFile {
    return this.#file;
  }

  /** Whether the last change is stored; false where storage is full or switched off: then only an export keeps it. */
  get saved(): boolean {
    return this.#saved;
  }

  /** The plan of a case that is in use. */
  planOf(id: CaseId): CasePlan | undefined {
    return this.#file.cases[id];
  }

  /** Takes a case into the file or out of it. What was stated of a case that is taken out is gone. */
  use(id: CaseId, used: boolean): void {
    const { [id]: plan, ...others } = this.#file.cases;
    this.replace({ ...this.#file, cases: used ? { ...others, [id]: plan ?? emptyPlan() } : others });
  }

  /** States one thing. */
  set(path: Path, value: unknown): void {
    this.replace(replaced(this.#file, path, value) as OperatorFile);
  }

  /** Takes a whole file in place of this one. */
  replace(file: OperatorFile): void {
    this.#file = file;
    try {
      localStorage.setItem(KEY, JSON.stringify(file));
      this.#saved = true;
    } catch {
      this.#saved = false;
    }
  }

  /** Reads an exported file; a file that cannot be read changes nothing. */
  import(text: string): ReadFile {
    const read = readFile(text);
    if (read.ok) this.replace(read.file);
    return read;
  }

  /** Forgets everything, in the browser's storage as well. */
  clear(): void {
    this.#file = emptyFile();
    try {
      localStorage.removeItem(KEY);
      this.#saved = true;
    } catch {
      this.#saved = false;
    }
  }
}

export const operatorStore = new OperatorStore();
