/** What `--repeat` prints: the medians of each time side by side, their ratio, and what to think of it. */
import { sayIdle } from './idle.ts';
import { WITHIN, type Repetition, type RepeatVerdict } from '../../src/benchmark/repeat.ts';

const LIMIT = `${WITHIN * 100} %`;
const VERDICT: Record<RepeatVerdict, string> = {
  agrees: `all medians agree within ${LIMIT}`,
  differs: `medians differ by more than ${LIMIT}, on an idle machine`,
  busy: `medians differ by more than ${LIMIT}, but the machine had other things to do: measure again`,
  unknown: `medians cannot be shown to agree within ${LIMIT}`,
};

export function sayRepetition({ cells, verdict, idle, slowed }: Repetition): string {
  const ms = (value: number | undefined) => (value === undefined ? 'none' : `${value.toFixed(1)} ms`);
  return [
    ...cells.map(({ key, medians, ratio, within }) =>
      [
        `${key}:`,
        medians.map(ms).join(' / '),
        ratio === undefined ? '' : `ratio ${ratio.toFixed(3)}`,
        within ? 'within' : 'NOT WITHIN',
      ].join('  '),
    ),
    VERDICT[verdict],
    sayIdle(idle === undefined || slowed === undefined ? undefined : { idle, slowed }),
  ].join('\n');
}
