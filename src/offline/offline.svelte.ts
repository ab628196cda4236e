/**
 * The site kept on this device, as the visitor chooses. The files lie with the service worker, which checks each against the
 * hash that it was built with; the page asks for them one by one and tells how far it is.
 */
import * as v from 'valibot';
import {
  FILE_GROUPS,
  type Answer,
  type FileGroup,
  type KeepFault,
  type KeptState,
  type Order,
} from '../../workers/service-worker/site-files.ts';
import { adapterKind } from '../../lib/gpu-adapter.ts';

const WORKER = 'service-worker.js';
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Sizes = v.strictObject({ site: whole, gpu: whole, more: whole });
type Sizes = Readonly<Record<FileGroup, number>>;

/** `absent`: this browser or host cannot keep a site. */
export type OfflinePhase = 'unknown' | 'absent' | 'none' | 'keeping' | 'kept';

/** How long the service worker may be silent, in milliseconds: a large file on a slow line takes minutes. */
const MAX_ANSWER_MS = 300_000;

class Offline {
  phase = $state<OfflinePhase>('unknown');
  /** Bytes of each group, as the build wrote them. */
  sizes = $state.raw<Sizes | undefined>();
  /** Groups that are kept. */
  groups = $state.raw<readonly FileGroup[]>([]);
  /** Bytes to fetch, and of them fetched. */
  progress = $state.raw({ done: 0, total: 0 });
  fault = $state<KeepFault | undefined>();
  /** A newer version is on the device, and waits. */
  waiting = $state.raw<ServiceWorker | undefined>();
  /** Whether the engines of this device need the runtime for a graphics device. */
  needsGpu = $state(false);
  #stopped = false;
  #begun = false;

  /** Bytes that the visitor's choice takes. @param more whether all other models are wanted, too */
  bytesOf(more: boolean): number {
    return this.groupsFor(more).reduce((sum, group) => sum + (this.sizes?.[group] ?? 0), 0);
  }

  groupsFor(more: boolean): readonly FileGroup[] {
    return FILE_GROUPS.filter(
      (group) => group === 'site' || (group === 'gpu' && this.needsGpu) || (group === 'more' && more),
    );
  }

  /** Looks what is kept already, and for a newer version. To be called once. */
  async begin(): Promise<void> {
    if (this.#begun || import.meta.env.DEV) return;
    this.#begun = true;
    const workers = globalThis.isSecureContext ? navigator.serviceWorker : undefined;
    if (!workers) return void (this.phase = 'absent');
    try {
      const registration = await workers.getRegistration();
      if (registration) await this.#watch(registration);
      // Sizes come with the site that is open: of a kept site from the device.
      this.sizes = v.parse(Sizes, await (await fetch('offline-sizes.json')).json());
      this.needsGpu = (await adapterKind()) === 'hardware';
    } catch {
      // Without sizes no choice is offered; what is kept is still told.
    }
    if (this.phase === 'unknown') this.phase = this.sizes ? 'none' : 'absent';
  }

  /** Fetches what is missing and keeps it. @param more whether all other models are wanted, too */
  async keep(more: boolean): Promise<void> {
    if (this.phase === 'keeping') return;
    const groups = [...new Set([...this.groupsFor(more), ...this.groups])];
    this.phase = 'keeping';
    this.fault = undefined;
    this.#stopped = false;
    try {
      const registration = await navigator.serviceWorker.register(WORKER);
      const worker = (await navigator.serviceWorker.ready).active!;
      void navigator.storage?.persist?.().catch(() => false);
      const { missing } = await ask(worker, { do: 'state' });
      const files = groups.flatMap((group) => missing[group]);
      this.progress = { done: 0, total: files.reduce((sum, { bytes }) => sum + bytes, 0) };
      for (const { url, bytes } of files) {
        if (this.#stopped) return void (await this.#tell(worker));
        await ask(worker, { do: 'keep', url });
        this.progress = { ...this.progress, done: this.progress.done + bytes };
      }
      this.#take(await ask(worker, { do: 'complete', groups }));
      await this.#watch(registration);
    } catch (error) {
      this.fault = error instanceof KeepFailure ? error.why : 'refused';
      this.phase = this.groups.length > 0 ? 'kept' : 'none';
    }
  }

  /** Stops after the file that is being fetched; what is there stays, and is not fetched again. */
  stop(): void {
    this.#stopped = true;
  }

  /** Deletes what is kept. */
  async forget(): Promise<void> {
    const worker = (await navigator.serviceWorker.ready).active!;
    this.#take(await ask(worker, { do: 'forget' }));
  }

  /** Turns to the newer version: the page is loaded again. */
  update(): void {
    const { waiting } = this;
    if (!waiting) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    void ask(waiting, { do: 'take-over' }).catch(() => {});
  }

  async #watch(registration: ServiceWorkerRegistration): Promise<void> {
    const look = () => {
      // Without an active worker it is the first one that waits, not a newer one.
      this.waiting = registration.active ? (registration.waiting ?? undefined) : undefined;
    };
    look();
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', look),
    );
    if (navigator.onLine) void registration.update().catch(() => {});
    if (registration.active) await this.#tell(registration.active);
  }

  async #tell(worker: ServiceWorker): Promise<void> {
    this.#take(await ask(worker, { do: 'state' }));
  }

  #take({ groups }: KeptState): void {
    this.groups = groups;
    this.phase = groups.length > 0 ? 'kept' : 'none';
  }
}

class KeepFailure extends Error {
  constructor(readonly why: KeepFault) {
    super(why);
  }
}

/** @throws {KeepFailure} when the worker refuses, or does not answer */
function ask(worker: ServiceWorker, order: Order): Promise<KeptState> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new KeepFailure('refused')), MAX_ANSWER_MS);
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timeout);
      port1.close();
      if (data.ok) resolve(data.state);
      else reject(new KeepFailure(data.why));
    };
    worker.postMessage(order, [port2]);
  });
}

export const offline = new Offline();
