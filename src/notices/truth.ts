/**
 * Whether what a notice says is what the camera does. A notice on a wall does not change with the camera's settings: what it
 * said when it was put up is remembered (`in-force.svelte.ts`) and held against the configuration and the ledger of now.
 */
import * as v from 'valibot';
import type { OutRecordOf } from '../../contract/index.ts';
import type { LifeCycle } from '../cases/shared/life-cycle.ts';
import type { CasePlan } from '../guidebook/operator-file.ts';
import type { CameraFacts } from './camera-facts.ts';

const amount = v.optional(v.pipe(v.number(), v.minValue(0)));

/** What a notice states that a camera can break. Absent: the notice does not speak of it. */
export const Claims = v.object({
  retentionDays: amount,
  sensorWidth: amount,
  pictureEveryS: amount,
  k: amount,
  binS: amount,
  epsilon: amount,
  /** Day from which the camera is at work. */
  start: v.optional(v.string()),
  /** Kinds of data outside the camera, in English whatever the notice's language. */
  kept: v.optional(v.array(v.string())),
  thirdParty: v.optional(v.picklist(['', 'no', 'yes'])),
});
export type Claims = v.InferOutput<typeof Claims>;

const keptOf = ({ data }: LifeCycle): string[] =>
  data
    .filter(({ where, fate }) => where === 'outside' || fate !== 'destroyed')
    .map(({ what }) => what({}, { locale: 'en' }));

/** What a notice made now states. The retention is the operator's word, where there is one. */
export function claimsOf(life: LifeCycle, plan: CasePlan, camera: CameraFacts): Claims {
  const { vectors } = plan.retention;
  const { retentionDays, sensorWidth, pictureEveryS, k, binS, epsilon } = camera;
  const stated = vectors?.kind === 'days' ? vectors.days : retentionDays;
  return {
    ...(stated !== undefined && { retentionDays: stated }),
    ...(sensorWidth !== undefined && { sensorWidth }),
    ...(pictureEveryS !== undefined && { pictureEveryS }),
    ...(k !== undefined && { k }),
    ...(binS !== undefined && { binS }),
    ...(epsilon !== undefined && { epsilon }),
    ...(plan.start && { start: plan.start }),
    kept: keptOf(life),
    thirdParty: plan.thirdParty,
  };
}

/** What the camera is doing. */
export interface Reality {
  readonly life: LifeCycle;
  readonly camera: CameraFacts;
  readonly ledger?: OutRecordOf<'ledger'> | undefined;
  /** Whether a real camera takes real people now. */
  readonly filming: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
}

export const TRUTHS = [
  'retention',
  'resolution',
  'interval',
  'k',
  'bin',
  'noise',
  'kept',
  'third-party',
  'start',
  'recording',
  'pictures',
] as const;
export type TruthId = (typeof TRUTHS)[number];

export interface Truth {
  readonly id: TruthId;
  readonly says: string | number | readonly string[];
  readonly does: string | number | readonly string[];
  readonly agrees: boolean;
}

const row = <T extends string | number>(id: TruthId, says: T | undefined, does: T | undefined): Truth[] =>
  says === undefined || does === undefined ? [] : [{ id, says, does, agrees: says === does }];

/** Every statement that can be held against the camera; what cannot be told is left out. */
export function compare(claims: Claims, { life, camera, ledger, filming, today }: Reality): Truth[] {
  const kept = keptOf(life);
  const handsOver = life.data.some(({ fate }) => fate === 'handed-over');
  return [
    ...row('retention', claims.retentionDays, camera.retentionDays),
    ...row('resolution', claims.sensorWidth, camera.sensorWidth),
    ...row('interval', claims.pictureEveryS, camera.pictureEveryS),
    ...row('k', claims.k, camera.k),
    ...row('bin', claims.binS, camera.binS),
    // A notice that states noise is broken by a camera without it.
    ...row('noise', claims.epsilon, camera.epsilon ?? (claims.epsilon === undefined ? undefined : 0)),
    ...(claims.kept
      ? [{ id: 'kept', says: claims.kept, does: kept, agrees: sameWords(claims.kept, kept) } as const]
      : []),
    // Whether an operator passes statistics on, no camera knows; that this case hands its data over, it does.
    ...(claims.thirdParty && handsOver
      ? [
          {
            id: 'third-party',
            says: claims.thirdParty,
            does: 'yes',
            agrees: claims.thirdParty === 'yes',
          } as const,
        ]
      : []),
    ...(claims.start && filming
      ? [{ id: 'start', says: claims.start, does: today, agrees: claims.start <= today } as const]
      : []),
    ...(ledger ? ledgerTruths(life, ledger) : []),
  ];
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word) => b.includes(word));

/** "Not recorded": every picture is destroyed or in the camera's own few buffers. And no picture leaves unsaid. */
function ledgerTruths(life: LifeCycle, { frames, cases }: OutRecordOf<'ledger'>): Truth[] {
  const left = frames.acquired - frames.destroyed;
  const account = cases.find((row) => row.case === life.id);
  const saysPictures = life.data.some(({ ledger }) => ledger === 'pictures');
  return [
    {
      id: 'recording',
      says: 0,
      does: Math.max(0, left - frames.alive - frames.waiting),
      agrees: left <= frames.alive + frames.waiting,
    },
    ...(account && !saysPictures
      ? [{ id: 'pictures', says: 0, does: account.pictures, agrees: account.pictures === 0 } as const]
      : []),
  ];
}
