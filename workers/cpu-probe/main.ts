/** One thread of the idle check. It knows nothing but its piece of work. */
import { spin, type SpinOptions } from './spin.ts';

self.onmessage = ({ data }: MessageEvent<SpinOptions>) => self.postMessage(spin(data));
self.postMessage('ready');
