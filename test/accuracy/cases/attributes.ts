/** Case 1 on its sample: passages told against those that were, with age band and sex. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { TruthSchema } from '../../../scenes/truth/schema.ts';
import type { Run } from '../../lab/page.ts';
import { controlledAttributes, type Compared, type MixScore } from '../disclosure/held-back.ts';
import { passageScores, type PassageScores, type TruePassage } from '../metrics/passages.ts';
import { markdownTable, roundedAll } from '../report.ts';
import type { EvalContext } from '../set.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

/** The models as the site's page asks for them (`src/app/settings.svelte.ts`). */
const faceEngines = (threads: number): Required<Pick<Run, 'engine' | 'readers'>> => ({
  engine: { role: 'faces', model: 'blazeface', backend: 'wasm', threads, longSide: 384 },
  readers: [
    { role: 'age', model: 'age', backend: 'wasm', threads },
    { role: 'sex', model: 'sex', backend: 'wasm', threads },
  ],
});

/** Whose faces the camera could see, with what they are. */
function truePassages(file: unknown): TruePassage[] {
  const { objects, passages } = v.parse(TruthSchema, file);
  const people = new Map(objects.flatMap(({ id, person }) => (person ? [[id, person] as const] : [])));
  return passages.map(({ id, fromS, toS }) => {
    const person = people.get(id);
    if (!person) throw new Error(`${id} passes, but is nobody`);
    return { fromS, toS, age: person.age, sex: person.sex };
  });
}

export interface AttributesResult extends PassageScores {
  /** The same records without disclosure control and with it. */
  readonly control: Compared<MixScore>;
}

export async function measureAttributes(
  { lab, engine }: EvalContext,
  clip: string,
): Promise<AttributesResult> {
  const read = (name: string): unknown => JSON.parse(readFileSync(resolve(SAMPLES, name), 'utf8'));
  const { records } = await (
    await lab()
  ).run({
    source: { video: `/samples/${clip}.mp4` },
    ...faceEngines(engine.threads),
    cases: [{ case: 'attributes', areas: [] }],
    observe: false,
  });
  const told = records.flatMap((record) => (record.type === 'attribute' ? [record] : []));
  const truth = truePassages(read(`${clip}.truth.json`));
  return roundedAll({ ...passageScores(truth, told), control: controlledAttributes(truth, told) });
}

export const attributesTable = (clip: string, { control, ...scores }: AttributesResult): string =>
  [
    markdownTable([clip, 'value'], Object.entries(scores)),
    markdownTable(
      [`${clip}, disclosure control`, 'without', 'with'],
      Object.entries(control.without).map(([name, value]) => [
        name,
        value as number,
        control.with[name as keyof MixScore],
      ]),
    ),
  ].join('\n\n');
