/**
 * A moving test card: colour bars, a grey ramp, a grid with the classic circle, a walker, a cyclist and a car that
 * pass, and the time code. Drawn by hand, not on a canvas, so that frame n has the same bytes in every browser.
 */

/** 75 % bars in the order of falling luminance, as on broadcast cards. */
const BARS = ['#bfbfbf', '#bfbf00', '#00bfbf', '#00bf00', '#bf00bf', '#bf0000', '#0000bf'];
const NIGHT = '#141b26';
const DUSK = '#2a3647';
const GRID = '#3c4a5e';
const ROAD = '#222a35';
const PAPER = '#f2efe6';
const WALKER = '#56b4e9';
const CYCLIST = '#2fbf71';
const CAR = '#e69f00';

/** 5 x 7 dots; each row is five bits, the left dot the highest. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  ':': [0, 4, 4, 0, 4, 4, 0],
};

export class TestCard {
  /** The static part, drawn once. */
  readonly #still: Uint32Array;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly fps: number,
  ) {
    this.#still = new Uint32Array(width * height);
    this.#drawStill(new Brush(this.#still, width, height));
  }

  /** Draws frame `index` as RGBA; `target` has width * height * 4 bytes and starts on a multiple of four. */
  draw(target: Uint8ClampedArray, index: number): void {
    const { width: w, height: h } = this;
    const pixels = new Uint32Array(target.buffer, target.byteOffset, w * h);
    pixels.set(this.#still);
    const brush = new Brush(pixels, w, h);
    const s = index / this.fps;
    // Speeds in picture widths a second; a passer-by is outside the picture for a moment before the next round.
    const pass = (speed: number, phase: number) => (((s * speed + phase) % 1.3) - 0.15) * w;
    drawWalker(brush, pass(0.11, 0.2), h * 0.56, h * 0.2, s);
    drawCyclist(brush, pass(0.21, 0.75), h * 0.68, h * 0.18);
    drawCar(brush, w - pass(0.3, 0.1), h * 0.83, h * 0.16);
    this.#drawTimeCode(brush, index);
  }

  #drawStill(brush: Brush): void {
    const { width: w, height: h } = this;
    for (let y = 0; y < h; y++) brush.rect(0, y, w, 1, mix(NIGHT, DUSK, y / h));
    const cell = Math.max(4, Math.round(w / 20));
    for (let x = Math.round(w / 2) % cell; x < w; x += cell) brush.rect(x, 0, 1, h, rgb(GRID));
    for (let y = Math.round(h / 2) % cell; y < h; y += cell) brush.rect(0, y, w, 1, rgb(GRID));
    brush.ring(w / 2, h / 2, Math.min(w, h) * 0.42, Math.max(1, h / 180), rgb(PAPER));
    BARS.forEach((bar, i) => brush.rect((w * i) / 7, 0, w / 7 + 1, h * 0.14, rgb(bar)));
    for (let i = 0; i < 16; i++) {
      brush.rect((w * i) / 16, h * 0.14, w / 16 + 1, h * 0.04, mix('#000000', '#ffffff', i / 15));
    }
    brush.rect(0, h * 0.72, w, h * 0.14, rgb(ROAD));
    for (let i = 0; i < 12; i++) brush.rect((w * (i + 0.25)) / 12, h * 0.785, w / 24, h * 0.012, rgb(PAPER));
  }

  #drawTimeCode(brush: Brush, index: number): void {
    const rate = Math.max(1, Math.round(this.fps));
    const seconds = Math.floor(index / rate);
    const parts = [
      Math.floor(seconds / 3600) % 100,
      Math.floor(seconds / 60) % 60,
      seconds % 60,
      index % rate,
    ];
    const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
    const dot = Math.max(1, Math.round(Math.min(this.height / 100, this.width / 90)));
    const width = (text.length * 6 - 1) * dot;
    const x0 = Math.round((this.width - width) / 2);
    const y0 = Math.round(this.height * 0.9);
    brush.rect(x0 - 2 * dot, y0 - dot, width + 4 * dot, 9 * dot, rgb('#000000'));
    [...text].forEach((character, i) => {
      GLYPHS[character]!.forEach((bits, row) => {
        for (let column = 0; column < 5; column++) {
          if (bits & (16 >> column)) {
            brush.rect(x0 + (i * 6 + column) * dot, y0 + row * dot, dot, dot, rgb(PAPER));
          }
        }
      });
    });
  }
}

