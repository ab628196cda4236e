/** The vault's place outside the sealed frame, as the vault sees it. */
import * as v from 'valibot';
import { FAULTS } from '../../../../../contract/index.ts';
import { Fault } from '../../../isolation/fault.ts';
import type { Lender } from '../../../isolation/lender.ts';
import type { DiskContents, DiskQuestion } from '../../../../isolation/disk-message.ts';
import type { KeyHandle } from '../../../../isolation/lending.ts';
import type { LentKey } from './cipher.ts';
import type { Calendar, SealedDay, VaultStore } from './store.ts';

/**
 * @param lost called when the disk was taken away while it was open
 * @throws {Fault} 'vault-busy', 'vault-newer', 'vault-full', 'vault-unavailable'
 */
export async function openRemoteStore(from: Lender, lost: () => void): Promise<VaultStore> {
  const ask = async (question: DiskQuestion<KeyHandle>) => {
    const answer = await from.ask<{ value?: DiskContents<KeyHandle>; fault?: string }>({
      ask: 'disk',
      question,
    });
    if (answer.fault === undefined) return answer.value;
    const code = v.is(v.picklist(FAULTS), answer.fault) ? answer.fault : 'vault-unavailable';
    throw new Fault(code, 'the disk outside the frame');
  };
  from.onDiskLost = lost;
  const opened = await ask({ disk: 'open' });
  return {
    keep: 'device',
    outdated: opened?.outdated ?? 0,
    async read() {
      const { calendar, days } = (await ask({ disk: 'read' })) ?? { days: [] };
      return { calendar, days: days.map((day): SealedDay => ({ ...day, key: { lent: day.key } })) };
    },
    async put({ day, until, held, nonce, bytes, key }: SealedDay) {
      await ask({ disk: 'put', day: { day, until, held, nonce, bytes, key: (key as LentKey).lent } });
    },
    async destroy(days: readonly number[]) {
      await ask({ disk: 'destroy', days });
    },
    async setCalendar({ first, latest }: Calendar) {
      await ask({ disk: 'calendar', calendar: { first, latest } });
    },
    async close() {
      await ask({ disk: 'close' });
    },
  };
}
