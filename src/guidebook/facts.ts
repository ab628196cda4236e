/** Gathers what the checks look at, from the stores of this device. */
import type { CaseId } from '../../contract/index.ts';
import type { Facts } from './checks.ts';
import { opinions } from './opinions.svelte.ts';
import { operatorStore } from './operator-store.svelte.ts';
import { policy } from './policy.svelte.ts';
import { requestLog } from './request-log.svelte.ts';
import { runLog } from './run-log.svelte.ts';

export const factsOf = (id: CaseId): Facts => ({
  id,
  file: operatorStore.file,
  run: runLog.last(id),
  policy: policy.holds,
  opinions: opinions.all.length,
  requests: requestLog.total,
});
