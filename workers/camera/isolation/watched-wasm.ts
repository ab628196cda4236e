/** Imported before any library: from here on every WebAssembly memory of this worker is known (`memories.ts`). */
import { watchWasm } from './memories.ts';

watchWasm(WebAssembly);
