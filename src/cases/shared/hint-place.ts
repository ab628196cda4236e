/** Where a hint stands: beside what it speaks of, never over it. Lengths in CSS pixels, from the window's upper left corner. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

export type Side = 'below' | 'above' | 'left' | 'right';

/** Between the hint and what it speaks of; the arrow stands in it. */
const GAP = 10;
/** Between the hint and the edge of the window. */
const EDGE = 6;

export interface Place {
  readonly side: Side;
  readonly left: number;
  readonly top: number;
  /** Where the arrow points at the anchor, along the hint's edge. */
  readonly arrow: number;
}

/** Least distance of the arrow from a corner of the hint. */
const CORNER = 16;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

function beside(side: Side, anchor: Box, card: Size, window: Size): Place {
  const isStacked = side === 'below' || side === 'above';
  const middleX = anchor.left + anchor.width / 2;
  // Beside something tall, the hint stands at its upper end: there its title is.
  const middleY = anchor.top + Math.min(anchor.height, card.height) / 2;
  const left = isStacked
    ? clamp(middleX - card.width / 2, EDGE, Math.max(EDGE, window.width - EDGE - card.width))
    : side === 'right'
      ? anchor.left + anchor.width + GAP
      : anchor.left - GAP - card.width;
  const top = isStacked
    ? side === 'below'
      ? anchor.top + anchor.height + GAP
      : anchor.top - GAP - card.height
    : clamp(middleY - card.height / 2, EDGE, Math.max(EDGE, window.height - EDGE - card.height));
  const arrow = isStacked
    ? clamp(middleX - left, CORNER, card.width - CORNER)
    : clamp(middleY - top, CORNER, card.height - CORNER);
  return { side, left, top, arrow };
}

const fits = ({ left, top }: Place, card: Size, window: Size) =>
  left >= EDGE &&
  top >= EDGE &&
  left + card.width <= window.width - EDGE &&
  top + card.height <= window.height - EDGE;

/**
 * The first of the sides on which the hint is whole in the window; where there is none, above or below, where the page is
 * scrolled to it.
 * @param scrolled how far the page is scrolled down: nothing can stand above its beginning
 */
export function placeHint(
  anchor: Box,
  card: Size,
  window: Size,
  sides: readonly Side[],
  scrolled: number,
): Place {
  const places = sides.map((side) => beside(side, anchor, card, window));
  const whole = places.find((place) => fits(place, card, window));
  const reachable = places.find(
    ({ side, top }) => side === 'below' || (side === 'above' && top + scrolled >= EDGE),
  );
  return whole ?? reachable ?? beside('below', anchor, card, window);
}
