/// <reference lib="webworker" />
/** Lends a harness's worker what the sealed frame's main thread lends the camera: the graphics device. */
import type { Lender } from '../../workers/camera/isolation/lender.ts';
import { adapterKind } from '../../lib/gpu-adapter.ts';
import type { Question } from '../../workers/isolation/lending.ts';

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'adapter':
      return adapterKind();
    case 'gpu-host': {
      const { port1, port2 } = new MessageChannel();
      const host = new Worker(new URL('../../workers/gpu-host/main.ts', import.meta.url), { type: 'module' });
      host.postMessage(undefined, [port1]);
      return port2;
    }
    default:
      throw new Error(`${question.ask} is not lent here`);
  }
}

export const siteLender = { ask: answer, tell: () => {} } as unknown as Lender;
