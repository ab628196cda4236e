/** Kinds of shops and their windows: each shop draws its inside on a canvas 1024 by 384, seen from the street. */
import type { Rng } from '../../rng.ts';
import { SANS } from './lettering.ts';

type Context = OffscreenCanvasRenderingContext2D;

export interface Shop {
  /** Meaning in the truth of a signboard. */
  id: string;
  name: string;
  /** Ground and ink of its signboard. */
  board: readonly [string, string];
  awning?: string;
  inside: (c: Context, rng: Rng, width: number, height: number) => void;
}

const hsl = (h: number, s: number, l: number) => `hsl(${h} ${s}% ${l}%)`;

/** Back wall, ceiling lights and floor. */
function room(c: Context, width: number, height: number, wall: string, floor: string): void {
  const shade = c.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, '#fff6e0');
  shade.addColorStop(0.12, wall);
  shade.addColorStop(0.8, wall);
  shade.addColorStop(0.82, floor);
  shade.addColorStop(1, '#2b2620');
  c.fillStyle = shade;
  c.fillRect(0, 0, width, height);
  c.fillStyle = 'rgba(255, 252, 240, 0.9)';
  for (let x = 60; x < width; x += 170) c.fillRect(x, 12, 90, 7);
}

/** Boards across the window with things standing on them. */
function shelves(
  c: Context,
  width: number,
  boards: readonly number[],
  draw: (x: number, y: number, step: number) => number,
): void {
  for (const y of boards) {
    c.fillStyle = 'rgba(60, 48, 36, 0.9)';
    c.fillRect(20, y, width - 40, 5);
    for (let x = 26; x < width - 30;) x += draw(x, y, 0);
  }
}

