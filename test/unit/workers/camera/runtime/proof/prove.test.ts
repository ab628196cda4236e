/** "Prove it" against cameras that keep a copy: each must be found out, and an honest one must not. */
import { afterAll, describe, expect, it } from 'vitest';
import type { OutRecordOf, SourceSpec } from '../../../../../../contract/index.ts';
import type { Picture } from '../../../../../../workers/camera/frames/frame.ts';
import { watchWasm } from '../../../../../../workers/camera/isolation/memories.ts';
import { CameraDevice } from '../../../../../../workers/camera/runtime/device.ts';
import { fakeDetector, fakePipeline, fakeSource, recordsOf, rig, type FakeDetector } from '../fakes.ts';

const [WIDTH, HEIGHT] = [640, 360];
const FILE: SourceSpec = { kind: 'file', file: new Blob(), pace: 'exact' };
const COUNTING = { case: 'counting' as const, lines: [], zones: [], anchor: 'centre' as const };

const native = { ...pick(WebAssembly) };
watchWasm(WebAssembly);
afterAll(() => void Object.assign(WebAssembly, native));
function pick({ Memory, Instance, instantiate, instantiateStreaming }: typeof WebAssembly) {
  return { Memory, Instance, instantiate, instantiateStreaming };
}

/** A detector that does something with the picture, and at its wipe something else. */
function detectorThat(keeps: (picture: Picture) => void, wipes = () => {}): FakeDetector {
  const detector = fakeDetector();
  const detect = detector.detect.bind(detector);
  detector.detect = (picture, clock) => {
    keeps(picture);
    return detect(picture, clock);
  };
  detector.wipe = () => Promise.resolve(wipes());
  return detector;
}

async function proofOf(parts: Parameters<typeof rig>[0]) {
  const { source } = fakeSource(2);
  const test = rig({
    openSource: () => Promise.resolve({ ...source, width: WIDTH, height: HEIGHT }),
    ...parts,
  });
  const device = new CameraDevice(test.parts);
  await device.load({ model: 'fake', backend: 'wasm', threads: 1 });
  await device.configure([COUNTING]);
  await device.open(FILE);
  await device.prove();
  const proofs = recordsOf(test.out, 'proof');
  expect(proofs.map(({ step }) => step)).toEqual(['made', 'inside', 'destroyed', 'wiped']);
  const found = (step: OutRecordOf<'proof'>['step']) =>
    proofs
      .find((proof) => proof.step === step)!
      .places.filter((place) => place.found)
      .map(({ place }) => place);
  return { inside: found('inside'), destroyed: found('destroyed'), wiped: found('wiped'), test, device };
}

const wasm = () => new WebAssembly.Memory({ initial: 64 });

describe('a camera that keeps nothing', () => {
  it('has the canary while it is inside, and nowhere afterwards', async () => {
    const memory = wasm();
    const detector = detectorThat(
      ({ pixels }) => new Uint8Array(memory.buffer).set(pixels, 4096),
      () => new Uint8Array(memory.buffer).fill(0),
    );
    const { inside, destroyed, wiped, test } = await proofOf({
      loadDetector: () => Promise.resolve({ detector }),
    });
    expect(inside).toEqual(['buffers', 'models']);
    // As after every frame: the model's memory is overwritten by the next one, or by the wipe.
    expect(destroyed).toEqual(['models']);
    expect(wiped).toEqual([]);
    expect(recordsOf(test.out, 'count')).toEqual([]);
    expect(recordsOf(test.out, 'fault')).toEqual([]);
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
    expect(recordsOf(test.out, 'ledger').at(-1)?.frames.alive).toBe(0);
  });

  it('is searched although memory was given away on the way, as packets of a film are', async () => {
    const { port1 } = new MessageChannel();
    const detector = detectorThat(({ pixels }) => {
      const { buffer } = pixels.slice();
      port1.postMessage(buffer, [buffer as ArrayBuffer]);
    });
    const { wiped, test } = await proofOf({ loadDetector: () => Promise.resolve({ detector }) });
    port1.close();
    expect(wiped).toEqual([]);
    expect(recordsOf(test.out, 'fault')).toEqual([]);
  });

  it('searches again and again with another canary, and goes on', async () => {
    const { device, test } = await proofOf({});
    await device.prove();
    expect(recordsOf(test.out, 'proof')).toHaveLength(8);
    await device.start();
    await new Promise((done) => setTimeout(done, 50));
    expect(recordsOf(test.out, 'count').length).toBe(2);
  });
});

