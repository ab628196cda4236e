/** Runs before the runtime's own script in each of its threads. A thread talks to the camera's worker and to nothing else. */
import { lockdown } from './lockdown.ts';

lockdown(self, { keep: ['postMessage', 'close'] });
