/**
 * Runs models on the graphics device: entry of a `data:` worker in the sealed frame.
 *
 * Chromium gives WebGPU to secure contexts only, which a blob worker of an opaque origin is not and a `data:` worker is. What
 * it costs in walls: model inputs are copied from the camera's worker into this one, and the runtime and the graphics driver
 * see them here. This worker has no address, no document, and one port, which leads to the camera's worker.
 */
import './lockdown.ts';
import * as ort from 'onnxruntime-web/webgpu';
import type { GpuAnswer, GpuOutput, GpuQuestion, GpuSession } from '../isolation/gpu-message.ts';

const sessions = new Map<number, ort.InferenceSession>();
let last = 0;
let watched: GPUDevice | undefined;

async function answer(question: GpuQuestion, tell: (answer: GpuAnswer) => void): Promise<unknown> {
  switch (question.do) {
    case 'begin':
      ort.env.wasm.wasmBinary = question.binary;
      ort.env.wasm.numThreads = 1;
      ort.env.logLevel = 'error';
      return;
    case 'open': {
      const session = await ort.InferenceSession.create(question.weights, {
        executionProviders: ['webgpu'],
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        freeDimensionOverrides: question.sides,
      });
      sessions.set(++last, session);
      await watch(tell);
      const { inputNames, outputNames, inputMetadata } = session;
      return {
        session: last,
        inputNames,
        outputNames,
        inputMetadata: structuredClone(inputMetadata),
      } satisfies GpuSession;
    }
    case 'run': {
      const { session, input, data, dims } = question;
      const tensor = new ort.Tensor('uint8', data, dims);
      const outputs = await sessions.get(session)!.run({ [input]: tensor });
      data.fill(0);
      return Object.entries(outputs).map(([name, value]): GpuOutput => {
        const output = {
          name,
          type: value.type,
          dims: value.dims,
          data: (value.data as Float32Array).slice(),
        };
        (value.data as Float32Array).fill(0);
        value.dispose();
        return output;
      });
    }
    case 'release':
      await sessions.get(question.session)?.release();
      sessions.delete(question.session);
  }
}

/** The runtime itself destroys its device with the last session, and makes another for the next. */
async function watch(tell: (answer: GpuAnswer) => void): Promise<void> {
  const device = await (ort.env.webgpu.device as Promise<GPUDevice>);
  if (device === watched) return;
  watched = device;
  void device.lost.then(({ reason }) => tell({ lost: reason }));
}

self.onmessage = ({ ports: [port] }) => {
  self.onmessage = null;
  if (!port) return;
  const tell = port.postMessage.bind(port) as (answer: GpuAnswer, transfer?: Transferable[]) => void;
  port.onmessage = ({ data }: MessageEvent<GpuQuestion & { id: number }>) => {
    const { id } = data;
    answer(data, tell).then(
      (value) => tell({ id, value }),
      (error: unknown) => tell({ id, wrong: error instanceof Error ? error.message : String(error) }),
    );
  };
};
