import { linearSumAssignment } from 'linear-sum-assignment';

/**
 * Pairs rows with columns so that the sum of gains is greatest, by a solver that is not the one under test.
 *
 * @param gain rows x columns, each 0 or more
 * @returns pairs [row, column] whose gain is above 0
 */
export function bestPairs(gain: readonly (readonly number[])[]): [number, number][] {
  if (gain.length === 0 || gain[0]!.length === 0) return [];
  const { rowAssignments } = linearSumAssignment(
    gain.map((row) => [...row]),
    { maximaze: true },
  );
  return Array.from(rowAssignments, (column, row): [number, number] => [row, column]).filter(
    ([row, column]) => column >= 0 && gain[row]![column]! > 0,
  );
}
