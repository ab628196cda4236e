/** How the notices of a case stand against its camera now: those that hang, and the one that would be made now. */
import type { CaseId } from '../../contract/index.ts';
import { sessionOf } from '../cases/shared/running.svelte.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { emptyPlan, type OperatorFile } from '../guidebook/operator-file.ts';
import { inForce, type Posted } from './in-force.svelte.ts';
import { cameraOf } from './make.ts';
import { claimsOf, compare, type Reality, type Truth } from './truth.ts';

/** The day here, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function realityOf(id: CaseId): Reality {
  const session = sessionOf(id);
  return {
    life: LIFE_CYCLES[id],
    camera: cameraOf(id),
    ledger: session?.camera.ledger,
    filming: session?.camera.power === 'on' && session.choice.kind === 'webcam',
    today: today(),
  };
}

export interface Standing {
  /** Absent: the notice that would be made now. */
  readonly posted?: Posted;
  readonly truths: readonly Truth[];
}

export function standingOf(id: CaseId, file: OperatorFile): Standing[] {
  const reality = realityOf(id);
  const claims = claimsOf(reality.life, file.cases[id] ?? emptyPlan(), reality.camera);
  return [
    { truths: compare(claims, reality) },
    ...inForce.of(id).map((posted) => ({ posted, truths: compare(posted.claims, reality) })),
  ];
}

/** Disagreements between a case's notices and its camera. */
export const disagreements = (standing: readonly Standing[]): number =>
  standing.reduce((sum, { truths }) => sum + truths.filter(({ agrees }) => !agrees).length, 0);
