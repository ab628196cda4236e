import { describe, expect, it } from 'vitest';
import { buildShape } from '../../../../scenes/people/shape.ts';
import { randomPerson } from '../../../../scenes/people/random.ts';
import { packShape, type BuildRequest } from '../../../../scenes/live/geometry-transfer.ts';
import { ShapeWorkers } from '../../../../scenes/live/shape-workers.ts';

const PEOPLE = [1, 2, 3].map((seed) => randomPerson(seed));
const PACKED = packShape(buildShape(PEOPLE[0]!, 'far'));

/** A builder that takes requests and answers on command; it always builds the first person. */
class FakeBuilder {
  onmessage: ((event: MessageEvent) => void) | undefined;
  onerror: ((event: ErrorEvent) => void) | undefined;
  readonly orders: BuildRequest[] = [];
  terminated = false;

  postMessage(order: BuildRequest): void {
    this.orders.push(order);
  }
  terminate(): void {
    this.terminated = true;
  }
  deliver(): void {
    this.onmessage?.({ data: PACKED } as MessageEvent);
  }
  die(): void {
    this.onerror?.({ preventDefault: () => {} } as ErrorEvent);
  }
}

function rig(hands: number) {
  const builders: FakeBuilder[] = [];
  const workshop = new ShapeWorkers(hands, () => {
    const builder = new FakeBuilder();
    builders.push(builder);
    return builder as unknown as Worker;
  });
  return { workshop, builders };
}

describe('the workshop', () => {
  it('has no more builders than hands, and none when everything is built', async () => {
    const { workshop, builders } = rig(2);
    expect(builders).toHaveLength(0);
    const built = Promise.all(PEOPLE.map((person) => workshop.build(person, 'far')));
    expect(builders.map(({ orders }) => orders.length)).toEqual([1, 1]);
    builders[1]!.deliver();
    expect(builders[1]!.orders.map(({ spec }) => spec)).toEqual([PEOPLE[1], PEOPLE[2]]);
    builders[0]!.deliver();
    expect(builders[0]!.terminated).toBe(true);
    builders[1]!.deliver();
    expect((await built).map(({ body }) => body.length)).toEqual(PEOPLE.map(() => PACKED.body.length));
    expect(builders.every(({ terminated }) => terminated)).toBe(true);
  });

  it('gets a builder anew for what is ordered later', async () => {
    const { workshop, builders } = rig(1);
    void workshop.build(PEOPLE[0]!, 'far');
    builders[0]!.deliver();
    void workshop.build(PEOPLE[1]!, 'middle');
    expect(builders[1]!.orders).toEqual([{ spec: PEOPLE[1], detail: 'middle' }]);
  });

  it.each([
    { says: 'another builder', hands: 2 },
    { says: 'the own thread, where there is no other builder', hands: 1 },
  ])('has what a broken builder left undone made by $says', async ({ hands }) => {
    const { workshop, builders } = rig(hands);
    const built = Promise.all(PEOPLE.slice(0, 2).map((person) => workshop.build(person, 'far')));
    builders[0]!.die();
    for (const builder of builders.slice(1)) {
      builder.deliver();
      builder.deliver();
    }
    expect(await built).toHaveLength(2);
    expect(builders.every(({ terminated }) => terminated)).toBe(true);
    expect(builders).toHaveLength(hands);
  });
});
