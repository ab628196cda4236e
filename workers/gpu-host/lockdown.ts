/** Imported first: before the runtime is evaluated, its exits are closed. The names of WebGPU stay. */
import { lockdown, muteErrors } from '../isolation/lockdown.ts';

lockdown(self, { keep: Object.getOwnPropertyNames(self).filter((name) => name.startsWith('GPU')) });
muteErrors(self);
