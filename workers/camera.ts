/**
 * The camera: entry of the worker. Everything that touches a pixel happens from here on down; what leaves, leaves
 * through the gate.
 */
import { databases, post } from './sealed.ts';
// Nothing may be imported above this line: the exits are closed before any library is evaluated.
import { expose } from 'comlink';
import { assembleCamera } from './assemble.ts';
import { facade, guardedEndpoint } from './endpoint.ts';
import { Gate } from './gate.ts';

const gate = new Gate(post);
expose(facade(assembleCamera(gate, {}, databases)), guardedEndpoint(gate, self));
