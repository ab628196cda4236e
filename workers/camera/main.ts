/**
 * The camera: entry of the worker. Everything that touches a pixel happens from here on down; what leaves, leaves
 * through the gate.
 */
import { databases, post } from './isolation/captured-globals.ts';
// Nothing may be imported above this line: the exits are closed before any library is evaluated.
import { expose } from 'comlink';
import { createDevice } from './runtime/create-device.ts';
import { facade, guardedEndpoint } from './isolation/endpoint.ts';
import { Gate } from './isolation/gate.ts';

const gate = new Gate(post);
expose(facade(createDevice(gate, {}, databases)), guardedEndpoint(gate, self));
