/**
 * What case 6 keeps: one picture, the newest, and the figures of every second. A new picture takes the place of the one
 * before; not even the slip with the record as it left keeps an older one.
 */
import type { CrowdRecord, OutRecord, OutRecordOf } from '../../../contract/index.ts';
import { CaseRecords, type Run } from '../shared/records.svelte.ts';
import { usual } from './usual.svelte.ts';

export type PictureRecord = OutRecordOf<'picture'>;

export interface Figures {
  readonly record: CrowdRecord;
  readonly run: Run;
  /** On the common time axis, in seconds. */
  readonly timeS: number;
}

export interface KeptPicture {
  /** As a data URL: it is in this page's memory only. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly icons: number;
  readonly timeS: number;
}

/** What is usual is stored once a minute. */
const FIGURES_A_STORE = 60;
/** Characters of a picture that its slip shows. */
const SHOWN = 24;

export class CrowdingRecords extends CaseRecords {
  figures = $state.raw<readonly Figures[]>([]);
  picture = $state.raw<KeptPicture | undefined>();
  /** Pictures that came; all but the last were overwritten. */
  pictures = $state(0);

  override get empty(): boolean {
    return this.figures.length === 0 && !this.picture;
  }

  get latest(): CrowdRecord | undefined {
    return this.figures.at(-1)?.record;
  }

  /** How long ago the kept picture shows the place, in seconds of source time. */
  get pictureAgeS(): number | undefined {
    return this.picture && Math.max(0, this.latestS - this.picture.timeS);
  }

  override accept(record: OutRecord, bytes: number): void {
    if (record.type !== 'picture') return super.accept(record, bytes);
    this.#replace(record);
    super.accept({ ...record, base64: `${record.base64.slice(0, SHOWN)}…` }, bytes);
  }

  protected override take(record: OutRecord): void {
    if (record.type !== 'crowd') return;
    const run = this.runs.at(-1);
    if (!run) throw new Error('a record arrived before any run began');
    const timeS = this.advance(record.atS);
    this.figures = this.bounded(this.figures, { record, run, timeS });
    usual.add(run.source, Date.now(), record.standing + record.moving);
    if (this.figures.length % FIGURES_A_STORE === 0) usual.store();
  }

  protected override forget(): void {
    this.figures = [];
    this.picture = undefined;
    this.pictures = 0;
  }

  #replace({ mime, base64, width, height, icons, atS }: PictureRecord): void {
    this.pictures++;
    this.picture = {
      url: `data:${mime};base64,${base64}`,
      width,
      height,
      icons,
      timeS: this.advance(atS),
    };
  }
}
