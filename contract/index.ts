/**
 * The contract between the camera (this worker) and the outside world (the page).
 *
 * Everything that may leave the camera is a record described here, and nothing else is. The types used on both
 * sides are inferred from these schemas, `gate.ts` checks every record against them before it is posted, and the
 * page checks again on arrival. An unknown field is an error, never silently stripped: a pipeline that grows a new
 * field must grow it here, in review, first.
 *
 * No schema in this file admits an ArrayBuffer, a typed array, an ImageBitmap, a VideoFrame, a blob or free text.
 * Strings are members of closed lists or short identifiers that the page itself chose. The one exception is the
 * iconised picture of cases 5 and 6 (`picture.ts`), which the gate lets through only when it was sealed.
 */
export * from './api.ts';
export * from './cases/attributes.ts';
export * from './cases/counting.ts';
export * from './cases/crowding.ts';
export * from './cases/index.ts';
export * from './cases/repeat-visits.ts';
export * from './cases/streetscape.ts';
export * from './cases/trajectories.ts';
export * from './face-matching.ts';
export * from './commands.ts';
export * from './picture.ts';
export * from './records.ts';
export * from './shapes.ts';
export * from './enums.ts';
