/** Pictures drawn with a 2D canvas: signboards, posters, shop windows. */
import { CanvasTexture, SRGBColorSpace } from 'three';

/** Sans-serif with Japanese glyphs on the usual systems. */
export const SANS =
  '"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Kaku Gothic ProN", "Yu Gothic", Meiryo, sans-serif';

export type Draw = (c: OffscreenCanvasRenderingContext2D, width: number, height: number) => void;

/** @param size of the canvas in pixels */
export function drawn(
  [width, height]: readonly [number, number],
  draw: Draw,
): CanvasTexture<OffscreenCanvas> {
  // Workers, where the live scene is drawn, have no other canvas.
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas.');
  draw(context, width, height);
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 8;
  return texture;
}

export interface LetteringStyle {
  background: string;
  ink: string;
  /** Share of the height (of the width when vertical) that a letter takes. Default 0.62. */
  letter?: number;
  vertical?: boolean;
  border?: string;
}

/** One or more lines of text in the middle of a coloured board. */
export const lettering =
  (text: string, { background, ink, letter = 0.62, vertical = false, border }: LetteringStyle): Draw =>
  (c, width, height) => {
    c.fillStyle = background;
    c.fillRect(0, 0, width, height);
    if (border) {
      c.strokeStyle = border;
      c.lineWidth = height * 0.06;
      c.strokeRect(0, 0, width, height);
    }
    c.fillStyle = ink;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    const lines = vertical ? [...text] : text.split('\n');
    const size = vertical
      ? Math.min(width * letter, (height / lines.length) * 0.9)
      : (height / lines.length) * letter;
    c.font = `700 ${size}px ${SANS}`;
    lines.forEach((line, i) =>
      c.fillText(line, width / 2, (height * (i + 0.5)) / lines.length, width * 0.94),
    );
  };
