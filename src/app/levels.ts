/** How much a case page shows: from one picture and two numbers to everything that is measured. */

/**
 * - `see`: the picture, one number destroyed, what is kept in words
 * - `understand`: the whole account of destroyed and kept data, and the drawing tools
 * - `measure`: stages, times, engines and the records as they left, too
 */
export const LEVELS = ['see', 'understand', 'measure'] as const;
export type Level = (typeof LEVELS)[number];

/** Screens on which a case page is one column. */
export const NARROW = '(max-width: 44rem)';

/** The level of a visitor who has chosen none. Another page's frame shows everything, as its links have always done. */
export const firstLevel = ({ narrow, framed }: { narrow: boolean; framed: boolean }): Level =>
  framed ? 'measure' : narrow ? 'see' : 'understand';