/** Detectors would take a human outline for a person: the insides show goods and furniture only. */
export const SHOPS: readonly Shop[] = [
  {
    id: 'bakery',
    name: 'ベーカリー 麦の音',
    board: ['#6b4528', '#f6ead2'],
    awning: '#8c3b2e',
    inside: (c, rng, width, height) => {
      room(c, width, height, '#b99a6c', '#6f5334');
      shelves(c, width, [150, 215, 280], (x, y) => {
        const w = rng.range(22, 46);
        c.fillStyle = hsl(rng.range(24, 38), rng.range(45, 65), rng.range(32, 58));
        c.beginPath();
        c.ellipse(x + w / 2, y - 9, w / 2, rng.range(8, 14), 0, 0, 7);
        c.fill();
        return w + rng.range(4, 18);
      });
    },
  },
  {
    id: 'pharmacy',
    name: 'くすりの若葉',
    board: ['#f3f5f2', '#1d7a4b'],
    inside: (c, rng, width, height) => {
      room(c, width, height, '#cfd6cf', '#8d918c');
      shelves(c, width, [110, 165, 220, 275], (x, y) => {
        const w = rng.range(12, 26);
        const h = rng.range(18, 38);
        const hue = rng.pick([140, 200, 215, 350, 45]);
        const light = rng.range(55, 85);
        const run = rng.whole(2, 5);
        for (let i = 0; i < run; i++) {
          c.fillStyle = hsl(hue, 45, light);
          c.fillRect(x + i * w, y - h, w - 2, h);
          c.fillStyle = 'rgba(255,255,255,.7)';
          c.fillRect(x + i * w + 2, y - h * 0.6, w - 6, h * 0.25);
        }
        return run * w + 6;
      });
    },
  },
  {
    id: 'cafe',
    name: 'カフェ みどり',
    board: ['#2e4a3a', '#efe6cf'],
    awning: '#2e4a3a',
    inside: (c, rng, width, height) => {
      room(c, width, height, '#5b4431', '#3a2a1e');
      for (let x = 90; x < width; x += 190) {
        c.strokeStyle = '#1c1611';
        c.lineWidth = 3;
        c.beginPath();
        c.moveTo(x, 0);
        c.lineTo(x, 90);
        c.stroke();
        c.fillStyle = '#f7d891';
        c.beginPath();
        c.arc(x, 98, 17, 0, 7);
        c.fill();
        c.fillStyle = '#23180f';
        c.fillRect(x - 48, 250, 96, 9);
        c.fillRect(x - 4, 258, 8, 70);
        c.fillStyle = hsl(rng.range(10, 40), 30, 26);
        for (const side of [-1, 1]) {
          c.fillRect(x + side * 66 - 15, 232, 30, 8);
          c.fillRect(x + side * 79 - 3, 180, 6, 60);
          c.fillRect(x + side * 66 - 12, 240, 4, 88);
          c.fillRect(x + side * 66 + 8, 240, 4, 88);
        }
        c.fillStyle = '#ece5d6';
        c.fillRect(x - 22, 240, 14, 10);
        c.fillRect(x + 9, 240, 14, 10);
      }
    },
  },
  {
    id: 'florist',
    name: '花の店 すみれ',
    board: ['#efe9df', '#7a3f6d'],
    awning: '#7a3f6d',
    inside: (c, rng, width, height) => {
      room(c, width, height, '#a9b49a', '#5c5a4c');
      shelves(c, width, [205, 318], (x, y) => {
        c.fillStyle = '#7d7f80';
        c.fillRect(x, y - 34, 44, 34);
        c.fillStyle = hsl(120, 35, rng.range(20, 32));
        c.fillRect(x + 4, y - 78, 36, 46);
        const hue = rng.pick([350, 330, 48, 285, 12, 0]);
        for (let i = 0; i < 26; i++) {
          c.fillStyle = hsl(hue + rng.range(-8, 8), rng.range(50, 80), rng.range(48, 82));
          c.beginPath();
          c.arc(x + rng.range(-2, 46), y - rng.range(45, 96), rng.range(4, 8), 0, 7);
          c.fill();
        }
        return rng.range(54, 66);
      });
    },
  },
  {
    id: 'bookshop',
    name: '青葉書店',
    board: ['#1f3f66', '#ffffff'],
    inside: (c, rng, width, height) => {
      room(c, width, height, '#a08b6b', '#5e4c38');
      shelves(c, width, [105, 170, 235, 300], (x, y) => {
        const w = rng.range(5, 13);
        const h = rng.range(36, 54);
        c.fillStyle = hsl(rng.range(0, 360), rng.range(15, 55), rng.range(25, 75));
        c.fillRect(x, y - h, w, h);
        c.fillStyle = 'rgba(255,255,255,.45)';
        c.fillRect(x + w * 0.3, y - h * 0.85, w * 0.4, h * 0.5);
        return w + (rng.chance(0.06) ? 16 : 0.5);
      });
    },
  },
  {
    id: 'cleaner',
    name: 'クリーニング 白星',
    board: ['#2b6cb0', '#ffffff'],
    inside: (c, rng, width, height) => {
      room(c, width, height, '#c8ced6', '#7b8087');
      c.fillStyle = '#6d737a';
      c.fillRect(20, 70, width - 40, 5);
      for (let x = 40; x < width - 60; x += rng.range(24, 34)) {
        c.fillStyle = hsl(rng.range(190, 260), rng.range(5, 35), rng.range(30, 88));
        c.fillRect(x, 80, 20, rng.range(120, 170));
        c.fillStyle = 'rgba(255,255,255,.28)';
        c.fillRect(x + 3, 84, 5, 110);
      }
      c.fillStyle = '#e9e9e6';
      c.fillRect(60, 285, width - 240, 70);
    },
  },
  {
    id: 'noodles',
    name: '手打そば 山茂登',
    board: ['#2a2320', '#f0e6d2'],
    inside: (c, _rng, width, height) => {
      room(c, width, height, '#8d6b42', '#40301f');
      c.fillStyle = '#3a281a';
      for (let x = 0; x < width; x += 22) c.fillRect(x, 70, 8, height - 70);
      for (let y = 120; y < height; y += 90) c.fillRect(0, y, width, 8);
      // The curtain over the entrance.
      for (let i = 0; i < 4; i++) {
        c.fillStyle = '#20355c';
        c.fillRect(width * 0.32 + i * 96, 30, 92, 120);
        c.fillStyle = '#f2efe6';
        c.font = `700 72px ${SANS}`;
        c.textAlign = 'center';
        c.textBaseline = 'middle';
        c.fillText('手打そば'[i]!, width * 0.32 + i * 96 + 46, 92);
      }
    },
  },
  {
    id: 'stationer',
    name: '文具のあさひ',
    board: ['#c98a1b', '#2a1d0a'],
    awning: '#c98a1b',
    inside: (c, rng, width, height) => {
      room(c, width, height, '#c7bda6', '#6f675a');
      shelves(c, width, [120, 180, 240, 300], (x, y) => {
        const w = rng.range(8, 34);
        const h = rng.range(14, 42);
        c.fillStyle = hsl(rng.pick([0, 20, 45, 140, 200, 220, 280]), rng.range(20, 60), rng.range(35, 80));
        c.fillRect(x, y - h, w, h);
        return w + rng.range(2, 8);
      });
    },
  },
];

/** The shutter of a shop that is closed today. */
export function drawShutter(c: Context, width: number, height: number): void {
  c.fillStyle = '#9da1a1';
  c.fillRect(0, 0, width, height);
  for (let y = 0; y < height; y += 11) {
    c.fillStyle = 'rgba(40,44,46,.35)';
    c.fillRect(0, y, width, 3);
    c.fillStyle = 'rgba(255,255,255,.22)';
    c.fillRect(0, y + 3, width, 2);
  }
}
