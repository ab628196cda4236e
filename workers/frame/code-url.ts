import { scriptUrl } from '../isolation/script-url.ts';

/** Checked code as an address that only this frame can resolve. */
export const blobUrl = (code: BlobPart): string =>
  URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));

/**
 * Starts a module in a worker. A module worker from a blob does not start in a Chromium frame of opaque origin; a classic
 * one that imports does. What arrives before the module is there waits.
 */
export function moduleWorker(url: string, name: string): Worker {
  const starter = `const early=[];onmessage=(e)=>early.push(e);import(${JSON.stringify(url)}).then(()=>{const h=self.onmessage;for(const e of early)h(e)},()=>setTimeout(()=>{throw 0}));`;
  return new Worker(scriptUrl(blobUrl(starter)), { name });
}
