import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../../../../../workers/camera/cases/repeat-visits/vault/cipher.ts';
import {
  MemoryStore,
  type Calendar,
  type SealedDay,
  type VaultStore,
} from '../../../../../../../workers/camera/cases/repeat-visits/vault/store.ts';
import { Vault, VaultClosed } from '../../../../../../../workers/camera/cases/repeat-visits/vault/vault.ts';
import { random } from '../../../vision/rng.ts';
import { LENGTH, THRESHOLD, view } from './faces.ts';

/** A store that outlives its vault, as a database does, and keeps copies of all that was ever put in it. */
class Disk implements VaultStore {
  readonly keep = 'device';
  readonly outdated = 0;
  readonly days = new Map<number, SealedDay>();
  /** As a thief may have them: everything that was ever written. */
  readonly copies: SealedDay[] = [];
  readonly log: string[] = [];
  calendar: Calendar | undefined;
  full = false;

  read = () => Promise.resolve({ calendar: this.calendar, days: [...this.days.values()].map(copy) });
  put = (day: SealedDay) => {
    if (this.full) return Promise.reject(new Error('full'));
    this.days.set(day.day, copy(day));
    this.copies.push(copy(day));
    return Promise.resolve();
  };
  destroy = (days: readonly number[]) => {
    for (const day of days) this.days.delete(day);
    this.log.push(`destroyed ${days.join()}`);
    return Promise.resolve();
  };
  setCalendar = (calendar: Calendar) => Promise.resolve(void (this.calendar = calendar));
  close = () => Promise.resolve();
}

const copy = (day: SealedDay): SealedDay => ({ ...day, bytes: day.bytes.slice(), nonce: day.nonce.slice() });

const opened = (store: VaultStore, { retention = 3, today = 0 } = {}) =>
  Vault.open(store, LENGTH, retention, today);

describe('a visit', () => {
  it('is the first of whoever is not known, and the next of whoever is', async () => {
    const vault = await opened(new MemoryStore());
    expect(await vault.visit(view(1, 0), THRESHOLD)).toEqual({ visit: 1, daysSinceLast: undefined });
    expect(await vault.visit(view(2, 0), THRESHOLD)).toEqual({ visit: 1, daysSinceLast: undefined });
    await vault.advance(2);
    expect(await vault.visit(view(1, 1), THRESHOLD)).toEqual({ visit: 2, daysSinceLast: 2 });
    expect(vault.held).toBe(2);
  });

  it('happens once a day', async () => {
    const vault = await opened(new MemoryStore());
    await vault.visit(view(1, 0), THRESHOLD);
    expect(await vault.visit(view(1, 1), THRESHOLD)).toEqual({ visit: 1, daysSinceLast: 0 });
  });

  it('does not extend how long somebody is kept', async () => {
    const vault = await opened(new MemoryStore(), { retention: 3 });
    for (let day = 0; day < 3; day++) {
      await vault.advance(day);
      expect((await vault.visit(view(1, day), THRESHOLD)).visit).toBe(day + 1);
    }
    expect(await vault.advance(3)).toBe(1);
    expect(await vault.visit(view(1, 3), THRESHOLD)).toEqual({ visit: 1, daysSinceLast: undefined });
  });

  it('is not that of somebody in the same picture who is more like whoever is held', async () => {
    const vault = await opened(new MemoryStore());
    const held = view(1, 0);
    const twin = view(1, 1);
    // A lookalike: passes the threshold, but less well than the twin does.
    const lookalike = held.map((x, i) => x + 1.2 * view(2, 0)[i]!);
    await vault.visit(held, 0.5);
    await vault.advance(1);
    expect((await vault.visit(lookalike, 0.5, [twin])).visit).toBe(1);
    expect((await vault.visit(twin, 0.5, [lookalike])).visit).toBe(2);
    expect(vault.held).toBe(2);
  });

  it('that can not be kept changes nothing', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    await vault.visit(view(1, 0), THRESHOLD);
    disk.full = true;
    await expect(vault.visit(view(2, 0), THRESHOLD)).rejects.toThrow('full');
    await expect(vault.visit(view(1, 1), THRESHOLD)).rejects.toThrow('full');
    disk.full = false;
    expect(vault.held).toBe(1);
    expect((await vault.find(view(1, 2), THRESHOLD))?.days).toEqual([0]);
    expect(await vault.find(view(2, 1), THRESHOLD)).toBeUndefined();
  });
});

