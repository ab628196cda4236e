/** Traffic lights as a pure function of time. */

export type Aspect = 'green' | 'amber' | 'red';

export interface SignalPlan {
  /** In order, repeated for ever. Each phase gives the aspect of every signal group it names; others are red. */
  phases: readonly { seconds: number; aspects: Readonly<Record<string, Aspect>> }[];
  /** Seconds into the cycle at time 0. */
  offsetS: number;
}

export function aspectAt(plan: SignalPlan, group: string, timeS: number): Aspect {
  const cycle = plan.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  let rest = (((timeS + plan.offsetS) % cycle) + cycle) % cycle;
  for (const phase of plan.phases) {
    if (rest < phase.seconds) return phase.aspects[group] ?? 'red';
    rest -= phase.seconds;
  }
  return 'red';
}

/** Seconds for which a group stays green from now; 0 when it is not green. */
export function greenLeft(plan: SignalPlan, group: string, timeS: number): number {
  const cycle = plan.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const step = 0.1;
  let left = 0;
  while (left < cycle && aspectAt(plan, group, timeS + left) === 'green') left += step;
  return left;
}
