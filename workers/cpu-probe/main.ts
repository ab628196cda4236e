/** One thread of the idle check. It runs one piece of work and knows nothing else. */
import { spin, type SpinOptions } from './spin.ts';

self.onmessage = ({ data }: MessageEvent<SpinOptions>) => self.postMessage(spin(data));
self.postMessage('ready');
