/**
 * Stickers as drawings, so that a print shop gets them as SVG and a printer prints the same: by the camera (A6) and on a
 * vehicle (A5). Understood at a glance: a camera, what becomes of the image, what is kept; and where to learn more.
 */
import { pictogramAt, type PictogramName } from './pictograms.ts';
import { node, round, type SvgNode } from './svg.ts';
import { fitText, type Measure } from './wrap.ts';

export interface StickerText {
  readonly title: string;
  /** The headline in a second language, for visitors from elsewhere. */
  readonly second: string;
  readonly tags: readonly string[];
  /** One line below: what it is for, or the vehicles and routes. */
  readonly about: string;
  readonly operator: string;
  readonly more: string;
  readonly address: string;
  /** Each step with the words below it, from the camera to what is kept. */
  readonly steps: readonly {
    readonly drawing: PictogramName;
    readonly words: string;
    readonly gone: boolean;
  }[];
}

export interface StickerSize {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
}

export const STICKER_SIZE: StickerSize = { width: 148, height: 105 };
export const VEHICLE_STICKER_SIZE: StickerSize = { width: 210, height: 148 };

const INK = '#14181d';
const PAPER = '#ffffff';
const GONE = '#a11616';
const KEPT = '#0b5a8f';
const FONT =
  "'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,'Microsoft YaHei','Malgun Gothic',sans-serif";
const LEADING = 1.25;
/** Room that is left free, as a share of the width: another font may run wider than the one measured. */
const SLACK = 0.94;

/** Of a step's height, the part its picture takes; the words take the rest. */
const STEP_SHARE = 0.62;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface TextStyle {
  readonly max: number;
  readonly min: number;
  readonly colour?: string;
  readonly bold?: boolean;
  readonly middle?: boolean;
}

/** A text in a box, as large as fits; centred from top to bottom. */
function textIn(text: string, box: Box, style: TextStyle, measure: Measure): SvgNode {
  const { size, lines } = fitText(
    text,
    { ...box, width: box.width * SLACK, max: style.max, min: style.min },
    LEADING,
    measure,
  );
  const top = box.y + (box.height - lines.length * size * LEADING) / 2;
  return node(
    'text',
    {
      'font-size': round(size),
      'font-weight': style.bold ? 700 : 400,
      fill: style.colour ?? INK,
      'text-anchor': style.middle ? 'middle' : 'start',
    },
    ...lines.map((line, i) =>
      node(
        'tspan',
        {
          x: round(style.middle ? box.x + box.width / 2 : box.x),
          // The letters stand a little below the middle of their line.
          y: round(top + i * size * LEADING + size * 1.02),
        },
        line,
      ),
    ),
  );
}

/** Where the words of a step stand, below its picture. */
const wordsBox = (box: Box): Box => {
  const side = Math.min(box.width, box.height * STEP_SHARE);
  return { ...box, y: box.y + side + 0.5, height: box.height - side - 0.5 };
};

/**
 * One step of the life cycle: a framed pictogram with words below; what is gone is struck through.
 * @param size of its letters, the same for all steps
 */
function stepIn(
  { drawing, words, gone }: StickerText['steps'][number],
  box: Box,
  size: number,
  measure: Measure,
): SvgNode[] {
  const side = Math.min(box.width, box.height * STEP_SHARE);
  const x = box.x + (box.width - side) / 2;
  const colour = gone ? GONE : KEPT;
  return [
    node('rect', {
      x: round(x),
      y: round(box.y),
      width: round(side),
      height: round(side),
      rx: round(side * 0.08),
      fill: PAPER,
      stroke: colour,
      'stroke-width': round(side * 0.03),
      ...(gone && { 'stroke-dasharray': `${round(side * 0.08)} ${round(side * 0.05)}` }),
    }),
    pictogramAt(drawing, round(x + side * 0.12), round(box.y + side * 0.12), round(side * 0.76), colour),
    ...(gone
      ? [
          node('path', {
            d: `M${round(x + side * 0.1)} ${round(box.y + side * 0.9)}L${round(x + side * 0.9)} ${round(box.y + side * 0.1)}`,
            stroke: colour,
            'stroke-width': round(side * 0.07),
            'stroke-linecap': 'round',
          }),
        ]
      : []),
    textIn(words, wordsBox(box), { max: size, min: size, colour, bold: true, middle: true }, measure),
  ];
}

