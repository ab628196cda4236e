/**
 * The sealed frame's main thread. Only our own code runs here: it checks what the page hands in, starts the
 * camera, and lends the camera what only a secure context has. It never reads a picture.
 */
import { closeWindow } from './window-lockdown.ts';
// First of all: WebRTC is the one exit that no content security policy closes.
closeWindow(self as unknown as Record<string, unknown>);
import * as v from 'valibot';
import { Begin, FrameCommand, type FrameWord } from '../../contract/sealed-frame.ts';
import { SealedCamera } from './sealed-camera.ts';

/** SHA-256 of every part, hexadecimal, by name; written by the build. */
declare const __PART_HASHES__: Readonly<Record<string, string>>;

const page = self.parent;

function begin(control: MessagePort): void {
  const say = (word: FrameWord) => control.postMessage(word);
  const camera = new SealedCamera(__PART_HASHES__, say);
  control.onmessage = ({ data, ports }) => {
    if (v.is(FrameCommand, data)) camera.take(data, ports);
  };
}

const onFirst = (event: MessageEvent) => {
  const [control] = event.ports;
  // One page, one message, one port: any other sender is not heard.
  if (event.source !== page || !control || !v.is(Begin, event.data)) return;
  self.removeEventListener('message', onFirst);
  begin(control);
};
self.addEventListener('message', onFirst);
page.postMessage({ incam: 'ready' }, '*');
