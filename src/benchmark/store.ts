/** Reports on this device, finished or not, in the browser's own database; nothing else is in it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { Report, upgrade } from './report.ts';

interface Schema extends DBSchema {
  reports: { key: string; value: Report };
}

const NAME = 'incam-bench';

/** The storage of reports; replaced in tests. */
export interface Store {
  /** Newest first; reports that do not fit the schema are left out. */
  all(): Promise<Report[]>;
  put(report: Report): Promise<void>;
  remove(id: string): Promise<void>;
}

/** @throws {DOMException} by each method where the browser has no storage (private windows, storage switched off) */
export function browserStore(): Store {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const db = () =>
    (opened ??= openDB<Schema>(NAME, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('reports', { keyPath: 'id' }),
    }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
  return {
    async all() {
      const found = await (await db()).getAll('reports');
      return found
        .map(upgrade)
        .filter((report) => v.is(Report, report))
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    },
    async put(report) {
      await (await db()).put('reports', report);
    },
    async remove(id) {
      await (await db()).delete('reports', id);
    },
  };
}
