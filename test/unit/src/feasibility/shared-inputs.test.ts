/** Every model of `../shared/inputs`: what the page says of it, and what the camera says of it as an own detector. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  examine,
  FileError,
  parse,
  type Finding,
  type FileFault,
} from '../../../../workers/feasibility/parse-model.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/inputs/onnx');
const isThere = existsSync(FOLDER);
if (!isThere) console.log(`skipped: there are no models at ${FOLDER}`);

type Judged = { finding: Finding } | { fault: FileFault };

function judged(name: string): Judged {
  try {
    const model = parse(new Uint8Array(readFileSync(join(FOLDER, `${name}.onnx`))));
    return { finding: examine(model, { width: 512, height: 512 }) };
  } catch (error) {
    if (error instanceof FileError) return { fault: error.fault };
    throw error;
  }
}

const anatomy = (parts: object) => ({ finding: { anatomy: parts } });
const picture = { width: 224, height: 224 };
/** 3 x 3 over 3 channels into 16 at 112 x 112, with a bias; 3 x 3 over 16 into 32 at 56 x 56. */
const TWO_CONVOLUTIONS = {
  parameters: 16 * 27 + 16 + 32 * 144,
  macs: 112 * 112 * 16 * 27 + 56 * 56 * 32 * 144,
  weightBytes: { fp32: 4 * 5056, fp16: 2 * 5056, int8: 16 * 27 + 32 * 144 + 4 * 16 },
  // The picture and the first result, at one byte a number.
  peakActivationBytes: { int8: 3 * 224 * 224 + 16 * 112 * 112 },
};

/** Worked out by hand from the graphs, which are printed in the README there. */
const EXPECTED: Record<string, object> = {
  'ref-float': anatomy({ ...TWO_CONVOLUTIONS, precision: 'fp32', picture }),
  'int8-qdq-per-channel-opset13': anatomy({ ...TWO_CONVOLUTIONS, precision: 'int8', picture }),
  'int8-qoperator-qlinearconv': anatomy({
    parameters: 16 * 27,
    macs: 112 * 112 * 16 * 27,
    precision: 'int8',
    picture,
  }),
  // 14 x 14 patches of 16 x 16 x 3 into 64; 196 x 64 by 64 x 64; twice 196 x 196 x 64.
  'vit-like-opset17': {
    finding: {
      anatomy: {
        parameters: 64 * 768 + 64 + 64 + 64 * 64,
        macs: 196 * 64 * 768 + 196 * 64 * 64 + 2 * 196 * 196 * 64,
      },
      newer: { ops: ['Gelu'], needed: 20 },
    },
  },
  lstm: anatomy({ parameters: 2 * 256 * 64, macs: 10 * 4 * 64 * (64 + 64), picture: undefined }),
  einsum: anatomy({ parameters: 64 * 64, macs: 64 * 64 * 64 }),
  'dynamic-h-w-with-gemm-trained-at-224': {
    finding: { sought: true, open: false, anatomy: { picture, macs: 7 * 7 * 4 * 3072 + 196 * 10 } },
  },
  'external-data': { fault: { code: 'external-data' } },
  // The number format is named, whatever else is wrong with the file.
  'float8-weights-opset19': { fault: { code: 'no-computation', formats: ['float8e4m3fn'] } },
  'int4-weights-opset21': { fault: { code: 'malformed', formats: ['int4'] } },
  'no-outputs-no-nodes': { fault: { code: 'no-computation' } },
};

describe.skipIf(!isThere)('a model of the shared inputs', () => {
  it.each(Object.entries(EXPECTED))('%s is judged for what it is', (name, expected) => {
    expect(judged(name)).toMatchObject(expected);
  });

  it('is expected here, each one', () => {
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.onnx$/, ''));
    expect(files.sort()).toEqual(Object.keys(EXPECTED).sort());
  });
});
