import * as v from 'valibot';
import { Fault } from '../camera/isolation/fault.ts';
import { storeOpener } from '../camera/cases/repeat-visits/vault/keeper.ts';
import type { SealedDay, VaultStore } from '../camera/cases/repeat-visits/vault/store.ts';
import type { DiskContents } from '../isolation/disk-message.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const NONCE_BYTES = 12;
/** Of a day, and of days at a time: far above what a vault can hold, and a bound for what can be put in here. */
const MAX_BYTES = 2 ** 24;
const MAX_DAYS = 1000;

const bytes = (most: number) =>
  v.pipe(
    v.instance(Uint8Array<ArrayBuffer>),
    v.check(({ byteLength }) => byteLength <= most),
  );

const Question = v.variant('disk', [
  v.object({ disk: v.picklist(['open', 'read', 'close']) }),
  v.object({
    disk: v.literal('put'),
    day: v.strictObject({
      day: whole,
      until: whole,
      held: whole,
      nonce: bytes(NONCE_BYTES),
      bytes: bytes(MAX_BYTES),
      key: v.pipe(
        v.instance(CryptoKey),
        v.check(({ extractable }) => !extractable),
      ),
    }),
  }),
  v.object({ disk: v.literal('destroy'), days: v.pipe(v.array(whole), v.maxLength(MAX_DAYS)) }),
  v.object({ disk: v.literal('calendar'), calendar: v.strictObject({ first: whole, latest: whole }) }),
]);

export class Disk {
  #store: VaultStore | undefined;
  readonly #lost: () => void;

  /** @param lost called when the database is taken away */
  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** What a question comes to; a fault is told by its code. */
  async answer(
    message: unknown,
  ): Promise<{ value: DiskContents<CryptoKey> | undefined } | { fault: string }> {
    const parsed = v.safeParse(Question, message);
    if (!parsed.success) return { fault: 'vault-unavailable' };
    try {
      return { value: await this.#do(parsed.output) };
    } catch (error) {
      return { fault: error instanceof Fault ? error.code : 'vault-unavailable' };
    }
  }

  async #do(question: v.InferOutput<typeof Question>): Promise<DiskContents<CryptoKey> | undefined> {
    if (question.disk === 'open') {
      this.#store = await storeOpener(self.indexedDB)('device', this.#lost);
      return { outdated: this.#store.outdated, days: [] };
    }
    const store = this.#store;
    if (!store) throw new Fault('vault-unavailable', 'the disk is not open');
    switch (question.disk) {
      case 'read': {
        const { calendar, days } = await store.read();
        return { calendar, days: days as readonly (SealedDay & { key: CryptoKey })[] };
      }
      case 'put':
        return store.put(question.day as SealedDay).then(() => undefined);
      case 'destroy':
        return store.destroy(question.days).then(() => undefined);
      case 'calendar':
        return store.setCalendar(question.calendar).then(() => undefined);
      case 'close':
        this.#store = undefined;
        return store.close().then(() => undefined);
    }
  }
}