describe('at the end of the retention period', () => {
  it.each([
    { says: 'the day comes', then: [3] },
    { says: 'the clock jumps far ahead', then: [400] },
    { says: 'the clock is set back afterwards', then: [3, 0] },
  ])('a vector opens no more, once $says', async ({ then }) => {
    const disk = new Disk();
    const vault = await opened(disk);
    await vault.visit(view(1, 0), THRESHOLD);
    for (const day of then) await vault.advance(day);
    expect(vault.held).toBe(0);
    expect(vault.today).toBe(Math.max(...then));
    expect(disk.days.size).toBe(0);
    expect(await vault.find(view(1, 1), THRESHOLD)).toBeUndefined();
  });

  it.each([
    { says: 'opened late', today: 9 },
    { says: 'opened with a clock that was set back', today: 0 },
  ])('nothing comes back from the store: $says', async ({ today }) => {
    const disk = new Disk();
    const before = await opened(disk);
    await before.visit(view(1, 0), THRESHOLD);
    await before.advance(today === 0 ? 5 : 1);
    await before.close();
    const after = await opened(disk, { today });
    expect(after.held).toBe(0);
    expect(disk.days.size).toBe(0);
    expect((await after.visit(view(1, 1), THRESHOLD)).visit).toBe(1);
    expect(after.today).toBe(today === 0 ? 5 : 9);
  });

  it('is later for nobody who came before it was made longer, and earlier for everybody when made shorter', async () => {
    const vault = await opened(new MemoryStore(), { retention: 5 });
    await vault.visit(view(1, 0), THRESHOLD);
    await vault.setRetention(30);
    expect(vault.days[0]?.until).toBe(5);
    await vault.advance(2);
    expect(await vault.setRetention(2)).toBe(1);
    expect(vault.held).toBe(0);
  });

  it('the bytes in memory are zero, and those left elsewhere fit no key that is left', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    await vault.visit(view(1, 0), THRESHOLD);
    await vault.advance(1);
    await vault.visit(view(2, 0), THRESHOLD);
    await vault.advance(3);
    const [old] = disk.copies;
    const [left] = [...disk.days.values()];
    await expect(decrypt(left!.key, old!.day, old!)).rejects.toThrow();
    const key = left!.key as CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

describe('the data subject', () => {
  it('is shown the days of the visits and the day of destruction', async () => {
    const vault = await opened(new MemoryStore(), { retention: 7, today: 10 });
    await vault.visit(view(1, 0), THRESHOLD);
    await vault.advance(12);
    await vault.visit(view(1, 1), THRESHOLD);
    expect(await vault.find(view(1, 2), THRESHOLD)).toEqual({ days: [10, 12], until: 17 });
    expect(await vault.find(view(2, 2), THRESHOLD)).toBeUndefined();
  });

  it('has a wrong day struck out, and with the last one the whole entry', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    await vault.visit(view(1, 0), THRESHOLD);
    await vault.advance(1);
    await vault.visit(view(1, 1), THRESHOLD);
    const strike = (day: number) => vault.strike(view(1, 9), THRESHOLD, day);
    expect(await strike(7)).toEqual({ left: { days: [0, 1], until: 3 }, destroyed: 0 });
    expect(await strike(0)).toEqual({ left: { days: [1], until: 3 }, destroyed: 0 });
    // Nor is it to be read in an older copy.
    const after = disk.days.get(0)!;
    for (const before of disk.copies.slice(0, -1))
      await expect(decrypt(after.key, 0, before)).rejects.toThrow();
    expect(await strike(1)).toEqual({ left: undefined, destroyed: 1 });
    expect(await strike(1)).toBeUndefined();
    expect(vault.held).toBe(0);
  });

  it('who is forgotten is never known again; the others of that day are, under another key', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    for (const seed of [1, 2, 3]) await vault.visit(view(seed, 0), THRESHOLD);
    const before = disk.copies.at(-1)!;
    expect(await vault.forget(view(2, 1), THRESHOLD)).toBe(1);
    expect(await vault.forget(view(2, 1), THRESHOLD)).toBe(0);
    expect(await vault.find(view(2, 2), THRESHOLD)).toBeUndefined();
    expect((await vault.find(view(3, 1), THRESHOLD))?.days).toEqual([0]);
    const after = disk.days.get(0)!;
    await expect(decrypt(after.key, 0, before)).rejects.toThrow();
    const again = await opened(disk);
    expect(await again.find(view(2, 3), THRESHOLD)).toBeUndefined();
    expect(again.held).toBe(2);
  });

  it('may ask that everything be destroyed', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    for (const seed of [1, 2]) await vault.visit(view(seed, 0), THRESHOLD);
    expect(await vault.forgetAll()).toBe(2);
    expect(disk.days.size).toBe(0);
    expect((await vault.visit(view(1, 1), THRESHOLD)).visit).toBe(1);
  });
});

