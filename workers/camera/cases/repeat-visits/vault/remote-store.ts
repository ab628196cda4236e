/** The vault's place on the device, as the vault sees it. */
import * as v from 'valibot';
import { FAULTS } from '../../../../../contract/index.ts';
import { Fault } from '../../../isolation/fault.ts';
import type { Lender } from '../../../isolation/lender.ts';
import type { VaultAnswer, VaultQuestion } from '../../../../isolation/disk-message.ts';
import type { LentKey } from './cipher.ts';
import type { Calendar, SealedDay, VaultStore } from './store.ts';

/**
 * @param lost called when the storage was taken away while it was open
 * @throws {Fault} 'vault-closed' where no passphrase was given, 'vault-busy', 'vault-newer', 'vault-no-room',
 * 'vault-unavailable'
 */
export async function openRemoteStore(from: Lender, lost: () => void): Promise<VaultStore> {
  const ask = async (question: VaultQuestion) => {
    const answer = await from.ask<VaultAnswer>({ ask: 'vault', question });
    if (answer.fault === undefined) return answer.value;
    const code = v.is(v.picklist(FAULTS), answer.fault) ? answer.fault : 'vault-unavailable';
    throw new Fault(code, 'the vault on the device');
  };
  from.onVaultLost = lost;
  const opened = await ask({ vault: 'open' });
  return {
    keep: 'device',
    outdated: opened?.outdated ?? 0,
    async read() {
      const { calendar, damaged, days } = (await ask({ vault: 'read' })) ?? { days: [] };
      return { calendar, damaged, days: days.map((day): SealedDay => ({ ...day, key: { lent: day.key } })) };
    },
    async put({ day, until, held, nonce, bytes, key }: SealedDay) {
      await ask({ vault: 'put', day: { day, until, held, nonce, bytes, key: (key as LentKey).lent } });
    },
    async destroy(days: readonly number[]) {
      await ask({ vault: 'destroy', days });
    },
    async setCalendar(calendar: Calendar) {
      await ask({ vault: 'calendar', calendar });
    },
    async close() {
      // One that was locked or taken away is closed already.
      await ask({ vault: 'close' }).catch(() => {});
    },
  };
}
