/**
 * The camera's face towards Comlink: calls of known methods come in, answers go out through the gate.
 *
 * Comlink by itself would also read and set properties of whatever is exposed, and open further channels. Here only
 * plain calls of the listed methods are heard.
 */
import type { Endpoint } from 'comlink';
import * as v from 'valibot';
import type { CameraApi } from '../../../contract/index.ts';
import type { Gate } from './gate.ts';

const METHODS = [
  'prepare',
  'load',
  'loadFile',
  'open',
  'configure',
  'command',
  'setMasks',
  'setGlass',
  'start',
  'pause',
  'step',
  'prove',
  'reset',
  'stop',
] as const satisfies readonly (keyof CameraApi)[];

/** Exactly one step: `start.constructor` would lead out of the interface. */
const Call = v.object({ type: v.literal('APPLY'), path: v.strictTuple([v.picklist(METHODS)]) });

/** The methods of the interface alone, on an object that has nothing else and cannot be changed. */
export function facade(camera: CameraApi): CameraApi {
  const face = Object.create(null) as Record<string, unknown>;
  for (const name of METHODS) face[name] = (camera[name] as (...args: unknown[]) => unknown).bind(camera);
  return Object.freeze(face) as unknown as CameraApi;
}

/** @param scope the worker's global, where messages arrive */
export function guardedEndpoint(gate: Gate, scope: EventTarget): Endpoint {
  const wrapped = new Map<EventListenerOrEventListenerObject, EventListener>();
  return {
    postMessage: (message: unknown) => gate.answer(message),
    addEventListener: (type, listener) => {
      const guarded: EventListener = (event) => {
        if (!v.is(Call, (event as MessageEvent).data)) return;
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      wrapped.set(listener, guarded);
      scope.addEventListener(type, guarded);
    },
    removeEventListener: (type, listener) => {
      const guarded = wrapped.get(listener);
      if (guarded) scope.removeEventListener(type, guarded);
      wrapped.delete(listener);
    },
  };
}
