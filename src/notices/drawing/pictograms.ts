/**
 * The pictograms of notices, each in a square of 48 by 48: lines of one weight in the current colour, so that they print on
 * any printer. What is destroyed and what is kept is told by the frame around them, not by their colour alone.
 */
import { node, type SvgNode } from './svg.ts';

export const PICTOGRAM_SIZE = 48;

const path = (d: string, fill = 'none') => node('path', { d, fill });
const dot = (cx: number, cy: number, r: number, fill = 'currentColor') => node('circle', { cx, cy, r, fill });
const box = (x: number, y: number, width: number, height: number, fill = 'none', rx = 0) =>
  node('rect', { x, y, width, height, fill, ...(rx && { rx }) });

/** A person from the front, feet at `y`, so many units tall. */
const person = (x: number, y: number, tall: number, fill = 'currentColor'): SvgNode[] => [
  dot(x, y - tall * 0.84, tall * 0.15, fill),
  path(
    `M${x - tall * 0.2} ${y}v${-tall * 0.42}a${tall * 0.2} ${tall * 0.2} 0 0 1 ${tall * 0.4} 0v${tall * 0.42}z`,
    fill,
  ),
];

const photo = (...inside: SvgNode[]): SvgNode[] => [box(5, 9, 38, 30, 'none', 2), ...inside];

