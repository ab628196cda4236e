/**
 * Marks pictures that were made by iconising, so that the gate can distinguish them from any other object of the same
 * form. Only `iconise.ts` may call `seal`. The type's brand cannot be written by hand. The run-time mark is membership
 * in a set that only this module holds.
 */
declare const iconised: unique symbol;

/** Something that was made by iconising. */
export type Iconised<T extends object> = T & { readonly [iconised]: true };

const sealed = new WeakSet<object>();

/** Seals a picture record and freezes it. */
export function seal<T extends object>(picture: T): Iconised<T> {
  sealed.add(Object.freeze(picture));
  return picture as Iconised<T>;
}

/** Whether this very object was sealed; a copy is not. */
export const isSealed = (picture: object): boolean => sealed.has(picture);