/** @param x middle, @param foot where the feet are, @param size height; all in pixels */
function drawWalker(brush: Brush, x: number, foot: number, size: number, s: number): void {
  const colour = rgb(WALKER);
  // A triangle wave between -1 and 1 for the legs: no sine, whose last bits differ between engines.
  const step = Math.abs(((s * 1.8) % 2) - 1) * 2 - 1;
  brush.disc(x, foot - size * 0.9, size * 0.1, colour);
  brush.rect(x - size * 0.11, foot - size * 0.78, size * 0.22, size * 0.42, colour);
  for (const side of [-1, 1]) {
    brush.rect(
      x + side * step * size * 0.1 - size * 0.04,
      foot - size * 0.38,
      size * 0.08,
      size * 0.38,
      colour,
    );
  }
}

function drawCyclist(brush: Brush, x: number, foot: number, size: number): void {
  const colour = rgb(CYCLIST);
  const wheel = size * 0.22;
  const tyre = Math.max(1, size * 0.05);
  for (const side of [-1, 1]) brush.ring(x + side * size * 0.32, foot - wheel, wheel, tyre, rgb(PAPER));
  brush.rect(x - size * 0.32, foot - wheel - tyre / 2, size * 0.64, tyre, colour);
  brush.rect(x - size * 0.1, foot - size * 0.78, size * 0.2, size * 0.5, colour);
  brush.disc(x + size * 0.06, foot - size * 0.9, size * 0.1, colour);
}

function drawCar(brush: Brush, x: number, foot: number, size: number): void {
  const wheel = size * 0.2;
  brush.rect(x - size * 0.55, foot - size, size * 1.1, size * 0.5, rgb(CAR));
  brush.rect(x - size * 0.45, foot - size * 0.92, size * 0.9, size * 0.34, rgb(DUSK));
  brush.rect(x - size * 1.1, foot - size * 0.6, size * 2.2, size * 0.45, rgb(CAR));
  for (const side of [-1, 1]) {
    brush.disc(x + side * size * 0.65, foot - wheel, wheel, rgb('#0b0f15'));
    brush.disc(x + side * size * 0.65, foot - wheel, wheel * 0.5, rgb(PAPER));
  }
}

/** Fills shapes in a picture of packed pixels; parts outside are clipped. Coordinates are pixels. */
class Brush {
  readonly #pixels: Uint32Array;
  readonly #width: number;
  readonly #height: number;

  constructor(pixels: Uint32Array, width: number, height: number) {
    this.#pixels = pixels;
    this.#width = width;
    this.#height = height;
  }

  rect(x: number, y: number, width: number, height: number, colour: number): void {
    const right = Math.round(x + width);
    const bottom = Math.min(Math.round(y + height), this.#height);
    for (let row = Math.max(0, Math.round(y)); row < bottom; row++)
      this.#span(row, Math.round(x), right, colour);
  }

  disc(x: number, y: number, radius: number, colour: number): void {
    this.#rows(y, radius, (row, half) => this.#span(row, Math.round(x - half), Math.round(x + half), colour));
  }

  ring(x: number, y: number, radius: number, thickness: number, colour: number): void {
    const inner = radius - thickness;
    this.#rows(y, radius, (row, half) => {
      const dy = row + 0.5 - y;
      const gap = Math.abs(dy) < inner ? Math.sqrt(inner * inner - dy * dy) : 0;
      this.#span(row, Math.round(x - half), Math.round(x - gap), colour);
      this.#span(row, Math.round(x + gap), Math.round(x + half), colour);
    });
  }

  /** Calls back with half the width of a circle on each row it has. */
  #rows(y: number, radius: number, each: (row: number, half: number) => void): void {
    const last = Math.min(Math.ceil(y + radius), this.#height);
    for (let row = Math.max(0, Math.floor(y - radius)); row < last; row++) {
      const dy = row + 0.5 - y;
      if (Math.abs(dy) < radius) each(row, Math.sqrt(radius * radius - dy * dy));
    }
  }

  #span(row: number, from: number, to: number, colour: number): void {
    const start = Math.max(0, from);
    const end = Math.min(to, this.#width);
    if (start < end) this.#pixels.fill(colour, row * this.#width + start, row * this.#width + end);
  }
}

const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
/** '#rrggbb' as an opaque pixel in memory order R, G, B, A on a little-endian machine (all that run WebAssembly are). */
const rgb = (hex: string) => pack(channels(hex));
const pack = ([r, g, b]: number[]) => ((255 << 24) | (b! << 16) | (g! << 8) | r!) >>> 0;
function mix(from: string, to: string, share: number): number {
  const end = channels(to);
  return pack(channels(from).map((c, i) => Math.round(c + (end[i]! - c) * share)));
}