const DRAWINGS = {
  camera: [box(4, 14, 28, 20, 'none', 3), path('M32 24l12-7v14z'), dot(18, 24, 6, 'none'), dot(18, 24, 2)],
  'shop-door': [
    path('M6 42V18l18-10 18 10v24z'),
    box(15, 24, 18, 18),
    path('M24 24v18'),
    ...person(24, 42, 13),
  ],
  'shop-floor': [box(5, 8, 38, 34), path('M5 18h14M29 18h14M29 32h14'), ...person(22, 40, 18)],
  street: [
    path('M4 42h40M4 36h40'),
    ...person(12, 36, 22),
    dot(29, 32, 4, 'none'),
    dot(40, 32, 4, 'none'),
    path('M29 32l4-8h5l2 8M33 24l3 8h-7'),
  ],
  taxi: [
    path('M4 34V26l5-2 5-8h18l7 8 5 2v8z'),
    dot(13, 35, 4, 'none'),
    dot(35, 35, 4, 'none'),
    box(20, 11, 8, 5),
    path('M9 24h30'),
  ],
  gate: [
    box(8, 22, 5, 20),
    box(22, 22, 5, 20),
    box(36, 22, 5, 20),
    path('M4 10h40M4 14h40'),
    ...person(17.5, 42, 16),
    ...person(31.5, 42, 16),
  ],
  frame: photo(...person(24, 38, 24), path('M8 30l7-7 6 6')),
  'frame-low': photo(
    box(20, 14, 4, 4, 'currentColor'),
    box(24, 14, 4, 4, 'currentColor'),
    box(16, 22, 4, 12, 'currentColor'),
    box(20, 22, 4, 16, 'currentColor'),
    box(24, 22, 4, 16, 'currentColor'),
    box(28, 22, 4, 12, 'currentColor'),
  ),
  face: [
    box(8, 6, 32, 36, 'none', 2),
    node('ellipse', { cx: 24, cy: 23, rx: 9, ry: 12, fill: 'none' }),
    dot(20.5, 21, 1.2),
    dot(27.5, 21, 1.2),
    path('M20 28q4 3 8 0M12 42q2-7 12-7t12 7'),
  ],
  sums: [
    path('M6 42h36'),
    box(9, 28, 6, 14, 'currentColor'),
    box(18, 16, 6, 26, 'currentColor'),
    box(27, 22, 6, 20, 'currentColor'),
    box(36, 34, 4, 8, 'currentColor'),
  ],
  'age-band': [
    ...person(12, 42, 20),
    ...person(24, 42, 28),
    ...person(36, 42, 24),
    path('M4 8h12M20 8h10M34 8h10'),
  ],
  'flow-line': [
    box(5, 6, 38, 36),
    node('path', { d: 'M11 36c2-14 10-4 13-14s8-10 13-10', fill: 'none', 'stroke-dasharray': '3 3' }),
    dot(11, 36, 2.4),
    dot(37, 12, 2.4),
  ],
  share: [
    box(7, 30, 34, 10),
    node('rect', { x: 7, y: 19, width: 34, height: 10, fill: 'none', 'stroke-dasharray': '3 2' }),
    node('rect', { x: 7, y: 8, width: 34, height: 10, fill: 'none', 'stroke-dasharray': '3 2' }),
    ...person(24, 39, 8),
  ],
  heat: [
    box(5, 6, 38, 36),
    box(12, 13, 8, 8, 'currentColor'),
    box(20, 21, 8, 8, 'currentColor'),
    node('rect', {
      x: 20,
      y: 13,
      width: 8,
      height: 8,
      fill: 'currentColor',
      'fill-opacity': 0.4,
      stroke: 'none',
    }),
    node('rect', {
      x: 28,
      y: 29,
      width: 8,
      height: 8,
      fill: 'currentColor',
      'fill-opacity': 0.4,
      stroke: 'none',
    }),
    path('M8 38c10-2 12-22 32-28'),
  ],
  vector: [
    box(5, 8, 26, 32, 'none', 2),
    path('M10 15h4M18 15h8M10 21h9M23 21h3M10 27h3M17 27h9M10 33h7M21 33h5'),
    dot(38, 20, 4, 'none'),
    path('M38 24v16M38 34h4M38 39h4'),
  ],
  visits: [
    box(6, 10, 36, 32, 'none', 2),
    path('M6 18h36M15 6v8M33 6v8'),
    dot(15, 25, 2.5),
    dot(33, 34, 2.5),
    path('M18 25c10-2 14 2 14 6M29 28l3 3 3-3'),
  ],
  numbers: [
    path('M6 16h14M16 12l4 4-4 4M42 32H28M32 28l-4 4 4 4'),
    path('M8 26v14M8 26l-2 2M14 28c0-4 7-4 7 0 0 3-7 8-7 12h7M28 10h7l-4 5c5 0 5 7 0 7-2 0-3-1-4-2'),
  ],
  sign: [
    dot(18, 15, 9, 'none'),
    path('M12 15h12M18 24v18'),
    path('M36 40c-5-7-7-9-7-13a7 7 0 0 1 14 0c0 4-2 6-7 13z'),
    dot(36, 27, 2.2),
  ],
  'picture-icons': photo(
    dot(15, 22, 2.6),
    box(12.2, 25.4, 5.6, 9, 'currentColor', 1.5),
    dot(25, 19, 2.6),
    box(22.2, 22.4, 5.6, 9, 'currentColor', 1.5),
    dot(35, 23, 2.6),
    box(32.2, 26.4, 5.6, 9, 'currentColor', 1.5),
  ),
  background: photo(path('M5 32h38M14 32V18h20v14M24 18v14')),
  crowd: [
    path('M8 36a16 16 0 1 1 32 0'),
    path('M24 36l9-12'),
    dot(24, 36, 2.4),
    path('M4 36h6M38 36h6M24 14v6'),
  ],
  map: [path('M5 12l12-4 14 4 12-4v28l-12 4-14-4-12 4zM17 8v28M31 12v28')],
  destroy: [box(8, 20, 32, 7, 'currentColor', 1), path('M14 20V7h20v13M14 29v12M21 29v9M28 29v12M34 29v9')],
  office: [box(10, 8, 28, 34), path('M17 15h4M27 15h4M17 22h4M27 22h4M17 29h4M27 29h4M21 42v-7h6v7')],
} satisfies Record<string, readonly SvgNode[]>;

export type PictogramName = keyof typeof DRAWINGS;
export const PICTOGRAMS = Object.keys(DRAWINGS) as PictogramName[];

const INK = {
  stroke: 'currentColor',
  'stroke-width': 2.2,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const;

/** A pictogram as a group, for drawings that hold several. @param size side in the drawing's units */
export const pictogramAt = (
  name: PictogramName,
  x: number,
  y: number,
  size: number,
  colour: string,
): SvgNode =>
  node(
    'g',
    { ...INK, color: colour, transform: `translate(${x} ${y}) scale(${size / PICTOGRAM_SIZE})` },
    ...DRAWINGS[name],
  );

/** A pictogram by itself; the words beside it say what it is, so it is hidden from screen readers. */
export const pictogram = (name: PictogramName): SvgNode =>
  node(
    'svg',
    { viewBox: `0 0 ${PICTOGRAM_SIZE} ${PICTOGRAM_SIZE}`, 'aria-hidden': 'true', ...INK },
    ...DRAWINGS[name],
  );
