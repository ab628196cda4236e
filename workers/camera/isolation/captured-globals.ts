/** Imported before everything else: by the time a library is evaluated, the worker's exits are closed. */
import { lockdown, muteErrors } from '../../isolation/lockdown.ts';
import { watchWasm } from './memories.ts';
import { threadWorker } from './thread.ts';

watchWasm(WebAssembly);
lockdown(self, { createWorker: threadWorker });
muteErrors(self);
