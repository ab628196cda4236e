import { afterEach, describe, expect, it } from 'vitest';
import type { VaultQuestion } from '../../../../../workers/isolation/disk-message.ts';
import {
  CALENDARS,
  FIRST_SLOT,
  HEADERS,
  PAGE_BYTES,
  SLOT_BYTES,
  encodeHeader,
} from '../../../../../workers/frame/vault/key-file-format.ts';
import { KeyFile } from '../../../../../workers/frame/vault/key-file.ts';
import { FakeDisk } from './fake-disk.ts';

const PASSPHRASE = 'four easy words again';
const frames: { close(): void }[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.close();
});

/** A frame whose vault is open. */
async function opened(disk: FakeDisk, passphrase = PASSPHRASE) {
  const frame = disk.frame();
  frames.push(frame);
  const kind = await frame.vault.prepare();
  expect(await frame.vault.unlock(passphrase)).toBe(true);
  const ask = async (question: VaultQuestion) => {
    const { value, fault } = await frame.vault.answer(question);
    if (fault) throw new Error(fault);
    return value;
  };
  /** Seals a text as a day. */
  const put = async (day: number, text: string, { until = day + 3, held = 1, key = -1 } = {}) => {
    const handle = key < 0 ? await frame.keys.make() : key;
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(text);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, frame.keys.get(handle), plain);
    await ask({
      vault: 'put',
      day: { day, until, held, nonce, bytes: new Uint8Array(sealed), key: handle },
    });
    return handle;
  };
  /** What opens, by day. */
  const read = async () => {
    const { days = [], damaged, calendar } = (await ask({ vault: 'read' })) ?? {};
    const texts: Record<number, string> = {};
    for (const { day, key, nonce, bytes } of days) {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, frame.keys.get(key), bytes);
      texts[day] = new TextDecoder().decode(plain);
    }
    return { texts, damaged, calendar };
  };
  const calendar = (latest: number) =>
    ask({ vault: 'calendar', calendar: { first: 1, latest, moment: { vaultS: latest, machineS: 7 } } });
  return { ...frame, kind, ask, put, read, calendar };
}

/** All slots that were ever written, put back one by one: how many days does the passphrase open then? */
async function revived(disk: FakeDisk): Promise<number> {
  const header = (await KeyFile.inspect(disk.file.slice()))!;
  let opened = 0;
  for (const { at, bytes } of disk.writes.filter(({ at }) => at >= FIRST_SLOT)) {
    const file = disk.file.slice();
    file.fill(0, FIRST_SLOT);
    file.set(bytes, at);
    const known = await KeyFile.open(PASSPHRASE, header, file, () => Promise.resolve());
    opened += known!.slots.length;
  }
  return opened;
}

