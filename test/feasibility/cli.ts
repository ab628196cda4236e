/**
 * `npm run feasibility -- check`: every published measurement that was held back, against its estimate (Markdown)
 * `npm run feasibility -- judge FILE.onnx [--size 512x288] [--fps 10]`: the verdict of each chip on a model
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Anatomy } from '../../lib/onnx/anatomy.ts';
import type { Side } from '../../lib/onnx/picture-sizes.ts';
import { checkEstimates, checkTable, describeSummary, summarise } from '../../src/feasibility/check.ts';
import { CHIPS, KNOWN_MODELS } from '../../src/feasibility/chips.ts';
import { LatencyModel } from '../../src/feasibility/latency.ts';
import { examine, FileError, parse } from '../../workers/feasibility/parse-model.ts';
import { judge } from '../../src/feasibility/verdict.ts';

/** Ends with the code and the remark of what is wrong with a file. */
function anatomyOf(path: string, side: Side): Anatomy {
  try {
    return examine(parse(readFileSync(path)), side).anatomy;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    console.error(JSON.stringify(error.fault));
    process.exit(1);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '512x512' },
    fps: { type: 'string', default: '10' },
  },
});
const [command, file] = positionals;

if (command === 'check') {
  const checks = checkEstimates(CHIPS, KNOWN_MODELS);
  console.log(`${checkTable(checks)}\n\n${describeSummary(summarise(checks))}`);
} else if (command === 'judge' && file) {
  const [width, height] = values.size.split('x').map(Number);
  if (!width || !height) throw new Error(`--size ${values.size} is not like 512x288`);
  if (!(Number(values.fps) > 0)) throw new Error(`--fps ${values.fps} is not above 0`);
  const anatomy = anatomyOf(file, { width, height });
  console.log(
    `${anatomy.macs} multiply-accumulates, ${anatomy.parameters} parameters stored as ${anatomy.precision}`,
  );
  for (const chip of CHIPS) {
    const { level, latency, reasons, changes } = judge(
      chip,
      anatomy,
      new LatencyModel(chip, KNOWN_MODELS),
      Number(values.fps),
    );
    const time = latency
      ? `${latency.ms.toFixed(1)} ms (${latency.lowMs.toFixed(1)} to ${latency.highMs.toFixed(1)})`
      : 'no estimate';
    console.log(`${chip.id}: ${level}, ${time}`);
    for (const each of [...reasons, ...changes]) console.log(`  ${JSON.stringify(each)}`);
  }
} else {
  console.error('npm run feasibility -- check | judge FILE.onnx [--size 512x288] [--fps 10]');
  process.exitCode = 2;
}
