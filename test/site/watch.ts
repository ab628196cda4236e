/**
 * Watches a page of the site from outside: every message of every worker, port and frame, every request, every long task, every error.
 * Nothing of the site helps with this; it would be watched the same way if it tried to hide something.
 */
import type { Page } from '@playwright/test';
import type { OutRecord } from '../../contract/index.ts';

/** One message that reached the page. */
export interface Message {
  /**
   * `record`: through the gate; `answer`: Comlink's "done", or the service worker's; `word`: of the frame's own script, or of the live scene;
   * `other`: anything else, which should not exist.
   */
  is: 'record' | 'answer' | 'word' | 'other';
  record?: OutRecord;
  /** Names of the types found in it that can hold pixels. */
  binary: string[];
  text: string;
}

export interface Watch {
  /** Messages since the page was opened, in order. */
  messages(): Promise<Message[]>;
  records(): Promise<OutRecord[]>;
  /** Durations of main-thread tasks over 50 ms since `markTasks`, in milliseconds. */
  longTasks(): Promise<number[]>;
  markTasks(): Promise<void>;
  /** URLs asked for, by page and workers. */
  readonly requests: string[];
  readonly errors: string[];
}

/** Installed before the site's own code runs; it stands on nothing outside itself, so that any driver can carry it over. */
export function installWatch() {
  // The page is watched; what is inside the sealed frame is not the page's.
  if (window !== window.top) return;
  const messages: Message[] = [];
  const tasks: { start: number; ms: number }[] = [];
  let markedAt = 0;
  const binaryIn = (value: unknown, found: string[] = []): string[] => {
    if (typeof value !== 'object' || value === null) return found;
    const type = Object.prototype.toString.call(value).slice(8, -1);
    if (type !== 'Object' && type !== 'Array') found.push(type);
    else for (const part of Object.values(value)) binaryIn(part, found);
    return found;
  };
  const hear = ({ data }: MessageEvent) => {
    const isRecord = typeof data === 'object' && data !== null && 'record' in data;
    const isAnswer =
      typeof data === 'object' &&
      data !== null &&
      (('id' in data && data.value === undefined) || (data.ok === true && 'state' in data));
    // The frame's own script: that it is ready, what it holds, that it is alive.
    const isWord =
      typeof data === 'object' &&
      data !== null &&
      ('is' in data || 'scene' in data || data.incam === 'ready');
    messages.push({
      is: isRecord ? 'record' : isAnswer ? 'answer' : isWord ? 'word' : 'other',
      ...(isRecord && { record: data.record }),
      binary: binaryIn(data),
      text: JSON.stringify(data),
    });
  };
  // All that can reach the page: its workers, the ports it made, and windows that post to it.
  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', hear);
    }
  };
  const NativeChannel = window.MessageChannel;
  window.MessageChannel = class extends NativeChannel {
    constructor() {
      super();
      this.port1.addEventListener('message', hear);
      this.port2.addEventListener('message', hear);
    }
  };
  window.addEventListener('message', hear);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push({ start: entry.startTime, ms: entry.duration });
  }).observe({ type: 'longtask', buffered: true }); // Without effect in a browser that knows no long tasks.
  Object.assign(window, {
    incamWatch: {
      messages: () => messages,
      mark: () => (markedAt = performance.now()),
      tasks: () => tasks.filter(({ start }) => start >= markedAt).map(({ ms }) => ms),
    },
  });
}

declare global {
  interface Window {
    incamWatch: { messages(): Message[]; mark(): void; tasks(): number[] };
  }
}

/** Call before the page goes anywhere. */
export async function watch(page: Page): Promise<Watch> {
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  // Compilers that keep function names call this helper, which the page does not have.
  await page.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
  await page.addInitScript(installWatch);
  const messages = () => page.evaluate(() => window.incamWatch.messages());
  return {
    messages,
    records: async () => (await messages()).flatMap(({ record }) => (record ? [record] : [])),
    longTasks: () => page.evaluate(() => window.incamWatch.tasks()),
    markTasks: () => page.evaluate(() => window.incamWatch.mark()),
    requests,
    errors,
  };
}

/** Remembered settings the site starts with; see `src/app/settings.svelte.ts`. */
export interface SiteSettings {
  /** Detector of each case. */
  models?: Record<string, string>;
  backend?: 'auto' | 'wasm' | 'webgpu';
  threads?: number;
  size?: string;
  pace?: 'live' | 'exact';
  loop?: boolean;
  autostart?: boolean;
  /** How much a case page shows; tests look at everything. */
  level?: 'see' | 'understand' | 'measure';
  /** Whether this visitor still gets the first-time hints; one test is about them, the others have seen them. */
  hints?: boolean;
}

/** Remembers settings and English as a visitor's earlier choice; carried over like the watch. */
export function rememberSettings({ hints = false, ...chosen }: SiteSettings) {
  // The empty document before the first has no storage.
  if (window !== window.top || window.origin === 'null') return;
  localStorage.setItem('incam.language', '"en"');
  if (!hints) localStorage.setItem('incam.hints-shown', 'true');
  const defaults = {
    backend: 'auto',
    threads: 0,
    size: 'auto',
    pace: 'live',
    loop: true,
    autostart: false,
    level: 'measure',
  };
  localStorage.setItem('incam.settings', JSON.stringify({ ...defaults, ...chosen }));
}

/** The visitor has had the first-time hints; for pages that are opened without settings. */
export function markHintsShown() {
  if (window !== window.top || window.origin === 'null') return;
  localStorage.setItem('incam.hints-shown', 'true');
}

/** Opens a page of the site in English, with settings. */
export async function openSite(page: Page, base: string, route: string, settings: SiteSettings = {}) {
  await page.addInitScript(rememberSettings, settings);
  await page.goto(`${base}#/${route}`);
}
