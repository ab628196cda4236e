/** Imported before everything else: by the time a library is evaluated, the worker's exits are closed. */
import { lockdown } from './lockdown.ts';

/** The browser's databases; for the vault alone (`workers/vault`). Taken before the lockdown closes them. */
export const databases: IDBFactory | undefined = self.indexedDB;

/** The one way out; for the gate alone. */
export const post = lockdown(self as unknown as Parameters<typeof lockdown>[0]);
