/** Reads back the PDF that Chromium made: its pages, and with poppler every word with its place on the paper. */
import { spawnSync } from 'node:child_process';

const POINTS_A_MM = 72 / 25.4;

/** Width and height of each page, millimetres. */
export const pageSizes = (pdf: Buffer): [number, number][] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
    Number(w) / POINTS_A_MM,
    Number(h) / POINTS_A_MM,
  ]);

export const hasPoppler = spawnSync('pdftotext', ['-v']).status !== null;
if (!hasPoppler) console.log('pdftotext is not installed: words of the PDFs are not read back.');

/** Letters without white space, as they are compared: a PDF has spaces and line breaks of its own. */
export const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\s\u200b\u00ad]/g, '');

export interface PrintedPage {
  /** What is printed, in the order of the file, without white space. */
  readonly text: string;
  /** Words that do not lie on the paper as a whole. */
  readonly outside: readonly string[];
}

const read = (pdf: Buffer, ...options: string[]) =>
  spawnSync('pdftotext', [...options, '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1e8 }).stdout;

/** @param marginMm white that a printer may need on every side */
export function printedPages(pdf: Buffer, marginMm: number): PrintedPage[] {
  const margin = marginMm * POINTS_A_MM;
  const texts = read(pdf, '-raw').split('\f');
  const pages = read(pdf, '-bbox').matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs);
  return [...pages].map(([, width, height, body], i) => {
    const words = body!.matchAll(
      /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/gs,
    );
    const outside = [...words].filter(([, x0, y0, x1, y1]) => {
      // Boxes have the height of the font, not of its letters: their middle tells where the line is.
      const middle = (Number(y0) + Number(y1)) / 2;
      return (
        Number(x0) < margin ||
        Number(x1) > Number(width) - margin ||
        middle < margin ||
        middle > Number(height) - margin
      );
    });
    return { text: plain(texts[i] ?? ''), outside: outside.map((word) => word[5]!) };
  });
}
