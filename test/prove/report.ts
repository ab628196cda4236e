/** Rows of the report of `npm run prove`, the table that is printed, and what of it is a failure. */
import type { Engine, Moment, Received, Run, Seen } from './camera-run.ts';
import type { CaseId } from '../../contract/index.ts';
import type { Place } from './look.ts';
import { KINDS, type Copies } from './traces.ts';

export interface Row {
  readonly case: CaseId;
  readonly engine: Engine;
  readonly source: Run['source'];
  readonly glass: Run['glass'];
  readonly moment: Moment;
  /** In pictures: a half is half a picture. */
  readonly copies: Copies;
  /** In whose memory they lie. */
  readonly places: readonly Place[];
  /** The same for a picture that was never shown. */
  readonly decoy: Copies;
  readonly scannedMB: number;
  readonly frozenMs: number;
  readonly ms: number;
  readonly afterS?: number;
  readonly ledger?: Seen['ledger'];
  /** What the page was told in the whole run, and files of the browser's profile with the canary in them. */
  readonly received?: Received;
  readonly profile?: readonly { path: string; copies: Copies }[];
}

export const rowOf = ({ case: id, engine, source, glass }: Run, { moment, ...rest }: Seen): Row => {
  return { case: id, engine, source, glass, moment, ...rest };
};

const listed = (copies: Copies): string =>
  KINDS.flatMap((kind) => (copies[kind] === undefined ? [] : `${kind} ${copies[kind]}`)).join(', ') || '0';

/** A row of the table: how many copies, and in which processes. */
export function lineOf({
  case: id,
  engine,
  source,
  moment,
  copies,
  places,
  decoy,
  scannedMB,
  ms,
}: Row): string {
  const name = [id.padEnd(13), engine.padEnd(9), source.padEnd(7), moment.padEnd(14)].join(' ');
  const where = places.map((each) => `${each.processes.join(' + ')}: ${listed(each.copies)}`).join('; ');
  const chance = listed(decoy);
  return `${name} ${listed(copies)}${where && ` [${where}]`}${chance === '0' ? '' : ` DECOY ${chance}`}  (${scannedMB} MB, ${ms} ms)`;
}

/** Whether all that is left is what the page shows of pictures that the case may give out, and has. */
const isReleased = ({ places, received }: Row): boolean =>
  (received?.records['picture'] ?? 0) > 0 &&
  places.every(({ processes, copies }) => {
    const shown = processes.every((kind) => ['renderer of the page', 'browser', 'gpu'].includes(kind));
    return shown && Object.keys(copies).every((kind) => kind === 'bgra' || kind === 'rgba');
  });

/** What must not be: a copy after the end, a file with one, or something that holds pixels on the page. */
export function failuresOf(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => {
    const { case: id, engine, source, moment, copies, received, profile } = row;
    const name = `${id}, ${engine}, ${source}, ${moment}`;
    const ended = moment === 'after-stop' || moment === 'after-60s';
    const left = ended && Object.keys(copies).length > 0 && !isReleased(row);
    return [
      ...(left ? [`LEFT  ${name}: ${listed(copies)}`] : []),
      ...(ended && profile?.length
        ? [`IN A FILE  ${name}: ${profile.map(({ path }) => path).join(', ')}`]
        : []),
      ...(received && received.binary + received.unfit > 0 ? [`ON THE PAGE  ${name}`] : []),
    ];
  });
}
