/**
 * Reads the MOTChallenge text format (Leal-Taixé et al., "MOTChallenge 2015", arXiv:1504.01942): one line for each box,
 * `frame, id, left, top, width, height, confidence, x, y, z`. Frames and identities count from 1, boxes are pixels.
 */
import type { IdentifiedBox } from './frames.ts';

export interface MotRow extends IdentifiedBox {
  /** From 1. */
  readonly frame: number;
  /** Truth: 0 means "do not count", anything else (the format's files disagree: 1 or -1) counts. Detections: a score. */
  readonly confidence: number;
  /** Place in the world, where given; unit and origin are the data set's. Undefined where the file has -1, -1. */
  readonly world?: readonly [number, number];
}

/** @throws {SyntaxError} naming the first line that is not a row */
export function parseMot(text: string): MotRow[] {
  const rows: MotRow[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const fields = line.split(',').map(Number);
    const [frame, id, left, top, width, height, confidence = 1, x = -1, y = -1] = fields;
    const whole = [frame, id, left, top, width, height].every((v) => v !== undefined && Number.isFinite(v));
    if (!whole || !Number.isInteger(frame) || frame! < 1) {
      throw new SyntaxError(`Line ${index + 1} is not a MOTChallenge row: "${line}".`);
    }
    rows.push({
      frame: frame!,
      id: id!,
      box: [left!, top!, left! + width!, top! + height!],
      confidence,
      ...(x === -1 && y === -1 ? {} : { world: [x, y] as const }),
    });
  });
  return rows;
}

/**
 * Rows as a list of frames, those that do not count left out.
 * @param frames number of frames of the sequence; more than the last row's, when the end is empty
 */
export function toFrames(rows: readonly MotRow[], frames: number): MotRow[][] {
  const list: MotRow[][] = Array.from({ length: frames }, () => []);
  for (const row of rows) if (row.confidence !== 0) list[row.frame - 1]?.push(row);
  return list;
}
