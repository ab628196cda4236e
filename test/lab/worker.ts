/// <reference lib="webworker" />
/** The camera with a window in its housing: for measuring, never for the site. */
import { expose } from 'comlink';
import { assembleCamera } from '../../workers/assemble.ts';
import { facade, guardedEndpoint } from '../../workers/endpoint.ts';
import { Gate } from '../../workers/gate.ts';
import { CountingPipeline } from '../../workers/pipelines/counting.ts';
import type { Observation } from './observation.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const gate = new Gate((message) => scope.postMessage(message));
const camera = assembleCamera(gate, {
  observe: (seen, pipelines) => {
    const counting = pipelines.find((pipeline) => pipeline instanceof CountingPipeline);
    const observed: Observation = {
      frame: seen.index,
      timeS: seen.timeS,
      detections: [...seen.objects, ...seen.faces].map(({ label, score, box }) => ({
        label,
        score,
        box: [...box],
      })),
      tracks: (counting?.objects ?? [])
        .filter((track) => track.confirmed && !track.lost)
        .map(({ id, label, score, box }) => ({ id, label, score, box: [...box] })),
    };
    scope.postMessage({ observed });
  },
});
expose(facade(camera), guardedEndpoint(gate, scope));
