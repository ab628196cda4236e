/** What of a clip's frame a detector can find by its truth, and what it is fair to ask it for. */
import { clip as cut } from '../../scenes/truth/boxes.ts';
import type { Box, FrameObject, Part, Truth } from '../../scenes/truth/schema.ts';
import type { MetricBox } from './metrics/frames.ts';
import type { Findable } from './metrics/readable.ts';

/** What is looked for, as detectors call it. */
export const SUBJECTS = ['person', 'bicycle', 'car', 'face'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Height of the box (of bicycles its longer side) in pixels of the clip, from which on it is asked for. */
const MIN_SIDE: Readonly<Record<Subject, number>> = { person: 60, bicycle: 70, car: 60, face: 40 };
/** Hidden share up to which it is asked for; whether a face is open is part of the truth. */
const MAX_HIDDEN: Readonly<Record<Subject, number>> = { person: 0.1, bicycle: 0.3, car: 0.3, face: 1 };

/** Largest sizes, pixels. */
export type Sizes = Partial<Record<Subject, number>>;

/** What counts as the size of a box, pixels. */
export const sizeOf = (subject: Subject, [x0, y0, x1, y1]: MetricBox): number =>
  subject === 'bicycle' ? Math.max(x1 - x0, y1 - y0) : y1 - y0;

/** @param most sizes above which nothing is asked for; none by default */
export function isAskedSize(subject: Subject, box: MetricBox, max: Sizes = {}): boolean {
  const size = sizeOf(subject, box);
  return size >= MIN_SIDE[subject] && size <= (max[subject] ?? Infinity);
}

/** What a detector of this subject frames of an object: of riders the rider alone, of bicycles the machine alone. */
function framedPart(kind: string | undefined, object: FrameObject, subject: Subject): Part | undefined {
  if (subject === 'person' && object.parts) return object.parts.rider;
  if (subject === 'bicycle') return kind === 'bicycle' ? object.parts?.vehicle : undefined;
  return kind === (subject === 'person' ? 'pedestrian' : subject) ? object : undefined;
}

/** Everything of one subject that can be seen in a frame. */
export function findables(
  { objects, width, height }: Truth,
  frame: Truth['frames'][number],
  subject: Subject,
): Findable[] {
  const kinds = new Map(objects.map(({ id, kind }) => [id, kind]));
  const inside = ([x0, y0, x1, y1]: Box) => x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height;
  return frame.objects.flatMap((object): Findable[] => {
    const { face } = object;
    if (subject === 'face')
      return face ? [{ boxes: [face.box], asked: face.seen && isAskedSize(subject, face.box) }] : [];
    const part = framedPart(kinds.get(object.id), object, subject);
    const whole = part?.seen && cut(part.box, width, height);
    if (!part?.seen || !whole) return [];
    // Riders show less than a whole person: they are not expected, but a detection of one is not an error.
    const fair = !(subject === 'person' && object.parts) && object.occlusion <= MAX_HIDDEN[subject];
    return [{ boxes: [whole, part.seen], asked: fair && isAskedSize(subject, part.box) && inside(part.box) }];
  });
}
