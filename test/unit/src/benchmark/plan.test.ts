import { describe, expect, it } from 'vitest';
import { countError, trueCounts } from '../../../../src/benchmark/accuracy.ts';
import { linkedPlan, planInHash } from '../../../../src/benchmark/link.ts';
import {
  cellsOf,
  orderOfRound,
  readyPlan,
  threadChoices,
  type Candidate,
} from '../../../../src/benchmark/plan.ts';
import type { OutRecord } from '../../../../contract/index.ts';

const input = { width: 512, height: 512 } as Candidate['input'];
const free: Candidate = { id: 'free', engine: 'ort', input: { ...input, multipleOf: 32 } };
const fixed: Candidate = { id: 'fixed', engine: 'ort', input };
const tasks: Candidate = { id: 'tasks', engine: 'mediapipe', input };
const offer = { counting: [free, fixed], attributes: [tasks] };
const around = { cores: 8, isolated: true, gpu: 'hardware' } as const;

describe('cells', () => {
  it.each([
    {
      says: "a case's own model is taken where none is chosen",
      wishes: { cases: ['counting'], models: [], engines: ['wasm-2'], longSides: [0] },
      are: [{ case: 'counting', model: 'free', backend: 'wasm', threads: 2 }],
    },
    {
      says: 'engines and sizes multiply',
      wishes: { cases: ['counting'], models: ['free'], engines: ['wasm-1', 'webgpu'], longSides: [0, 320] },
      are: [
        { case: 'counting', model: 'free', backend: 'wasm', threads: 1 },
        { case: 'counting', model: 'free', backend: 'wasm', threads: 1, longSide: 320 },
        { case: 'counting', model: 'free', backend: 'webgpu', threads: 1 },
        { case: 'counting', model: 'free', backend: 'webgpu', threads: 1, longSide: 320 },
      ],
    },
    {
      says: 'a model of a fixed size has one size',
      wishes: { cases: ['counting'], models: ['fixed'], engines: ['wasm-1'], longSides: [320, 640] },
      are: [{ case: 'counting', model: 'fixed', backend: 'wasm', threads: 1 }],
    },
    {
      says: 'MediaPipe brings its own engine',
      wishes: { cases: ['attributes'], models: [], engines: ['wasm-1', 'wasm-4'], longSides: [0] },
      are: [{ case: 'attributes', model: 'tasks', backend: 'mediapipe', threads: 1 }],
    },
    {
      says: 'a case that is not offered has none',
      wishes: { cases: ['crowding'], models: [], engines: ['wasm-1'], longSides: [0] },
      are: [],
    },
  ] as const)('$says', ({ wishes, are }) => {
    expect(cellsOf(wishes, offer)).toEqual(are);
  });

  it.each([
    { cores: 1, isolated: true, are: [1] },
    { cores: 4, isolated: true, are: [1, 2, 3] },
    { cores: 16, isolated: true, are: [1, 8] },
    { cores: 16, isolated: false, are: [1] },
  ])('$cores cores, isolated: $isolated', ({ cores, isolated, are }) => {
    expect(threadChoices(cores, isolated)).toEqual(are);
  });

  it('are each first in some round', () => {
    expect([0, 1, 2].map((round) => orderOfRound(3, round))).toEqual([
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]);
  });
});

describe('plans', () => {
  it('that are quick measure no whole clip', () => {
    expect(readyPlan('quick', offer, around)).toMatchObject({ frames: 40, rounds: 2 });
  });

  it.each([
    { gpu: 'hardware', is: true },
    { gpu: 'software', is: false },
    { gpu: 'none', is: false },
  ] as const)('with an adapter that is $gpu measure WebGPU: $is', ({ gpu, is }) => {
    for (const name of ['quick', 'full'] as const) {
      const { cells } = readyPlan(name, offer, { ...around, gpu });
      expect(cells.some(({ backend }) => backend === 'webgpu')).toBe(is);
    }
  });

  it('that are full measure MediaPipe once beside the own model, and not twice where it is the own one', () => {
    const mediapipe = (attributes: readonly Candidate[]) =>
      readyPlan('full', { attributes }, around).cells.filter(({ backend }) => backend === 'mediapipe');
    expect(mediapipe([free, tasks])).toEqual([
      { case: 'attributes', model: 'tasks', backend: 'mediapipe', threads: 1 },
    ]);
    expect(mediapipe([tasks])).toHaveLength(1);
    expect(mediapipe([free])).toEqual([]);
  });

  it('are made of wishes in an address', () => {
    const text = JSON.stringify({ cases: ['counting'], engines: ['wasm-3'], frames: 5, rounds: 1 });
    const hash = `#/bench?plan=${encodeURIComponent(text)}`;
    expect(linkedPlan(planInHash(hash)!, offer, around)).toEqual({
      name: 'own',
      frames: 5,
      rounds: 1,
      cells: [{ case: 'counting', model: 'free', backend: 'wasm', threads: 3 }],
    });
  });

  it.each([
    { says: 'no JSON', text: 'slow' },
    { says: 'a case that is not there', text: '{"cases":["crowding"],"frames":5,"rounds":1}' },
    {
      says: 'an engine that is none',
      text: '{"cases":["counting"],"engines":["wasm-99"],"frames":5,"rounds":1}',
    },
    { says: 'rounds without end', text: '{"cases":["counting"],"frames":5,"rounds":1000000}' },
  ])('are refused: $says', ({ text }) => {
    expect(() => linkedPlan(text, offer, around)).toThrow();
  });

  it('are not asked for by an address without one', () => {
    expect(planInHash('#/bench')).toBeNull();
  });
});

describe('the counting error', () => {
  const counted = (kind: 'car' | 'bicycle'): OutRecord => ({
    type: 'count',
    case: 'counting',
    line: 'l',
    kind,
    direction: 'forward',
    atS: 1,
  });
  const truth = { 'l car forward': 3, 'l bicycle forward': 1 };

  it.each([
    { says: 'all right', records: ['car', 'car', 'car', 'bicycle'], is: 0 },
    { says: 'one too few', records: ['car', 'car', 'bicycle'], is: 0.25 },
    {
      says: 'a car taken for a bicycle is two errors',
      records: ['car', 'car', 'bicycle', 'bicycle'],
      is: 0.5,
    },
    { says: 'nothing told', records: [], is: 1 },
  ] as const)('$says', ({ records, is }) => {
    expect(countError(truth, records.map(counted))).toBe(is);
  });

  it('reads what truly crosses from the description of the clip', () => {
    const counts = { l: { car: { forward: 3, backward: 0 } } };
    expect(trueCounts('counting', { counts }, undefined)).toEqual({
      'l car forward': 3,
      'l car backward': 0,
    });
    expect(trueCounts('attributes', {}, { passages: [{ id: 'a' }, { id: 'b' }] })).toEqual({ passage: 2 });
    expect(trueCounts('crowding', {}, {})).toBeUndefined();
  });
});