describe('a vault on the device', () => {
  it('is begun with a passphrase, and opens with it again', async () => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    expect(before.kind).toBe('new');
    await before.calendar(5);
    await before.put(5, 'five');
    const after = await opened(disk);
    expect(after.kind).toBe('known');
    expect(await after.read()).toEqual({
      texts: { 5: 'five' },
      damaged: 0,
      calendar: { first: 1, latest: 5, moment: { vaultS: 5, machineS: 7 } },
    });
  });

  it('stays closed to another passphrase, and does not count as damaged', async () => {
    const disk = new FakeDisk();
    await opened(disk);
    const { vault } = disk.frame();
    expect(await vault.prepare()).toBe('known');
    expect(await vault.unlock('four easy words again!')).toBe(false);
    expect(await vault.unlock('ｆｏｕｒ ｅａｓｙ ｗｏｒｄｓ ａｇａｉｎ')).toBe(true);
  });

  it('writes neither the passphrase nor a key in plain, nor the same bytes twice', async () => {
    const disk = new FakeDisk();
    const raws: Uint8Array[] = [];
    const native = crypto.subtle.importKey.bind(crypto.subtle);
    crypto.subtle.importKey = ((format: 'raw', bytes: Uint8Array, ...rest: never[]) => {
      if (bytes.length === 32) raws.push(bytes.slice());
      return native(format, bytes as BufferSource, ...(rest as unknown as [string, boolean, KeyUsage[]]));
    }) as never;
    try {
      const { put, calendar } = await opened(disk);
      await calendar(1);
      for (const day of [1, 2]) await put(day, 'text');
    } finally {
      crypto.subtle.importKey = native as never;
    }
    expect(raws).toHaveLength(2);
    const all = Buffer.concat([
      disk.file,
      ...disk.writes.map(({ bytes }) => bytes),
      ...disk.kept.map((k) => k.bytes),
    ]);
    for (const plain of [...raws, PASSPHRASE, 'text'])
      expect(all.includes(Buffer.from(plain as never))).toBe(false);
    const slots = disk.writes.filter(({ at }) => at >= FIRST_SLOT).map(({ bytes }) => Buffer.from(bytes));
    expect(slots[0]!.equals(slots[1]!)).toBe(false);
  });

  it('what is destroyed is gone from the file in the place where it was', async () => {
    const disk = new FakeDisk();
    const { put, ask, read, calendar } = await opened(disk);
    await calendar(1);
    for (const day of [1, 2]) await put(day, `day ${day}`);
    await ask({ vault: 'destroy', days: [1] });
    expect((await read()).texts).toEqual({ 2: 'day 2' });
    expect(disk.blocks.size).toBe(1);
    expect(disk.file.subarray(FIRST_SLOT, FIRST_SLOT + SLOT_BYTES).every((byte) => byte === 0)).toBe(true);
    // A copy of the old slot would open; this file holds none, and the place is one.
    expect(new Set(disk.writes.filter(({ at }) => at >= FIRST_SLOT).map(({ at }) => at)).size).toBe(2);
    expect(await revived(disk)).toBe(2);
  });

  it('a day under a fresh key takes the place of the old one, and its bytes another name', async () => {
    const disk = new FakeDisk();
    const { put, read, calendar } = await opened(disk);
    await calendar(1);
    const key = await put(1, 'all');
    await put(1, 'all and one', { key, held: 2 });
    const [before] = disk.blocks.keys();
    await put(1, 'without one');
    expect((await read()).texts).toEqual({ 1: 'without one' });
    expect([...disk.blocks.keys()]).not.toContain(before);
    const inFile = disk.file.subarray(FIRST_SLOT + SLOT_BYTES);
    expect(inFile.every((byte) => byte === 0)).toBe(true);
  });

  it('a key that was made for memory only is never kept', async () => {
    const disk = new FakeDisk();
    const { put, keys } = await opened(disk);
    keys.wrap = undefined;
    const key = await keys.make();
    await expect(put(1, 'x', { key })).rejects.toThrow('vault-unavailable');
    expect(disk.kept).toEqual([]);
  });
});

