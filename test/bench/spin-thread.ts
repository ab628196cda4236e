/** One thread of the idle check where the browser is driven from outside. */
import { parentPort } from 'node:worker_threads';
import { spin, type SpinOptions } from '../../workers/cpu-probe/spin.ts';

parentPort!.on('message', (options: SpinOptions) => parentPort!.postMessage(spin(options)));
parentPort!.postMessage('ready');
