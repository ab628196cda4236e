/** Which walls and which abilities Firefox has, asked of the page and of the sealed frame. */
import type { Page } from 'puppeteer-core';

/** By name: whether it is there. */
export type Found = Readonly<Record<string, boolean>>;

/** Walls that must hold. */
export const wallsOfPage = (page: Page): Promise<Found> =>
  page.evaluate(async () => {
    const refused = async (work: () => unknown) => {
      try {
        await work();
        return false;
      } catch {
        return true;
      }
    };
    return {
      'secure context': isSecureContext,
      'cross-origin isolated (threads)': crossOriginIsolated,
      'policy refuses another host': await refused(() => fetch('http://127.0.0.1:9/')),
      'Trusted Types refuse markup': await refused(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
    };
  });

/** Walls of the frame that must hold, and its worker's secure context. @param page a page whose camera runs */
export async function wallsOfFrame(page: Page): Promise<Found> {
  const frame = page.frames().find((one) => one.url() === 'about:srcdoc');
  if (!frame) throw new Error('there is no sealed frame');
  return frame.evaluate(() => {
    let storage = false;
    try {
      storage = Boolean(Reflect.get(window, 'localStorage'));
    } catch {
      // Foreign to every origin: it has none.
    }
    return {
      'opaque origin': origin === 'null',
      'isolated, too': crossOriginIsolated,
      'no storage': !storage,
      'no WebRTC': !('RTCPeerConnection' in window),
      'no fetch': !('fetch' in window),
    };
  });
}

/** What the browser can do; where it cannot, the site takes another way (`docs/browsers.md`). */
export const abilities = (page: Page): Promise<Found> =>
  page.evaluate(() => ({
    'WebCodecs VideoDecoder': 'VideoDecoder' in globalThis,
    'MediaStreamTrackProcessor on the page': 'MediaStreamTrackProcessor' in globalThis,
    requestVideoFrameCallback: 'requestVideoFrameCallback' in HTMLVideoElement.prototype,
    WebGPU: 'gpu' in navigator,
    WebGL2: Boolean(document.createElement('canvas').getContext('webgl2')),
    'moveBefore (the camera outlives a change of page)': 'moveBefore' in Element.prototype,
    'Trusted Types': 'trustedTypes' in globalThis,
    'wake lock': 'wakeLock' in navigator,
  }));
