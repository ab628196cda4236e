/** The sessions that exist on this page, by case: for those who tell of a camera's settings without steering it. */
import { SvelteMap } from 'svelte/reactivity';
import type { CaseId, CaseConfig, OutRecordOf, SourceKind } from '../../../contract/index.ts';
import type { CaseRecords } from './records.svelte.ts';

/** What may be read of a session. */
export interface RunningSession {
  readonly config: CaseConfig;
  /** What the camera would be told on real footage, which is what notices are about. */
  readonly realConfig: CaseConfig;
  readonly kept: CaseRecords;
  readonly choice: { readonly kind: string };
  readonly camera: {
    readonly power: string;
    readonly running: boolean;
    readonly ledger: OutRecordOf<'ledger'> | undefined;
    readonly status: OutRecordOf<'status'>;
    readonly timing: OutRecordOf<'timing'> | undefined;
  };
}

export type { SourceKind };

const sessions = new SvelteMap<CaseId, RunningSession>();

/** The newest session of a case takes the place of an older one. */
export const announceSession = (id: CaseId, session: RunningSession): void => void sessions.set(id, session);

export const sessionOf = (id: CaseId): RunningSession | undefined => sessions.get(id);
export const allSessions = (): readonly [CaseId, RunningSession][] => [...sessions];
