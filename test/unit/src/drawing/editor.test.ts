import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultCode, Point } from '../../../../contract/index.ts';
import { add, EMPTY, isRefused, pointsOf } from '../../../../src/drawing/drawing.ts';
import { Editor } from '../../../../src/drawing/editor.svelte.ts';
import { Layout, storageKey } from '../../../../src/drawing/layout.svelte.ts';
import { memoryStorage } from '../fakes.ts';

const ASPECT = 2;
const CORNERS: Point[] = [
  [0.2, 0.2],
  [0.5, 0.2],
  [0.5, 0.5],
  [0.2, 0.5],
];

let items: Map<string, string>;
beforeEach(() => (items = memoryStorage.install()));
afterEach(() => memoryStorage.remove());

function rig() {
  const refused: FaultCode[] = [];
  let told = 0;
  const layout = new Layout('test', EMPTY, () => told++);
  const editor = new Editor(
    () => layout,
    () => ASPECT,
    (code) => refused.push(code),
  );
  return { layout, editor, refused, told: () => told };
}

/** Press, move, lift. */
function drag(editor: Editor, from: Point, to: Point) {
  editor.press(from);
  editor.move(to);
  editor.lift();
}

function click(editor: Editor, point: Point) {
  editor.press(point);
  editor.lift();
}

describe('drawing a line', () => {
  it('by dragging', () => {
    const { layout, editor } = rig();
    editor.pick('lines');
    drag(editor, [0.1, 0.5], [0.9, 0.5]);
    expect(layout.current.lines).toMatchObject([{ id: 'l1', a: [0.1, 0.5], b: [0.9, 0.5] }]);
    expect([editor.tool, editor.selected]).toEqual([undefined, { group: 'lines', id: 'l1' }]);
  });

  it('by two clicks', () => {
    const { layout, editor } = rig();
    editor.pick('lines');
    click(editor, [0.1, 0.5]);
    expect(layout.current.lines).toEqual([]);
    editor.move([0.6, 0.6]);
    click(editor, [0.9, 0.5]);
    expect(layout.current.lines).toMatchObject([{ a: [0.1, 0.5], b: [0.9, 0.5] }]);
  });

  it('refuses two clicks in one place', () => {
    const { layout, editor, refused } = rig();
    editor.pick('lines');
    click(editor, [0.5, 0.5]);
    click(editor, [0.5, 0.5]);
    expect([layout.current.lines, refused, editor.tool]).toEqual([[], ['line-too-short'], undefined]);
  });

  it('without a pointer at all', () => {
    const { layout, editor, refused } = rig();
    editor.placeDefault('lines');
    editor.placeDefault('lines');
    expect(layout.current.lines).toHaveLength(2);
    expect(layout.current.lines[0]!.a).not.toEqual(layout.current.lines[1]!.a);
    expect(refused).toEqual([]);
  });

  it('forgets a draft that is cancelled, and a tool that is picked twice', () => {
    const { layout, editor } = rig();
    editor.pick('lines');
    editor.press([0.1, 0.1]);
    expect(editor.cancel()).toBe(true);
    expect(editor.cancel()).toBe(false);
    editor.lift();
    editor.pick('lines');
    editor.pick('lines');
    expect([layout.current, editor.tool, editor.draft]).toEqual([EMPTY, undefined, []]);
  });
});

describe('drawing a polygon', () => {
  it('corner by corner, until it is closed', () => {
    const { layout, editor } = rig();
    editor.pick('zones');
    for (const corner of CORNERS) click(editor, corner);
    editor.move([0.21, 0.21]);
    editor.finish();
    expect(layout.current.zones).toMatchObject([{ points: CORNERS }]);
  });

  it('is refused with too few corners', () => {
    const { layout, editor, refused } = rig();
    editor.pick('masks');
    click(editor, CORNERS[0]!);
    click(editor, CORNERS[1]!);
    editor.finish();
    expect([layout.current.masks, refused]).toEqual([[], ['zone-too-small']]);
  });

  it('the ground is closed by its fourth corner', () => {
    const { layout, editor } = rig();
    editor.pick('ground');
    for (const corner of CORNERS) click(editor, corner);
    expect(layout.current.ground).toMatchObject({ points: CORNERS });
  });
});

