import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASES, type CaseId } from '../../../../contract/index.ts';
import { locale } from '../../../../src/app/locale.svelte.ts';
import type { CaseSession } from '../../../../src/cases/shared/session.svelte.ts';
import { EventShow } from '../../../../src/event/event-show.svelte.ts';
import { actOf } from '../../../../src/event/keys.ts';
import { webAddress } from '../../../../src/event/preferences.svelte.ts';
import { CAPTIONS, lapseOf, TIMES } from '../../../../src/event/timing.ts';

/** What was done with the cameras, in order. */
let log: string[] = [];
let broken = false;

function fakeSession(id: CaseId): CaseSession {
  const camera = {
    glass: 'clear',
    ledger: { frames: { destroyed: 10 } },
    troubles: { error: undefined as unknown },
    pause: async () => void log.push(`pause ${id}`),
    resume: async () => void log.push(`resume ${id}`),
    step: async () => void log.push(`step ${id}`),
    power: 'on',
    proofs: [] as unknown[],
    prove: async () => {
      log.push(`prove ${id}`);
      const at = (step: string, found: boolean) => ({
        step,
        places: [{ place: 'models', bytes: 7, found }],
        ms: 1,
      });
      camera.proofs = [at('inside', true), at('wiped', false)];
    },
    setGlass: async (glass: string) => void log.push(`glass ${glass}`),
  };
  return {
    camera,
    kept: { reset: () => void log.push(`forget ${id}`) },
    prepare: async () => {},
    start: async () => {
      if (broken) camera.troubles.error = { code: 'internal' };
      log.push(`start ${id}`);
    },
    stop: async () => void log.push(`stop ${id}`),
  } as unknown as CaseSession;
}

const settle = () => new Promise((done) => setTimeout(done));
const CASE_S = TIMES.caption * CAPTIONS;

const open = () => new EventShow({ lapse: 1, languages: () => ['ja', 'en'], open: fakeSession });

/** Lets time pass a second at a time. */
async function pass(show: EventShow, seconds: number) {
  for (let s = 0; s < seconds; s++) {
    show.tick(1);
    await settle();
  }
}

beforeEach(() => {
  log = [];
  broken = false;
});
afterEach(() => locale.set('en'));

describe('left alone', () => {
  it('goes from the invitation through all cases and back, one camera at a time', async () => {
    const show = open();
    await pass(show, TIMES.attract + CASES.length * CASE_S);
    expect(show.id).toBeUndefined();
    expect(show.rounds).toBe(1);
    expect(show.starts).toBe(CASES.length);
    expect(log).toEqual(CASES.flatMap((id) => [`start ${id}`, `stop ${id}`, `forget ${id}`]));
    expect(show.destroyed).toBe(10 * CASES.length);
  });

  it('says three captions in a case of 60 to 90 seconds', async () => {
    const show = open();
    const said: number[] = [];
    await pass(show, TIMES.attract);
    for (let s = 1; s < CASE_S; s++) {
      await pass(show, 1);
      if (said.at(-1) !== show.caption) said.push(show.caption);
    }
    expect(said).toEqual([0, 1, 2]);
    expect(CASE_S).toBeGreaterThanOrEqual(60);
    expect(CASE_S).toBeLessThanOrEqual(90);
  });

  it('takes two languages in turn, and does not remember them as the visitor’s choice', async () => {
    const show = open();
    const seen = new Set<string>();
    for (let s = 0; s < 40; s++) {
      seen.add(locale.current);
      await pass(show, 1);
    }
    expect([...seen]).toEqual(['ja', 'en']);
  });

  it('lets the time of a case begin when its camera is up', async () => {
    let up = () => {};
    const show = new EventShow({
      lapse: 1,
      languages: () => ['ja', 'en'],
      open: (id) => Object.assign(fakeSession(id), { start: () => new Promise<void>((done) => (up = done)) }),
    });
    show.show('counting');
    await pass(show, TIMES.caption + 1);
    expect(show.caption).toBe(0);
    up();
    await pass(show, TIMES.caption + 1);
    expect(show.caption).toBe(1);
  });

  it('counts a camera that comes to an error, and goes on', async () => {
    broken = true;
    const show = open();
    await pass(show, TIMES.attract + CASE_S + 1);
    expect(show.faults).toBe(2);
    expect(show.lastFault).toBe('internal');
    expect(show.id).toBe(CASES[1]);
  });
});

describe('a presenter', () => {
  it('holds the show, and after a while without a key all is wiped and said so', async () => {
    const show = open();
    show.touch();
    show.show('counting');
    await settle();
    await show.pause();
    await pass(show, TIMES.idle - 1);
    expect(show.id).toBe('counting');
    expect(show.paused).toBe(true);
    await pass(show, 1);
    expect(show.id).toBeUndefined();
    expect(show.word).toBe('reset');
    expect(show.taken).toBe(false);
    expect(log).toEqual(['start counting', 'pause counting', 'stop counting', 'forget counting']);
    await pass(show, TIMES.word);
    expect(show.word).toBeUndefined();
  });

  it('shows one case after the other as fast as keys come, and only the last one is left on', async () => {
    const show = open();
    show.show('attributes');
    show.show('counting');
    show.show('crowding');
    await pass(show, 1);
    expect(log.filter((line) => line.startsWith('start'))).toEqual(['start crowding']);
  });

  it('proves with a made-up pattern and by stopping, and the account stays to be read', async () => {
    const show = open();
    show.show('counting');
    await settle();
    await show.prove();
    expect(log).toEqual(['start counting', 'prove counting', 'stop counting']);
    expect(show.word).toBe('proved');
    expect(show.proof).toMatchObject({ is: 'gone', searched: 7 });
    expect(show.session).toBeDefined();
  });
});

it.each([
  { key: '3', act: { show: 'repeat-visits' } },
  { key: String(CASES.length + 1), act: undefined },
  { key: ' ', act: 'pause' },
  { key: 'G', act: 'glass' },
  { key: '?', act: 'sheet' },
  { key: 'constructor', act: undefined },
])('the key "$key"', ({ key, act }) => {
  expect(actOf(key)).toEqual(act);
});

it.each([
  { hash: '#/event', lapse: 1 },
  { hash: '#/event?lapse=15', lapse: 15 },
  { hash: '#/event?lapse=1e9', lapse: 60 },
  { hash: '#/event?lapse=-3', lapse: 1 },
  { hash: '#/event?lapse=fast', lapse: 1 },
])('the time-lapse of $hash', ({ hash, lapse }) => {
  expect(lapseOf(hash)).toBe(lapse);
});

it.each([
  { text: ' https://example.org/incam/ ', address: 'https://example.org/incam/' },
  { text: 'javascript:alert(1)', address: undefined },
  { text: 'example.org', address: undefined },
])('"$text" as an address', ({ text, address }) => {
  expect(webAddress(text)).toBe(address);
});
