/**
 * The last look before the gate: a record of a real source that tells more finely than the policy of its case is refused,
 * whatever pipeline or release made it. It is the second line behind the releases, and must never be needed.
 */
import { MAX_TOLD_DAYS, MAX_TOLD_VISIT, type OutRecord, type Policy } from '../../../contract/index.ts';
import { Fault } from '../isolation/fault.ts';

/** @throws {Fault} 'gate-refused' */
export function requireCoarse(record: OutRecord, { k = 1, binS = 1 }: Policy): void {
  const problem = problemOf(record, k, binS);
  if (problem) throw new Fault('gate-refused', `${record.type} record tells too finely: ${problem}`);
}

function problemOf(record: OutRecord, k: number, binS: number): string | undefined {
  if ('relaxed' in record && record.relaxed) return 'marked as relaxed on a real source';
  switch (record.type) {
    case 'attribute':
    case 'count':
    case 'zone':
      return record.atS % binS === 0 ? undefined : 'time within a bin';
    case 'visit':
      if (record.atS % binS !== 0) return 'time within a bin';
      if (record.visit > MAX_TOLD_VISIT) return 'number of the visit';
      return (record.daysSinceLast ?? 0) > MAX_TOLD_DAYS ? 'days since the last visit' : undefined;
    case 'vault':
      return record.asOfRelease ? undefined : 'state of the vault at this moment';
    case 'heat':
      return record.cells.every(([, , people]) => people >= k) ? undefined : 'fewer than k people';
    case 'flow':
    case 'od':
    case 'dwell':
      return record.people >= k ? undefined : 'fewer than k people';
    case 'presence':
      return record.zones.every(({ atLeast }) => atLeast % k === 0) ? undefined : 'not a multiple of k';
    case 'held':
      return 'how many are held back';
    // The drawing itself, what a person asked for at the desk, facts of streets and stations, and pictures that cases whose
    // contract allows them have cleared of people.
    case 'plan':
    case 'desk':
    case 'sign':
    case 'road':
    case 'withheld':
    case 'crowd':
    case 'picture':
      return undefined;
    default:
      return 'a kind of record that no rule is about';
  }
}