describe('moving', () => {
  const line = { group: 'lines', id: 'l1' } as const;
  function withLine() {
    const all = rig();
    all.editor.placeDefault('lines');
    return all;
  }

  it.each([
    { says: 'right by a hundredth of the height', arrow: [1, 0], large: false, to: [0.505, 0.2] },
    { says: 'down by the larger step', arrow: [0, 1], large: true, to: [0.5, 0.25] },
  ] as const)('an arrow key moves a point $says', ({ arrow, large, to }) => {
    const { layout, editor } = withLine();
    editor.nudgePoint(line, 0, arrow, large);
    expect(layout.current.lines[0]!.a).toEqual(to);
  });

  it('a row of arrow keys is undone at once; another point is another step', () => {
    const { layout, editor } = withLine();
    for (let i = 0; i < 5; i++) editor.nudgePoint(line, 0, [1, 0], false);
    editor.nudgePoint(line, 1, [1, 0], false);
    layout.undo();
    expect(layout.current.lines[0]).toMatchObject({ a: [0.525, 0.2], b: [0.5, 0.8] });
    layout.undo();
    expect(layout.current.lines[0]).toMatchObject({ a: [0.5, 0.2] });
  });

  it('one drag is one step, two drags are two', () => {
    const { layout, editor } = withLine();
    for (const end of [0.3, 0.7]) {
      editor.beginGesture();
      for (let x = 0.5; Math.abs(x - end) > 0.01; x += end > 0.5 ? 0.02 : -0.02)
        editor.movePoint(line, 0, [x, 0.2]);
      editor.movePoint(line, 0, [end, 0.2]);
      editor.endGesture();
    }
    layout.undo();
    expect(layout.current.lines[0]!.a).toEqual([0.3, 0.2]);
    layout.undo();
    expect(layout.current.lines[0]!.a).toEqual([0.5, 0.2]);
  });

  it('a drag that would make the line too short is held, and complains once', () => {
    const { layout, editor, refused } = withLine();
    editor.beginGesture();
    for (const y of [0.6, 0.79, 0.8, 0.81]) editor.movePoint(line, 0, [0.5, y]);
    editor.endGesture();
    expect(layout.current.lines[0]!.a).toEqual([0.5, 0.6]);
    expect(refused).toEqual(['line-too-short']);
  });

  it('a whole shape keeps its form', () => {
    const { layout, editor } = withLine();
    editor.beginGesture();
    editor.moveShape(line, pointsOf(layout.current, line), 0.2, 0);
    editor.nudgeShape(line, [0, 1], false);
    expect(layout.current.lines[0]).toMatchObject({ a: [0.7, 0.21], b: [0.7, 0.81] });
  });

  it('what is deleted comes back by undo', () => {
    const { layout, editor } = withLine();
    const before = layout.current;
    editor.removeCorner(line, 0);
    expect([layout.current.lines, editor.selected]).toEqual([[], undefined]);
    layout.undo();
    expect(layout.current).toEqual(before);
  });
});

describe('the layout', () => {
  const one = add(
    EMPTY,
    'lines',
    [
      [0.1, 0.5],
      [0.9, 0.5],
    ],
    ASPECT,
  );
  if (isRefused(one)) throw new Error('the fixture is refused');

  it('is remembered for its source and for no other', () => {
    new Layout('a').change(one.drawing);
    expect(new Layout('a').current).toEqual(one.drawing);
    expect(new Layout('b').current).toEqual(EMPTY);
  });

  it('begins with what is preset, and with that again when what was stored is broken', () => {
    items.set(storageKey('a'), '{"lines":[{"id":"<script>"}]}');
    expect(new Layout('a', one.drawing).current).toEqual(one.drawing);
  });

  it('tells of every change, undo and redo', () => {
    const { layout, told } = rig();
    layout.change(one.drawing);
    layout.undo();
    layout.redo();
    expect(told()).toBe(3);
    expect([layout.canUndo, layout.canRedo]).toEqual([true, false]);
    layout.change(layout.current);
    expect(told()).toBe(3);
  });

  it('has nothing to redo after a new change', () => {
    const { layout } = rig();
    layout.change(one.drawing);
    layout.undo();
    layout.change({ ...EMPTY, anchor: 'ground' });
    layout.redo();
    expect([layout.canRedo, layout.current.anchor]).toEqual([false, 'ground']);
  });

  it('never takes an id again, even after undo', () => {
    const { layout, editor } = rig();
    editor.placeDefault('lines');
    layout.undo();
    editor.placeDefault('lines');
    expect(layout.current.lines.map(({ id }) => id)).toEqual(['l2']);
  });
});
