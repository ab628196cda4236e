/** Damaged model files: each is judged, or refused by a code with words of its own; none hangs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeModel } from '../../../lib/onnx/write.ts';
import { examine, FileError, parse } from '../../../workers/feasibility/parse-model.ts';
import { graphOf } from '../models/graphs.ts';
import { damaged } from './damage.ts';
import { TIMEOUT_MS, tries } from './runs.ts';

/** No file may be looked at for longer, in milliseconds; a sound one takes a few. */
const PATIENCE_MS = 5000;

const own = [
  graphOf({
    inputs: { x: [1, 3, 'height', 'width'] },
    constants: { w: { dims: [8, 3, 3, 3] }, shape: [1, -1], gain: { dims: [8, 1, 1] } },
    nodes: [
      ['Conv', ['x', 'w'], ['c'], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
      ['Mul', ['c', 'gain'], ['m']],
      ['Relu', ['m'], ['r']],
      ['GlobalAveragePool', ['r'], ['g']],
      ['Reshape', ['g', 'shape'], ['y']],
    ],
    outputs: ['y'],
  }),
  graphOf({
    inputs: { x: { type: 'uint8', dims: [1, 32, 48, 3] } },
    constants: { axes: [0, 3, 1, 2], w: { dims: [4, 3, 1, 1] } },
    nodes: [
      ['Cast', ['x'], ['f'], { to: 1 }],
      ['Transpose', ['f'], ['t'], { perm: [0, 3, 1, 2] }],
      ['Conv', ['t', 'w'], ['c'], { kernel_shape: [1, 1] }],
      ['MaxPool', ['c'], ['p'], { kernel_shape: [2, 2], strides: [2, 2] }],
      ['Softmax', ['p'], ['y'], { axis: 1 }],
    ],
    outputs: ['y'],
  }),
].map(writeModel);

const folder = join(import.meta.dirname, '../../../../shared/inputs/onnx');
const shared = existsSync(folder)
  ? readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))))
  : [];
const files = [...own, ...shared].filter(({ length }) => length < 200_000);

it(
  'a damaged model is judged with finite numbers, or refused by a known reason, within a moment',
  () => {
    fc.assert(
      fc.property(damaged(files), fc.constantFrom(64, 224, 640), (bytes, side) => {
        const start = performance.now();
        try {
          const { anatomy } = examine(parse(bytes), { width: side, height: side });
          for (const number of [anatomy.macs, anatomy.parameters]) {
            expect(Number.isFinite(number)).toBe(true);
            expect(number).toBeGreaterThanOrEqual(0);
          }
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
        }
        expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);
