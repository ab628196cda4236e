/** Memory over an execution order. */

/** A schedule; values may be named by anything. */
export interface Schedule<Name> {
  steps: readonly { reads: readonly Name[]; makes: readonly Name[] }[];
  inputs: readonly Name[];
  outputs: readonly Name[];
  bytes(name: Name): number;
}

/**
 * The most bytes alive at once: of the inputs before the first step, and during any step.
 */
export function peakOf<Name>(schedule: Schedule<Name>): number {
  const { inputs, bytes } = schedule;
  return occupancy(schedule).reduce(
    (max, alive) => Math.max(max, alive),
    inputs.reduce((sum, name) => sum + bytes(name), 0),
  );
}

/**
 * Bytes alive during each step. A value is alive from the step that makes it (inputs: from the start) to the last step
 * that reads it, both included; outputs stay to the end. No step works in place.
 */
export function occupancy<Name>({ steps, inputs, outputs, bytes }: Schedule<Name>): number[] {
  const lastRead = new Map<Name, number>();
  steps.forEach(({ reads }, step) => reads.forEach((name) => lastRead.set(name, step)));
  for (const name of outputs) lastRead.set(name, steps.length);
  const alive = new Set<Name>(inputs);
  let total = inputs.reduce((sum, name) => sum + bytes(name), 0);
  return steps.map(({ makes }, step) => {
    for (const name of makes) {
      alive.add(name);
      total += bytes(name);
    }
    const during = total;
    for (const name of alive) {
      if ((lastRead.get(name) ?? step) > step) continue;
      alive.delete(name);
      total -= bytes(name);
    }
    return during;
  });
}
