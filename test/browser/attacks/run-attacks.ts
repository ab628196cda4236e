/** Carries all attacks out on the built site, on one host, while the camera runs. */
import type { BrowserContext, Page } from '@playwright/test';
import { control, reach } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';
import type { Attack, Outcome } from './attack.ts';
import { attackersHost, type Host, type Listener } from './hosts.ts';
import { IN_CAMERA } from './in-camera.ts';
import { IN_FRAME } from './in-frame.ts';
import { IN_PAGE } from './in-page.ts';

const CAMERA = 'incam-camera';
/** Where an evaluation takes place. */
export interface Realm {
  evaluate(expression: string): Promise<unknown>;
}

/** In the page: a page gone bad keeps hold of the port on which the camera takes commands. */
export function stealPort(): void {
  if (window !== window.top) return;
  const Native = window.MessageChannel;
  window.MessageChannel = class extends Native {
    constructor() {
      super();
      this.port1.addEventListener('message', ({ data }) => {
        if (data?.record) Object.assign(window, { incamStolen: this.port1 });
      });
    }
  };
}

/** Opens case 4 on the sample and waits until the camera runs. */
async function startCamera(page: Page, host: Host): Promise<void> {
  await watch(page);
  await page.addInitScript(stealPort);
  await openSite(page, host.url, 'counting', { backend: 'wasm', threads: 2, size: '320x192', pace: 'live' });
  await control(page, 'Start').click({ timeout: 60_000 });
  await reach(page, 'running', 120_000);
}

async function realmOf(page: Page, place: Attack['place']): Promise<Realm> {
  if (place === 'page') return page;
  if (place === 'frame') {
    const frame = page.frames().find((one) => one.url() === 'about:srcdoc');
    if (!frame) throw new Error('there is no sealed frame');
    return frame;
  }
  for (const worker of page.workers()) if ((await worker.evaluate('self.name')) === CAMERA) return worker;
  throw new Error('there is no camera worker');
}

/** An attack as a function of its constants. */
export const functionOf = (code: string): string => `async ({ foreign, own, secret, stun }) => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    ${code}
  }`;

/** One attack, in the way the list describes it. */
export async function carryOut(
  { attack, wall, place, code }: Attack,
  number: number,
  realm: Realm,
  host: Host,
  listener: Listener,
): Promise<Outcome> {
  const secret = `secret${number}x`;
  const constants = {
    foreign: `${listener.url}/${secret}`,
    own: `${host.url}${secret}`,
    secret,
    stun: listener.stunPort,
  };
  const heardBefore = listener.heard.length;
  const askedBefore = host.asked.length;
  const expression = `(${functionOf(code)})(${JSON.stringify(constants)})`;
  const tooLong = new Promise<string>((done) => setTimeout(() => done(''), 10_000));
  const got = await Promise.race([realm.evaluate(expression), tooLong]).catch(() => undefined);
  await new Promise((done) => setTimeout(done, 50));
  const heard = listener.heard.slice(heardBefore).join('; ');
  const asked = host.asked.slice(askedBefore).filter((line) => line.includes(secret));
  const what = [got && JSON.stringify(got), heard, ...asked].filter(Boolean).join('; ');
  return { attack, wall, place, host: host.name, stopped: what === '', ...(what && { got: what }) };
}

/**
 * @param context a fresh context of a browser
 * @returns an outcome for each attack; a camera that does not run is an error, not an outcome
 */
export async function runAttacks(context: BrowserContext, host: Host): Promise<Outcome[]> {
  const listener = await attackersHost();
  const outcomes: Outcome[] = [];
  try {
    const page = await context.newPage();
    await startCamera(page, host);
    for (const list of [IN_CAMERA, IN_FRAME, IN_PAGE]) {
      const realm = await realmOf(page, list[0]!.place);
      for (const attack of list)
        outcomes.push(await carryOut(attack, outcomes.length, realm, host, listener));
    }
    // What was tried is over; a text of an error that reached the page would be found in it now.
    const text = await page.evaluate(
      () => document.documentElement.innerHTML + JSON.stringify(window.incamWatch.messages()),
    );
    const leaked = /secret\d+x/.exec(text.replaceAll(/"(attack|own|foreign)[^"]*"/g, ''))?.[0];
    const told = outcomes[Number(/\d+/.exec(leaked ?? '')?.[0] ?? -1)];
    if (told?.place === 'camera') Object.assign(told, { stopped: false, got: 'its text reached the page' });
    await page.close();
  } finally {
    await listener.close();
  }
  return outcomes;
}