describe('a camera that keeps a copy is found out', () => {
  const kept: unknown[] = [];
  const memory = wasm();
  const floats = new Float32Array(new WebAssembly.Memory({ initial: 128 }).buffer);
  it.each<{ says: string; place: string; keeps: (picture: Picture) => void }>([
    {
      says: 'in the memory of a model',
      place: 'models',
      keeps: ({ pixels }) => new Uint8Array(memory.buffer).set(pixels, 1000),
    },
    {
      says: 'as floats in planes, half as large and normalised',
      place: 'models',
      keeps: ({ pixels }) => {
        for (let i = 0; i < (WIDTH / 2) * (HEIGHT / 2) * 3; i++) {
          const [plane, at] = [
            Math.floor(i / ((WIDTH / 2) * (HEIGHT / 2))),
            i % ((WIDTH / 2) * (HEIGHT / 2)),
          ];
          const [x, y] = [(at % (WIDTH / 2)) * 2, Math.floor(at / (WIDTH / 2)) * 2];
          floats[i] = (pixels[(y * WIDTH + x) * 4 + plane]! - 117) / 58;
        }
      },
    },
    {
      says: 'in an array of its own',
      place: 'arrays',
      keeps: ({ pixels }) => kept.push(new Uint8Array(pixels)),
    },
    { says: 'in a slice', place: 'arrays', keeps: ({ pixels }) => kept.push(pixels.slice()) },
    {
      says: 'in an array that was there before',
      place: 'arrays',
      keeps: (
        (held) =>
        ({ pixels }: Picture) =>
          held.set(pixels)
      )(new Uint8ClampedArray(WIDTH * HEIGHT * 4)),
    },
  ])('$says', async ({ place, keeps }) => {
    const { wiped } = await proofOf({
      loadDetector: () => Promise.resolve({ detector: detectorThat(keeps) }),
    });
    expect(wiped).toEqual([place]);
    kept.length = 0;
    new Uint8Array(memory.buffer).fill(0);
    floats.fill(0);
  });

  it('in a case', async () => {
    const mine: Uint8ClampedArray[] = [];
    const { wiped } = await proofOf({
      createPipeline: () => ({
        ...fakePipeline(),
        read: ({ pixels }) => Promise.resolve(void mine.push(pixels.slice())),
      }),
    });
    expect(wiped).toEqual(['arrays']);
  });

  it('behind the glass', async () => {
    let shown = new Uint8ClampedArray(0);
    const { wiped } = await proofOf({
      preview: {
        bytes: 0,
        attach: () => {},
        paint: ({ pixels }) => void (shown = new Uint8ClampedArray(pixels)),
        setGlass: () => {},
        wipe: () => {},
        memories: () => [shown.buffer],
      },
    });
    expect(wiped).toContain('glass');
  });

  it('in the vault', async () => {
    const vault = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
    const { wiped } = await proofOf({
      createPipeline: () => ({
        ...fakePipeline(),
        memories: () => [vault.buffer],
        read: ({ pixels }) => Promise.resolve(vault.set(pixels)),
      }),
    });
    expect(wiped).toEqual(['vault']);
  });
});

describe('an order that cannot be carried out', () => {
  it('without a source is told, and the camera stays as it is', async () => {
    const test = rig();
    await new CameraDevice(test.parts).prove();
    expect(recordsOf(test.out, 'fault').map(({ code }) => code)).toEqual(['config-invalid']);
  });

  it('that fails on the way destroys the canary all the same', async () => {
    const { source } = fakeSource(2);
    const test = rig({
      openSource: () => Promise.resolve({ ...source, width: WIDTH, height: HEIGHT }),
      loadDetector: () => Promise.resolve({ detector: fakeDetector(() => new Error('broken')) }),
    });
    const device = new CameraDevice(test.parts);
    await device.load({ model: 'fake', backend: 'wasm', threads: 1 });
    await device.configure([COUNTING]);
    await device.open(FILE);
    await device.prove();
    expect(recordsOf(test.out, 'fault').map(({ severity }) => severity)).toEqual(['warning']);
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
    expect(new Uint8Array(3).constructor).toBe(Uint8Array);
  });
});