describe('a vault that is closed', () => {
  it.each([
    { says: 'has destroyed all that was in memory', store: () => new MemoryStore(), destroyed: 1 },
    { says: 'leaves what is in a database there', store: () => new Disk(), destroyed: 0 },
  ])('$says', async ({ store, destroyed }) => {
    const vault = await opened(store());
    await vault.visit(view(1, 0), THRESHOLD);
    expect(await vault.close()).toBe(destroyed);
    expect(await vault.close()).toBe(0);
    await expect(vault.visit(view(1, 1), THRESHOLD)).rejects.toThrow(VaultClosed);
  });

  it('goes on where it was, when its store is opened again', async () => {
    const disk = new Disk();
    const before = await opened(disk, { today: 20_000 });
    await before.visit(view(1, 0), THRESHOLD);
    await before.close();
    const after = await opened(disk, { today: 20_001 });
    expect(await after.visit(view(1, 1), THRESHOLD)).toEqual({ visit: 2, daysSinceLast: 1 });
    expect(after.firstDay).toBe(20_000);
  });

  it('does not open with the bytes of one day under the key of another: the day is destroyed, and told', async () => {
    const disk = new Disk();
    const vault = await opened(disk);
    await vault.visit(view(1, 0), THRESHOLD);
    const kept = disk.days.get(0)!;
    disk.days.delete(0);
    disk.days.set(1, { ...kept, day: 1, until: 4 });
    const moved = await opened(disk);
    expect(await moved.find(view(1, 1), THRESHOLD)).toBeUndefined();
    expect(moved.takeDamaged()).toEqual({ days: 1, vectors: 1 });
    expect(disk.days.size).toBe(0);
  });
});

describe('a damaged day', () => {
  it.each([
    { says: 'a flipped bit', damage: (bytes: Uint8Array) => void (bytes[9]! ^= 1) },
    { says: 'nothing but zeros', damage: (bytes: Uint8Array) => void bytes.fill(0) },
  ])('is destroyed and told, and the others go on: $says', async ({ damage }) => {
    const disk = new Disk();
    const before = await opened(disk);
    await before.visit(view(1, 0), THRESHOLD);
    await before.advance(1);
    await before.visit(view(2, 0), THRESHOLD);
    await before.close();
    damage(disk.days.get(0)!.bytes);
    const after = await opened(disk, { today: 1 });
    expect((await after.visit(view(2, 1), THRESHOLD)).daysSinceLast).toBe(0);
    expect(after.takeDamaged()).toEqual({ days: 1, vectors: 1 });
    expect(after.takeDamaged()).toEqual({ days: 0, vectors: 0 });
    expect(after.held).toBe(1);
    expect((await after.visit(view(1, 1), THRESHOLD)).visit).toBe(1);
  });
});

describe('the moment of the latest entry', () => {
  it('is kept every minute and at the end, beside the days', async () => {
    const disk = new Disk();
    const vault = await opened(disk, { today: 5 });
    const at = (s: number) => ({ vaultS: 5 * 86_400 + s, machineS: s });
    await vault.advance(5, at(0));
    await vault.advance(5, at(59));
    expect(disk.calendar?.moment).toEqual(at(0));
    await vault.advance(5, at(61));
    expect(disk.calendar?.moment).toEqual(at(61));
    await vault.advance(5, at(70));
    await vault.close();
    expect(disk.calendar).toEqual({ first: 5, latest: 5, moment: at(70) });
  });

  it('decides the day when the vault is opened again; who cannot tell the day leaves it closed', async () => {
    const disk = new Disk();
    await (await opened(disk, { today: 5 })).close();
    const asked: unknown[] = [];
    const vault = await Vault.open(disk, LENGTH, 3, (known) => {
      asked.push(known);
      return 9;
    });
    expect(asked).toEqual([{ first: 5, latest: 5 }]);
    expect(vault.today).toBe(9);
    await vault.close();
    await expect(
      Vault.open(disk, LENGTH, 3, () => {
        throw new Error('no day');
      }),
    ).rejects.toThrow('no day');
    expect(disk.calendar?.latest).toBe(9);
  });
});

/** Whatever happens in whatever order: who is held, and for how long, is what a plain list would say. */
describe('whatever happens', () => {
  it.each([1, 2, 3, 4, 5, 6])('the vault keeps exactly those it may (run %i)', async (seed) => {
    const next = random(seed);
    const pick = (n: number) => Math.floor(next() * n);
    const disk = new Disk();
    let vault = await opened(disk, { retention: 4 });
    /** Person -> days. */
    const truth = new Map<number, number[]>();
    let today = 0;
    for (let step = 0; step < 60; step++) {
      const person = pick(6);
      const act = pick(10);
      if (act < 5) {
        const { visit } = await vault.visit(view(person, step), THRESHOLD);
        const days = truth.get(person) ?? [];
        truth.set(person, days.at(-1) === today ? days : [...days, today]);
        expect(visit).toBe(truth.get(person)!.length);
      } else if (act < 7) {
        // Now and then the clock is set back, which changes nothing.
        const told = pick(4) === 0 ? today - pick(3) : today + pick(3);
        await vault.advance(told);
        today = Math.max(today, told);
        for (const [known, [first]] of truth) if (first! + 4 <= today) truth.delete(known);
      } else if (act === 7) {
        expect(await vault.forget(view(person, step), THRESHOLD)).toBe(truth.delete(person) ? 1 : 0);
      } else if (act === 8) {
        await vault.close();
        vault = await opened(disk, { retention: 4, today: pick(2) === 0 ? today : 0 });
      } else {
        expect((await vault.find(view(person, step), THRESHOLD))?.days).toEqual(truth.get(person));
      }
      expect(vault.held).toBe(truth.size);
      expect([...disk.days.values()].every(({ until }) => until > today)).toBe(true);
    }
  });
});
