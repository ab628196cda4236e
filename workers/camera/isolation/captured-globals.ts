/** Imported before everything else: by the time a library is evaluated, the worker's exits are closed. */
import { lockdown, muteErrors } from '../../isolation/lockdown.ts';
import { threadWorker } from './thread.ts';
import './watched-wasm.ts';

lockdown(self, { createWorker: threadWorker });
muteErrors(self);
