/**
 * The attacks of `test/browser/attacks` carried out in Firefox, on the running camera. Firefox lets no driver evaluate in a
 * worker, so that code is put into the camera's worker as a compromised library would be: after the camera's own, which has
 * closed the exits by then.
 */
import type { Browser, Frame, Page } from 'puppeteer-core';
import type { Attack, Outcome } from '../browser/attacks/attack.ts';
import { attackersHost, type Host } from '../browser/attacks/hosts.ts';
import { IN_CAMERA } from '../browser/attacks/in-camera.ts';
import { IN_FRAME } from '../browser/attacks/in-frame.ts';
import { IN_PAGE } from '../browser/attacks/in-page.ts';
import { carryOut, functionOf, stealPort, type Realm } from '../browser/attacks/run-attacks.ts';
import { openWatched, startCamera } from './browser.ts';
import { QUICK } from './run-case.ts';

/** Succeeds wherever it is carried out: without it nothing would be attacked, and all would seem stopped. */
const CONTROL: Attack = { attack: 'control', wall: 'none', place: 'camera', code: `return 'carried out';` };
const INJECTED = [CONTROL, ...IN_CAMERA];

/** Listens, in the camera's worker, for the number of an attack, and answers on the port that comes with it. */
const injected = (attacks: readonly Attack[]) => `
;{ const attacks = [${attacks.map(({ code }) => functionOf(code)).join(',\n')}];
self.addEventListener('message', ({ data, ports: [port] }) => {
  if (data?.incamAttack === undefined) return;
  attacks[data.incamAttack](data.constants).then((got) => port.postMessage(got ?? null), () => port.postMessage(null));
}); }`;

/** In the sealed frame, before its own script: adds the attacks to the camera's code and holds its worker. */
function intrude(code: string) {
  if (window === window.top) return;
  const NativeBlob = window.Blob;
  let added = false;
  window.Blob = class extends NativeBlob {
    constructor(parts?: BlobPart[], options?: BlobPropertyBag) {
      // The first code that was handed in as bytes is the camera's.
      const isCamera = !added && parts?.[0] instanceof ArrayBuffer && options?.type === 'text/javascript';
      if (isCamera) added = true;
      super(isCamera ? [...parts!, code] : parts, options);
    }
  };
  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (options?.name === 'incam-camera') Object.assign(window, { incamIntruded: this });
    }
  };
}

/** The worker as a realm: what is evaluated there is one of the attacks that were put in. */
const insideWorker = (frame: Frame): Realm => ({
  evaluate: (expression) =>
    frame.evaluate(
      (number, constants) =>
        new Promise<unknown>((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => done(data ?? undefined);
          const worker = (window as unknown as { incamIntruded: Worker }).incamIntruded;
          worker.postMessage({ incamAttack: number, constants }, [port2]);
        }),
      INJECTED.findIndex(({ code }) => expression.startsWith(`(${functionOf(code)})`)),
      JSON.parse(expression.slice(expression.lastIndexOf('})(') + 3, -1)) as Record<string, string>,
    ),
});

async function realms(page: Page): Promise<Record<Attack['place'], Realm>> {
  const frame = page.frames().find((one) => one.url() === 'about:srcdoc');
  if (!frame) throw new Error('there is no sealed frame');
  return { page, frame, camera: insideWorker(frame) };
}

/** @returns an outcome for each attack. @throws {Error} when the camera does not run, or code does not get into it */
export async function attackFirefox(browser: Browser, host: Host): Promise<Outcome[]> {
  const listener = await attackersHost();
  const blank = await openWatched(browser, 'about:blank', QUICK);
  try {
    await blank.evaluateOnNewDocument(stealPort);
    await blank.evaluateOnNewDocument(intrude, injected(INJECTED));
    await blank.goto(`${host.url}#/counting`);
    await startCamera(blank);
    const where = await realms(blank);
    for (const place of ['camera', 'frame', 'page'] as const) {
      const { stopped } = await carryOut(CONTROL, 0, where[place], host, listener);
      if (stopped) throw new Error(`no attack is carried out in the ${place}`);
    }
    const outcomes: Outcome[] = [];
    for (const attack of [...IN_CAMERA, ...IN_FRAME, ...IN_PAGE])
      outcomes.push(await carryOut(attack, outcomes.length, where[attack.place], host, listener));
    return outcomes;
  } finally {
    await blank.close();
    await listener.close();
  }
}
