/** Gathers the transparency report from what this page and this browser hold. */
import { models } from '../app/models.svelte.ts';
import { rowsOf } from '../benchmark/results.ts';
import { browserStore } from '../benchmark/store.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { accuracyOf } from '../cases/accuracy-figures.ts';
import { DUTIES } from '../guidebook/checklist.ts';
import { doneOf, statusOfGroups, tallyOf } from '../guidebook/duties.ts';
import { factsOf } from '../guidebook/facts.ts';
import { operatorStore } from '../guidebook/operator-store.svelte.ts';
import { runLog, type RunSummary } from '../guidebook/run-log.svelte.ts';
import { inForce } from '../notices/in-force.svelte.ts';
import { disagreements, standingOf } from '../notices/standing.ts';
import { CASES, type CaseId } from '../../contract/index.ts';
import { scriptHash } from './script-hash.ts';
import { REPORT_FORMAT, REPORT_VERSION, type CaseReport, type TransparencyReport } from './transparency.ts';

export interface Gathering {
  /** Wall clock, milliseconds since 1970. */
  readonly now: number;
  readonly language: 'ja' | 'en';
}

const stamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

export async function gatherReport({ now, language }: Gathering): Promise<TransparencyReport> {
  // Without the registry the report has no hashes, and says so by null.
  await models.load().catch(() => undefined);
  const { name } = operatorStore.file.operator;
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    madeAt: stamp(now),
    language,
    operator: name[language] || name.ja || name.en,
    build: { name: 'incam', scriptSha256: await scriptHash() },
    cases: CASES.flatMap((id) => {
      const run = runLog.last(id);
      return run ? [caseOf(id, run, language)] : [];
    }),
    benchmark: await newestBenchmark(),
  };
}

function caseOf(id: CaseId, run: RunSummary, language: 'ja' | 'en'): CaseReport {
  const life = LIFE_CYCLES[id];
  const options = { locale: language };
  const tally = tallyOf(statusOfGroups(DUTIES, factsOf(id), language));
  const { frames, crops, vectors } = run;
  return {
    case: id,
    number: life.number,
    name: life.name({}, options),
    at: stamp(run.at),
    source: run.source,
    models: run.models.map(({ role, model, backend }) => ({
      role,
      model,
      backend,
      sha256: models.all.find((entry) => entry.id === model)?.facts?.sha256 ?? null,
    })),
    settings: Object.fromEntries(
      Object.entries(run.settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    ledger: {
      frames: {
        acquired: frames.acquired,
        destroyed: frames.destroyed,
        left: frames.acquired - frames.destroyed,
      },
      lifeMs: run.lifeMs,
      crops,
      vectors,
      records: run.records,
      pictures: run.pictures,
      bytes: run.bytes,
      refused: run.refused,
      wiped: run.wiped,
    },
    data: life.data.map(({ what, where, fate, until, identifies }) => ({
      what: what({}, options),
      where,
      fate,
      until: until({}, options),
      identifies,
    })),
    accuracy: [...accuracyOf(id)],
    duties: {
      done: doneOf(tally),
      all: Object.values(tally).reduce((sum, n) => sum + n, 0),
      open: tally.open + tally.partly,
      conflict: tally.conflict,
    },
    notices: {
      inForce: inForce.of(id).map(({ form, occasion, language: tongue, at }) => ({
        form,
        occasion,
        language: tongue,
        since: stamp(at),
      })),
      disagreements: disagreements(standingOf(id, operatorStore.file)),
    },
  };
}

/** A browser that keeps nothing has no benchmark to tell of. */
async function newestBenchmark(): Promise<TransparencyReport['benchmark']> {
  const [newest] = await browserStore()
    .all()
    .catch(() => []);
  if (!newest) return null;
  return {
    startedAt: newest.startedAt,
    rows: rowsOf(newest).map(({ cell, engine, frameMs, fps }) => ({
      case: cell.case,
      model: cell.model,
      backend: engine?.backend ?? cell.backend,
      medianMs: frameMs?.p50 ?? null,
      fps: fps ?? null,
    })),
  };
}
