/** Interaction with a shape: dragged by the pointer, moved by arrow keys, removed by Delete. */
import type { Point } from '../../contract/index.ts';
import type { ShapeRef } from './drawing.ts';
import type { Editor } from './editor.svelte.ts';
import { ARROWS, type Frame } from './frame.ts';

/** The held shape, and its current points. */
export interface Held {
  readonly editor: Editor;
  readonly frame: Frame;
  readonly shape: ShapeRef;
  readonly points: readonly Point[];
  /** A press only selects. */
  readonly onlySelects?: boolean;
}

/** Handlers for the body of a shape. */
export function grip(held: () => Held) {
  let from: { point: Point; points: readonly Point[] } | undefined;

  function release() {
    if (from) held().editor.endGesture();
    from = undefined;
  }

  return {
    onfocus() {
      const { editor, shape } = held();
      editor.select(shape);
    },
    onpointerdown(event: PointerEvent & { currentTarget: SVGElement }) {
      const { editor, frame, shape, points, onlySelects } = held();
      if (event.button !== 0) return;
      event.stopPropagation();
      editor.select(shape);
      if (onlySelects) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      editor.beginGesture();
      from = { point: frame.locate(event), points };
    },
    onpointermove(event: PointerEvent) {
      if (!from) return;
      const { editor, frame, shape } = held();
      const [x, y] = frame.locate(event);
      editor.moveShape(shape, from.points, x - from.point[0], y - from.point[1]);
    },
    onpointerup: release,
    onpointercancel: release,
    onkeydown(event: KeyboardEvent) {
      const { editor, shape } = held();
      const arrow = ARROWS[event.key];
      if (arrow) editor.nudgeShape(shape, arrow, event.shiftKey);
      else if (event.key === 'Delete' || event.key === 'Backspace') editor.remove(shape);
      else return;
      event.preventDefault();
    },
  };
}
