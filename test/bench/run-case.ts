/** One case of the site, run over one clip and measured from outside. */
import type { Browser } from '@playwright/test';
import type { OutRecordOf, Stage } from '../../contract/index.ts';
import { openSite, watch, type SiteSettings } from '../site/watch.ts';

export interface CaseBench {
  fps: number;
  frames: number;
  frameMs: { p50: number; p90: number; p99: number };
  stagesMs: Partial<Record<Stage, number>>;
  /** Time outside inference as a share of the frame's time, 0..1. */
  overheadShare: number;
  /** Main-thread tasks over 50 ms while the camera ran, and the longest of them. */
  longTasks: number;
  longestTaskMs: number;
  framesAlivePeak: number;
  framesCapacity: number;
  /** acquired = destroyed at the end */
  balanced: boolean;
  bytesIn: number;
  bytesOut: number;
  engine: OutRecordOf<'status'>['engines'][number] | undefined;
}

export interface CaseJob {
  case: string;
  clip: string;
  settings: SiteSettings;
}

/** @throws {Error} with the fault's code when the camera reports one */
export async function runCase(browser: Browser, base: string, job: CaseJob): Promise<CaseBench> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  try {
    const seen = await watch(page);
    await openSite(page, base, job.case, job.settings);
    await page.locator('input[type=file][accept*=video]').setInputFiles(job.clip);
    const reached = (state: string) =>
      page.waitForFunction(
        (wanted) =>
          window.incamWatch
            .messages()
            .some(({ record }) =>
              record?.type === 'status' ? record.state === wanted : record?.type === 'fault',
            ),
        state,
        { timeout: 600_000, polling: 250 },
      );
    await reached('running');
    await seen.markTasks();
    await reached('ended');
    const tasks = await seen.longTasks();
    await reached('wiped');
    const records = await seen.records();
    const fault = records.find((record) => record.type === 'fault');
    if (fault) throw new Error(`${job.case}: fault ${fault.code}`);
    const last = <T extends 'timing' | 'ledger'>(type: T) =>
      records.findLast((record): record is OutRecordOf<T> => record.type === type)!;
    const { fps, frames, frameMs, stagesMs, overheadShare } = last('timing');
    const ledger = last('ledger');
    return {
      fps,
      frames,
      frameMs,
      stagesMs,
      overheadShare,
      longTasks: tasks.length,
      longestTaskMs: Math.round(Math.max(0, ...tasks)),
      framesAlivePeak: ledger.frames.alivePeak,
      framesCapacity: ledger.frames.capacity,
      balanced: ledger.frames.acquired === ledger.frames.destroyed && ledger.pixelBytes.alive === 0,
      bytesIn: ledger.pixelBytes.acquired,
      bytesOut: ledger.out.bytes,
      engine: records.findLast(
        (r): r is OutRecordOf<'status'> =>
          r.type === 'status' && r.engines.length > 0 && r.state === 'running',
      )?.engines[0],
    };
  } finally {
    await page.close();
  }
}
