/// <reference lib="webworker" />
/** The camera with a window in its housing: for measuring, never for the site. */
import { expose } from 'comlink';
import { createDevice } from '../../workers/camera/runtime/create-device.ts';
import { facade, guardedEndpoint } from '../../workers/camera/isolation/endpoint.ts';
import { Gate } from '../../workers/camera/isolation/gate.ts';
import { CountingPipeline } from '../../workers/camera/cases/counting/pipeline.ts';
import { CrowdingPipeline } from '../../workers/camera/cases/crowding/pipeline.ts';
import { StreetscapePipeline } from '../../workers/camera/cases/streetscape/pipeline.ts';
import type { Released } from '../../workers/camera/cases/streetscape/street-pictures.ts';
import { loadDescriptorReader } from '../../workers/camera/inference/index.ts';
import { useSupplies } from '../../workers/camera/isolation/supplies.ts';
import { siteSupplies } from '../tools/site-supplies.ts';
import type { Observation, ObservedFace } from './observation.ts';

useSupplies(siteSupplies);

const scope = self as unknown as DedicatedWorkerGlobalScope;
const gate = new Gate((message) => scope.postMessage(message));
// To see what closer looks are worth, a run can do without them.
if (scope.name === 'whole-only') CrowdingPipeline.prototype.closerLooks = () => [];
/** Faces read since the last frame. */
const faces: ObservedFace[] = [];

/** The last picture of case 5 that was told. */
let released: Released | undefined;

/** The reader as it is, with somebody looking over its shoulder. */
async function watchedReader(...args: Parameters<typeof loadDescriptorReader>) {
  const { reader, ...loaded } = await loadDescriptorReader(...args);
  const read: typeof reader.read = async (picture, face, clock) => {
    const description = await reader.read(picture, face, clock);
    faces.push({ box: [...face.box], descriptor: [...description.descriptor] });
    return description;
  };
  // The number of bytes is a getter: it must stay one.
  return { ...loaded, reader: Object.create(reader, { read: { value: read } }) as typeof reader };
}

const camera = createDevice(gate, {
  // Accuracy is that of the pipelines; what control costs is measured apart (`test/accuracy/disclosed.ts`).
  disclosure: { relaxed: true },
  loadDescriptorReader: watchedReader,
  observe: (seen, pipelines) => {
    const counting = pipelines.find((pipeline) => pipeline instanceof CountingPipeline);
    const street = pipelines.find((pipeline) => pipeline instanceof StreetscapePipeline)?.released;
    const covers = street === released ? undefined : street?.covers;
    released = street;
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
      faces: faces.splice(0),
      ...(covers && { released: covers.map((box) => [...box]) }),
    };
    scope.postMessage({ observed });
  },
});
expose(facade(camera), guardedEndpoint(gate, scope));
