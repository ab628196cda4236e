import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeNote, tuned } from '../../../../src/camera/tuning.ts';
import type { EngineChoice, OutRecordOf } from '../../../../contract/index.ts';

const AUTO: EngineChoice = { model: 'm', backend: 'auto', threads: 0 };
const engine = (
  part: Partial<OutRecordOf<'status'>['engines'][number]> = {},
): OutRecordOf<'status'>['engines'][number] => ({
  role: 'objects',
  model: 'm',
  backend: 'wasm',
  threads: 3,
  width: 512,
  height: 288,
  ...part,
});

beforeEach(() => {
  const items = new Map<string, string>();
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    },
  });
});
afterEach(() => Reflect.deleteProperty(globalThis, 'sessionStorage'));

describe('what was measured before', () => {
  it('takes the place of what would be measured again', () => {
    takeNote([AUTO], [engine()]);
    expect(tuned(AUTO)).toEqual({ ...AUTO, backend: 'wasm', threads: 3 });
  });

  it.each([
    { says: 'threads the reader chose are left alone', choice: { ...AUTO, threads: 2 } },
    { says: 'a backend the reader chose is left alone', choice: { ...AUTO, backend: 'webgpu' as const } },
    { says: 'another model is measured', choice: { ...AUTO, model: 'other' } },
  ])('$says', ({ choice }) => {
    takeNote([AUTO], [engine()]);
    expect(tuned(choice)).toEqual(choice);
  });

  it.each([
    { says: 'a makeshift', asked: AUTO, got: engine({ fallback: 'not-isolated', threads: 1 }) },
    { says: 'what was asked for explicitly', asked: { ...AUTO, threads: 1 }, got: engine({ threads: 1 }) },
    {
      says: 'an engine that is not measured',
      asked: AUTO,
      got: engine({ backend: 'mediapipe', threads: 1 }),
    },
  ])('$says is not remembered', ({ asked, got }) => {
    takeNote([asked], [got]);
    expect(tuned(AUTO)).toEqual(AUTO);
  });

  it('is measured anew where the memory is damaged or forbidden', () => {
    sessionStorage.setItem('incam.tuning', '{"m": {"backend": "cuda"}}');
    expect(tuned(AUTO)).toEqual(AUTO);
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    takeNote([AUTO], [engine()]);
    expect(tuned(AUTO)).toEqual(AUTO);
  });
});
