/** The one kind of worker that may be started inside the camera: a thread of the runtime. */

import { scriptUrl } from '../../isolation/script-url.ts';

/** The name that Emscripten gives its threads. */
const THREAD_NAME = 'em-pthread';

/** Set by the camera when the runtime's thread script was handed in. */
interface ThreadCode {
  /** Address of the runtime's own script. */
  readonly script: string;
  /** Address of the lockdown that runs before it. */
  readonly lockdown: string;
}

let code: ThreadCode | undefined;

/** @param threads what threads run from now on */
export function allowThreads(threads: ThreadCode): void {
  code = threads;
}

/** @returns a constructor that starts a thread of the runtime and throws at anything else */
export function threadWorker(native: typeof Worker): unknown {
  const toUrl = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return function Worker(url: string | URL, options: WorkerOptions = {}) {
    if (!code || options.name !== THREAD_NAME || String(url) !== code.script)
      throw new TypeError('only a thread of the runtime can be started in the camera');
    const { lockdown, script } = code;
    const starter = [
      'const early=[];onmessage=(e)=>early.push(e);',
      `import(${JSON.stringify(lockdown)}).then(()=>import(${JSON.stringify(script)}))`,
      '.then(()=>{const h=self.onmessage;for(const e of early)h(e)},()=>setTimeout(()=>{throw 0}));',
    ].join('');
    return new native(scriptUrl(toUrl(starter)), { name: THREAD_NAME });
  };
}