/** @param qr the code of the long form's address; without one there is a blank to write the address into */
export function stickerOf(
  text: StickerText,
  { width, height }: StickerSize,
  qr: SvgNode | undefined,
  measure: Measure,
): SvgNode {
  /** Lengths are those of the A6 sticker, 105 high. */
  const unit = height / STICKER_SIZE.height;
  const edge = 6 * unit;
  const inner = width - 2 * edge;
  const code = 29 * unit;
  const left = inner - code - 4 * unit;
  const head = { x: edge + 25 * unit, width: inner - 25 * unit };
  const words = { x: edge, width: left };
  const at = (x: number, y: number): readonly [number, number] => [round(x), round(y)];
  const [codeX, codeY] = at(width - edge - code, height - edge - code);
  return node(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width: `${width}mm`,
      height: `${height}mm`,
      'font-family': FONT,
      role: 'img',
      'aria-label': text.title.replaceAll('\u200b', ''),
    },
    node('rect', { width, height, fill: PAPER }),
    node('rect', {
      x: 1.5,
      y: 1.5,
      width: width - 3,
      height: height - 3,
      rx: round(3 * unit),
      fill: 'none',
      stroke: INK,
      'stroke-width': round(1.1 * unit),
    }),
    pictogramAt('camera', ...at(edge, edge + unit), round(21 * unit), INK),
    textIn(
      text.title,
      { ...head, y: 5 * unit, height: 17 * unit },
      { max: 13 * unit, min: 4 * unit, bold: true },
      measure,
    ),
    textIn(
      text.second,
      { ...head, y: 22 * unit, height: 6 * unit },
      { max: 5 * unit, min: 2.4 * unit },
      measure,
    ),
    ...tagsIn(text.tags, { x: edge, y: 30.5 * unit, width: inner, height: 8 * unit }, unit, measure),
    ...stepsIn(text.steps, { ...words, y: 42 * unit, height: 34 * unit }, unit, measure),
    textIn(
      text.about,
      { ...words, y: 77 * unit, height: 10.5 * unit },
      { max: 4.8 * unit, min: 2.2 * unit, bold: true },
      measure,
    ),
    textIn(
      text.operator,
      { ...words, y: 87.5 * unit, height: 5.5 * unit },
      { max: 4 * unit, min: 2 * unit },
      measure,
    ),
    textIn(
      `${text.more}${text.address ? `  ${text.address}` : ''}`,
      { ...words, y: 93 * unit, height: 6 * unit },
      { max: 4 * unit, min: 1.9 * unit },
      measure,
    ),
    qr ? placed(qr, codeX, codeY, code) : blankCode(codeX, codeY, code),
  );
}

/** The steps side by side, an arrow between two. */
function stepsIn(steps: StickerText['steps'], box: Box, unit: number, measure: Measure): SvgNode[] {
  const gap = 6 * unit;
  const width = (box.width - gap * (steps.length - 1)) / steps.length;
  const largest = box.height * 0.115;
  const room = wordsBox({ ...box, width });
  const sizes = steps.map(
    ({ words }) =>
      fitText(words, { ...room, width: width * SLACK, max: largest, min: 1.6 }, LEADING, measure).size,
  );
  const size = Math.min(...sizes);
  return steps.flatMap((step, i) => {
    const x = box.x + i * (width + gap);
    const arrow =
      i > 0 ? [arrowAt(x - gap / 2, box.y + Math.min(width, box.height * STEP_SHARE) / 2, 2 * unit)] : [];
    return [...arrow, ...stepIn(step, { ...box, x, width }, size, measure)];
  });
}

/** Words in dark bands, side by side. */
function tagsIn(tags: readonly string[], box: Box, unit: number, measure: Measure): SvgNode[] {
  const size = 4.6 * unit;
  const widths = tags.map((tag) => measure(tag) * size + 6 * unit);
  const total = widths.reduce((sum, width) => sum + width + 2 * unit, -2 * unit);
  const shrink = Math.min(1, box.width / total);
  let x = box.x;
  return tags.flatMap((tag, i) => {
    const width = widths[i]! * shrink;
    const at = x;
    x += width + 2 * unit * shrink;
    return [
      node('rect', {
        x: round(at),
        y: round(box.y),
        width: round(width),
        height: round(box.height),
        rx: round(1.2 * unit),
        fill: INK,
      }),
      textIn(
        tag,
        { x: at, y: box.y, width, height: box.height },
        { max: size * shrink, min: 1.5 * unit, colour: PAPER, bold: true, middle: true },
        measure,
      ),
    ];
  });
}

const arrowAt = (x: number, y: number, half: number): SvgNode =>
  node('path', {
    d: `M${round(x - half)} ${round(y - half)}L${round(x + half * 0.6)} ${round(y)}L${round(x - half)} ${round(y + half)}`,
    fill: 'none',
    stroke: INK,
    'stroke-width': round(half * 0.5),
  });

/** A drawing within a drawing. */
const placed = (inner: SvgNode, x: number, y: number, side: number): SvgNode => ({
  ...inner,
  attributes: { ...inner.attributes, x: round(x), y: round(y), width: round(side), height: round(side) },
});

const blankCode = (x: number, y: number, side: number): SvgNode =>
  node('rect', {
    x: round(x),
    y: round(y),
    width: round(side),
    height: round(side),
    fill: 'none',
    stroke: INK,
    'stroke-width': 0.4,
    'stroke-dasharray': '2 1.5',
  });
