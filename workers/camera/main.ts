/**
 * The camera: entry of the worker in the sealed frame. Everything that touches a pixel happens from here on down; what
 * leaves, leaves through the gate, on one port.
 */
import './isolation/captured-globals.ts';
// Nothing may be imported above this line: the exits are closed before any library is evaluated.
import { expose } from 'comlink';
import type { CameraStart } from '../isolation/lending.ts';
import { Preview } from './frames/preview.ts';
import { useSupplies } from './isolation/supplies.ts';
import { facade, guardedEndpoint } from './isolation/endpoint.ts';
import { Gate } from './isolation/gate.ts';
import { HandedIn } from './isolation/handed-in.ts';
import { Lender, useLender } from './isolation/lender.ts';
import { createDevice } from './runtime/create-device.ts';

/** How often the camera says that it is alive, in milliseconds. */
const ALIVE_MS = 500;

self.onmessage = ({ data }: MessageEvent<CameraStart>) => {
  self.onmessage = null;
  const handedIn = new HandedIn();
  const lender = new Lender(data.lender, (name, bytes) => handedIn.take(name, bytes));
  useLender(lender);
  useSupplies(handedIn);
  setInterval(() => lender.tell({ tell: 'alive' }), ALIVE_MS);
  // Bound now: a library that changes the prototype does not get hold of the port.
  const gate = new Gate(data.records.postMessage.bind(data.records));
  const preview = new Preview(() => lender.tell({ tell: 'painted' }));
  preview.attach(data.canvas);
  expose(facade(createDevice(gate, { preview })), guardedEndpoint(gate, data.records));
  data.records.start();
};
