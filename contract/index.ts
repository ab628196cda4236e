/**
 * The contract between the camera (a worker) and the outside world (the page).
 *
 * Only records described here may leave the camera. Both sides infer their types from these schemas. `gate.ts` checks
 * every record against them before it is posted, and the page checks it again on arrival. An unknown field is an error,
 * never silently stripped: a pipeline that adds a field must first add it here, in review.
 *
 * No schema in this file admits an ArrayBuffer, a typed array, an ImageBitmap, a VideoFrame, a blob or free text.
 * Strings are members of closed lists or short identifiers that the page itself chose. The one exception is the
 * iconised picture of cases 5 and 6 (`picture.ts`), which the gate passes only with its seal.
 */
export * from './api.ts';
export * from './cases/attributes.ts';
export * from './cases/counting.ts';
export * from './cases/crowding.ts';
export * from './cases/index.ts';
export * from './cases/repeat-visits.ts';
export * from './signs.ts';
export * from './cases/streetscape.ts';
export * from './cases/trajectories.ts';
export * from './disclosure-terms.ts';
export * from './disclosure.ts';
export * from './face-matching.ts';
export * from './commands.ts';
export * from './picture.ts';
export * from './records.ts';
export * from './shapes.ts';
export * from './enums.ts';
