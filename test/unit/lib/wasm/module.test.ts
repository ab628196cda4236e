import { describe, expect, it } from 'vitest';
import { constant, Locals } from '../../../../lib/wasm/assemble.ts';
import { Cursor, Module, u32 } from '../../../../lib/wasm/module.ts';
import { smallModule } from '../../../../lib/wasm/small.ts';

const answers = (value: number) => new Locals(0).body(constant(value));
const calls = (index: number) => new Locals(0).body([0x10, ...u32(index)]);
const tiny = () =>
  smallModule({ parameters: [], results: ['i32'], functions: { first: answers(1), run: calls(0) } });
const run = async (bytes: Uint8Array) => {
  const { instance } = await WebAssembly.instantiate(bytes as Uint8Array<ArrayBuffer>);
  return (instance.exports['run'] as () => number)();
};

describe('a module taken apart', () => {
  it('is put together as it was', () => {
    expect(new Module(tiny()).encode()).toEqual(tiny());
  });

  it('calls what a function was replaced by', async () => {
    const module = new Module(tiny());
    module.replace(0, answers(-70_000));
    expect(await run(tiny())).toBe(1);
    expect(await run(module.encode())).toBe(-70_000);
  });

  it('keeps a replaced function within reach under another number', async () => {
    const module = new Module(tiny());
    const moved = module.add(module.body(0), 0);
    expect(moved).toBe(2);
    module.replace(0, calls(moved));
    expect(await run(module.encode())).toBe(1);
  });

  it.each([
    { says: 'no module', bytes: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    { says: 'nothing', bytes: new Uint8Array() },
    { says: 'a module that breaks off', bytes: tiny().subarray(0, 30) },
  ])('refuses $says', ({ bytes }) => {
    expect(() => new Module(bytes)).toThrow(RangeError);
  });

  it('refuses a function it does not have', () => {
    expect(() => new Module(tiny()).body(2)).toThrow(RangeError);
  });
});

it.each([0, 1, 127, 128, 16_384, 2 ** 32 - 1])('%d is written and read back', (value) => {
  expect(new Cursor(Uint8Array.from(u32(value))).u32()).toBe(value);
});
