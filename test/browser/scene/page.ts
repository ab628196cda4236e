/** The live scene on its own, without a camera: this page takes the pictures itself, to look at them. */
import type { Knobs, LiveWorldId, SceneRecord, Watched } from '../../../scenes/live/contract.ts';
import { WORLD_KNOBS } from '../../../scenes/live/knobs.ts';
import { measure } from './measure.ts';

let worker: Worker | undefined;
let port: MessagePort | undefined;
let records: SceneRecord[] = [];
let frames: { atUs: number; width: number; height: number }[] = [];
let newest: VideoFrame | undefined;

window.sceneHarness = {
  open(world, knobs = {}) {
    worker = new Worker(new URL('../../../scenes/live/worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ scene: SceneRecord }>) => void records.push(data.scene);
    worker.onerror = (event) => console.error(event.message);
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => {
      if (!data.frame) return;
      newest?.close();
      newest = data.frame as VideoFrame;
      frames.push({ atUs: newest.timestamp, width: newest.displayWidth, height: newest.displayHeight });
      port!.postMessage('next');
    };
    const order = { order: 'open', world, seed: 7, knobs: { ...WORLD_KNOBS[world].start, ...knobs } };
    worker.postMessage({ order, port: channel.port2 }, [channel.port2]);
  },
  turn: (knobs) => worker?.postMessage({ order: { order: 'turn', knobs } }),
  watch: (watched) => worker?.postMessage({ order: { order: 'watch', watched } }),
  records: () => records,
  frames: () => frames,
  show() {
    const canvas = document.querySelector('canvas')!;
    if (!newest) return;
    canvas.width = newest.displayWidth;
    canvas.height = newest.displayHeight;
    canvas.getContext('2d')!.drawImage(newest, 0, 0);
  },
  close() {
    worker?.terminate();
    newest?.close();
    records = [];
    frames = [];
  },
  measure,
};

declare global {
  interface Window {
    sceneHarness: {
      open(world: LiveWorldId, knobs?: Partial<Knobs>): void;
      turn(knobs: Knobs): void;
      watch(watched: Watched): void;
      records(): SceneRecord[];
      frames(): { atUs: number; width: number; height: number }[];
      /** Puts the newest picture on the page's canvas. */
      show(): void;
      close(): void;
      measure: typeof measure;
    };
  }
}
