/** Exits of a window that the browser's own walls leave open, or might in a browser to come. */
const EXITS = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'mozRTCPeerConnection',
  'RTCDataChannel',
  'WebTransport',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'BroadcastChannel',
  'SharedWorker',
  'PresentationRequest',
  'speechSynthesis',
  'SpeechSynthesisUtterance',
  'fetch',
  'fetchLater',
  'open',
  'indexedDB',
  'caches',
  'localStorage',
  'sessionStorage',
] as const;

/**
 * Takes the exits out of a window and its prototypes.
 * @throws {TypeError} when WebRTC is there and cannot be taken away: the camera is not started then
 */
export function closeWindow(scope: Record<string, unknown>): void {
  for (const name of EXITS) {
    for (let holder: object | null = scope; holder; holder = Reflect.getPrototypeOf(holder))
      Reflect.deleteProperty(holder, name);
  }
  for (const name of EXITS.slice(0, 3))
    if (name in scope) throw new TypeError(`${name} cannot be closed in this browser`);
}
