/** What the page finds in its storage, its address and files that were handed to it: used as it fits, or not at all. */
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { parseSettings } from '../../../src/app/settings.svelte.ts';
import { isUnknown, restOf, routeOf, ROUTES } from '../../../src/app/router.svelte.ts';
import { parseReports, Report, ReportError } from '../../../src/benchmark/report.ts';
import { withDistinctIds } from '../../../src/drawing/distinct-ids.ts';
import { Drawing } from '../../../src/drawing/drawing.ts';
import { lapseOf, MAX_LAPSE } from '../../../src/event/timing.ts';
import { OperatorFile, readFile, writeFile } from '../../../src/guidebook/operator-file.ts';
import { fromSchema } from './from-schema.ts';
import { ALIEN, mutated } from './mutate.ts';
import { TIMEOUT_MS, tries } from './runs.ts';

const anything = fc.oneof(fc.anything(), ALIEN);

it(
  'settings that do not fit are the defaults',
  () => {
    const fits = fc.constant({
      models: {},
      backend: 'wasm',
      threads: 2,
      size: 'auto',
      pace: 'live',
      loop: true,
      autostart: true,
    });
    fc.assert(
      fc.property(fc.oneof(anything, mutated(fits)), (stored) => {
        const settings = parseSettings(stored);
        expect(['auto', 'wasm', 'webgpu', 'mediapipe']).toContain(settings.backend);
        expect(Number.isInteger(settings.threads)).toBe(true);
        expect(typeof settings.loop).toBe('boolean');
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'any address leads to a page',
  () => {
    const piece = fc.oneof(
      fc.constantFrom(...ROUTES, '#/', '/', '?', '&', 'lapse=', '%', '..', 'guidebook/'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const hash = pieces.join('');
        expect(ROUTES).toContain(routeOf(hash));
        expect(typeof isUnknown(hash)).toBe('boolean');
        expect(restOf(hash).every((step) => step !== '' && !step.includes('/'))).toBe(true);
        const lapse = lapseOf(hash);
        expect(lapse >= 1 && lapse <= MAX_LAPSE).toBe(true);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'a report is read whole, or refused with a reason',
  () => {
    const report = fromSchema(Report as v.GenericSchema);
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), mutated(report).map(asText), report.map(asText), fc.string()),
        (text) => {
          try {
            for (const read of parseReports(text)) expect(read.runs).toHaveLength(read.plan.cells.length);
          } catch (error) {
            if (!(error instanceof ReportError)) throw error;
          }
        },
      ),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'an operator’s file is read as it was written, or refused; nothing in between',
  () => {
    const file = fromSchema(OperatorFile as v.GenericSchema);
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated(file).map(asText), file.map(asText)), (text) => {
        const read = readFile(text);
        if (!read.ok) return;
        expect(v.is(OperatorFile, read.file)).toBe(true);
        expect(readFile(writeFile(read.file))).toEqual(read);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'the shapes of a stored drawing can be told apart',
  () => {
    fc.assert(
      fc.property(fc.oneof(anything, mutated(fromSchema(Drawing as v.GenericSchema))), (stored) => {
        const parsed = v.safeParse(Drawing, stored);
        if (!parsed.success) return;
        const { lines, zones, masks } = withDistinctIds(parsed.output);
        for (const shapes of [lines, zones, masks]) {
          const ids = shapes.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

/** As text; what JSON cannot carry is left out, as when it was written. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
