/** The records of attributes: face tracks, and their number by age band and sex. */
import { AGE_BANDS, SEXES, type OutRecord, type OutRecordOf } from '../../../contract/index.ts';
import { CaseRecords, type Run } from '../shared/records.svelte.ts';

export type AttributeRecord = OutRecordOf<'attribute'>;
export type Band = AttributeRecord['age'];
export type SexWord = AttributeRecord['sex'];

/** In display order; unknown comes last. */
export const BANDS: readonly Band[] = [...AGE_BANDS, 'unknown'];
export const SEX_WORDS: readonly SexWord[] = [...SEXES, 'unknown'];

export interface KeptPassage {
  readonly record: AttributeRecord;
  readonly run: Run;
  /** On the common time axis, in seconds. */
  readonly timeS: number;
}

type Row = Readonly<Record<SexWord, number>>;
export type Population = Readonly<Record<Band, Row>>;

const NO_ROW: Row = { male: 0, female: 0, unknown: 0 };
const NOBODY = Object.freeze(Object.fromEntries(BANDS.map((band) => [band, NO_ROW])) as Record<Band, Row>);

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const ofBand = (population: Population, band: Band) => sum(SEX_WORDS.map((sex) => population[band][sex]));

export class AttributesRecords extends CaseRecords {
  passages = $state.raw<readonly KeptPassage[]>([]);
  /** Face tracks by age band and sex. */
  population = $state.raw<Population>(NOBODY);

  override get empty(): boolean {
    return this.passages.length === 0;
  }

  /** Of all face tracks, those whose records were deleted since included. */
  get total(): number {
    return sum(BANDS.map((band) => ofBand(this.population, band)));
  }

  /** Share of face tracks with unknown age, 0..1; the same for the sex. 0 without tracks. */
  unknownShare(of: 'age' | 'sex'): number {
    const unknown =
      of === 'age'
        ? ofBand(this.population, 'unknown')
        : sum(BANDS.map((band) => this.population[band].unknown));
    return this.total === 0 ? 0 : unknown / this.total;
  }

  protected override take(record: OutRecord): void {
    if (record.type !== 'attribute') return;
    const run = this.runs.at(-1);
    if (!run) throw new Error('a record arrived before any run began');
    const timeS = this.advance(record.atS);
    this.passages = this.bounded(this.passages, { record, run, timeS });
    const row = this.population[record.age];
    this.population = { ...this.population, [record.age]: { ...row, [record.sex]: row[record.sex] + 1 } };
  }

  protected override forget(): void {
    this.passages = [];
    this.population = NOBODY;
  }
}
