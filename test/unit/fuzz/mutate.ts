/** Near misses: what fits, with something put in, taken out or exchanged. */
import fc, { type Arbitrary } from 'fast-check';

/** What a library gone bad could try to hand out, or a file could hold. */
export const ALIEN: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(NaN, Infinity, -0, 2 ** 60, null, undefined, '', {}, [], true, Symbol('s'), 7n),
  fc.constant('x'.repeat(70_000)),
  fc.uint8Array({ maxLength: 64 }),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => bytes.buffer),
  fc.constant(() => 1),
  fc.constant(new Map([['a', 1]])),
  fc.constant(JSON.parse('{"__proto__": {"polluted": 1}}')),
  fc.array(fc.double(), { maxLength: 400, minLength: 200 }),
  fc.string({ unit: 'binary' }),
);

interface Change {
  readonly where: number;
  readonly what: 'put' | 'exchange' | 'remove';
  readonly key: string;
  readonly alien: unknown;
}

const change: Arbitrary<Change> = fc.record({
  where: fc.nat(),
  what: fc.constantFrom('put', 'exchange', 'remove'),
  key: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('pixels', 'constructor', '__proto__', 'type', 'case'),
  ),
  alien: ALIEN,
});

/** A copy with one to three changes anywhere in it. */
export const mutated = (base: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.tuple(base, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    const copy = copied(value);
    // What is put in is a copy as well: the next change may be made inside it.
    for (const one of changes) apply(copy, { ...one, alien: copied(one.alien) });
    return copy;
  });

type Holder = Record<string, unknown>;

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

function copied(value: unknown): unknown {
  if (!isHolder(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]));
}

function holders(value: unknown, found: Holder[] = []): Holder[] {
  if (!isHolder(value)) return found;
  found.push(value);
  for (const part of Object.values(value)) holders(part, found);
  return found;
}

function apply(root: unknown, { where, what, key, alien }: Change): void {
  const all = holders(root);
  const holder = all[where % Math.max(1, all.length)];
  if (!holder) return;
  const keys = Object.keys(holder);
  const chosen = what === 'put' ? key : keys[where % Math.max(1, keys.length)];
  if (chosen === undefined) return;
  if (what === 'remove') return void Reflect.deleteProperty(holder, chosen);
  // Not assigned: a key `__proto__` would exchange the prototype.
  const own = { value: alien, enumerable: true, configurable: true, writable: true };
  Reflect.defineProperty(holder, chosen, own);
}
