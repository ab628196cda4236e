import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settings, DEFAULTS } from '../../../../src/app/settings.svelte.ts';
import { TogetherKept, TogetherSession } from '../../../../src/multi-case/session.svelte.ts';
import { CASES } from '../../../../contract/index.ts';
import { crossing, fakeWorkers, memoryStorage } from '../fakes.ts';

beforeEach(() => {
  memoryStorage.install();
  settings.change(DEFAULTS);
});
afterEach(() => memoryStorage.remove());

const kept = () => {
  const records = new TogetherKept();
  records.beginRun('pattern', 0);
  return records;
};

describe('what is kept of several cases', () => {
  it('is kept apart, and goes when its case is switched off', () => {
    const records = kept();
    records.accept(crossing(), 100);
    records.accept(crossing(), 50);
    expect(records.of('counting')).toMatchObject({ records: 2, bytes: 150 });
    expect(records.of('crowding')).toMatchObject({ records: 0, bytes: 0 });
    records.drop('counting');
    expect(records.of('counting')).toMatchObject({ records: 0, bytes: 0, last: undefined });
    expect(records.slips).toEqual([]);
  });
});

describe('several cases on one camera', () => {
  function rig() {
    const { openFrame, last } = fakeWorkers();
    const session = new TogetherSession('counting', { openFrame, wipeWithinMs: 40 });
    session.choice = { kind: 'pattern' };
    return { session, last };
  }

  it('begin with the one whose sample it is', () => {
    const { session } = rig();
    expect(session.on).toEqual(['counting']);
    expect(session.configs.map((config) => config.case)).toEqual(['counting']);
    expect(session.roles).toEqual(['objects']);
  });

  it.each(CASES.filter((id) => id !== 'counting'))(
    '%s joins and leaves while the camera runs',
    async (id) => {
      const { session, last } = rig();
      await session.start();
      await session.turn(id, true);
      const configured = () =>
        (last().given['configure']?.[0] as { case: string }[]).map((config) => config.case);
      expect(configured().toSorted()).toEqual([id, 'counting'].toSorted());
      expect(session.roles).toEqual([...new Set(session.roles)]);
      await session.turn(id, false);
      expect(configured()).toEqual(['counting']);
      await session.stop();
    },
  );
});