describe('a vault that was cut short or damaged', () => {
  it.each([
    {
      says: 'a slot',
      damage: (disk: FakeDisk) => void (disk.file[FIRST_SLOT + 40]! ^= 1),
      left: { 2: 'two' },
    },
    {
      says: 'bytes outside',
      damage: (disk: FakeDisk) => void disk.blocks.delete(disk.kept[0]!.id),
      left: { 2: 'two' },
    },
  ])('loses the day concerned, and says so: $says', async ({ damage, left }) => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    await before.calendar(1);
    await before.put(1, 'one');
    await before.put(2, 'two');
    damage(disk);
    const after = await opened(disk);
    expect(await after.read()).toMatchObject({ texts: left, damaged: 1 });
    expect(await after.read()).toMatchObject({ texts: left, damaged: 0 });
    expect(disk.blocks.size).toBe(1);
  });

  it('goes on with the other header, and with the entry of the calendar before', async () => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    await before.calendar(1);
    await before.calendar(2);
    await before.put(2, 'two');
    disk.file.fill(9, HEADERS[0], HEADERS[0] + PAGE_BYTES);
    disk.file.fill(9, CALENDARS[0], CALENDARS[0] + PAGE_BYTES);
    const after = await opened(disk);
    expect(await after.read()).toMatchObject({ texts: { 2: 'two' }, damaged: 0, calendar: { latest: 1 } });
  });

  it('is destroyed where the calendar cannot be trusted: how long a key may live is not known', async () => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    await before.calendar(1);
    await before.put(1, 'one');
    for (const at of CALENDARS) disk.file.fill(9, at, at + PAGE_BYTES);
    const after = await opened(disk);
    expect(await after.read()).toEqual({ texts: {}, damaged: 1 });
    expect(disk.file.subarray(FIRST_SLOT).every((byte) => byte === 0)).toBe(true);
  });

  it('is begun anew where no header can be read, and that is told', async () => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    await before.calendar(1);
    await before.put(1, 'one');
    for (const at of HEADERS) disk.file.fill(9, at, at + PAGE_BYTES);
    const after = await opened(disk, 'another passphrase');
    expect(after.kind).toBe('new');
    expect(await after.read()).toMatchObject({ texts: {}, damaged: 1 });
    expect(disk.blocks.size).toBe(0);
  });

  it('does not take a slot in another place, nor two for one day', async () => {
    const disk = new FakeDisk();
    const before = await opened(disk);
    await before.calendar(1);
    await before.put(1, 'one');
    const slot = disk.file.slice(FIRST_SLOT, FIRST_SLOT + SLOT_BYTES);
    disk.file.set(slot, FIRST_SLOT + SLOT_BYTES);
    expect(await (await opened(disk)).read()).toMatchObject({ texts: { 1: 'one' }, damaged: 1 });
  });

  it('removes bytes that belong to no key', async () => {
    const disk = new FakeDisk();
    const { put, read, calendar } = await opened(disk);
    await calendar(1);
    await put(1, 'one');
    disk.blocks.set('f'.repeat(32), { ...disk.kept[0]!, id: 'f'.repeat(32) });
    await read();
    expect(disk.blocks.size).toBe(1);
  });
});

describe('a vault that cannot be opened', () => {
  it.each([
    { disk: 'vault-busy', told: 'vault-busy' },
    { disk: 'vault-newer', told: 'vault-newer' },
    { disk: 'vault-full', told: 'vault-no-room' },
    { disk: 'nonsense', told: 'vault-unavailable' },
  ])('tells the camera why: $disk', async ({ disk: fault, told }) => {
    const disk = new FakeDisk();
    disk.faults.open = fault;
    const frame = disk.frame();
    frames.push(frame);
    await expect(frame.vault.prepare()).rejects.toThrow(told);
    expect(await frame.vault.answer({ vault: 'open' })).toEqual({ fault: told });
  });

  it('was written by a newer version: nothing is touched', async () => {
    const disk = new FakeDisk();
    await opened(disk);
    const header = (await KeyFile.inspect(disk.file.slice()))!;
    const newer = await encodeHeader({ ...header, version: 99 });
    for (const at of HEADERS) disk.file.set(newer, at);
    const before = disk.file.slice();
    const frame = disk.frame();
    frames.push(frame);
    await expect(frame.vault.prepare()).rejects.toThrow('vault-newer');
    expect(disk.file).toEqual(before);
  });

  it('has no passphrase, or was locked again', async () => {
    const disk = new FakeDisk();
    const frame = disk.frame();
    frames.push(frame);
    expect(await frame.vault.answer({ vault: 'open' })).toEqual({ fault: 'vault-closed' });
    const { vault, keys } = await opened(disk);
    const before = disk.opened;
    await vault.lock();
    expect(disk.opened).toBe(before - 1);
    expect(await vault.answer({ vault: 'read' })).toEqual({ fault: 'vault-closed' });
    expect(keys.wrap).toBeUndefined();
  });

  it('has no room for another visit: that is another thing, and the vault stays open', async () => {
    const disk = new FakeDisk();
    const { put, read, calendar } = await opened(disk);
    await calendar(1);
    await put(1, 'one');
    disk.faults.keep = 'vault-full';
    await expect(put(2, 'two')).rejects.toThrow('vault-full');
    expect((await read()).texts).toEqual({ 1: 'one' });
  });
});
