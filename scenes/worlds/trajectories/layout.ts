/** Furniture of the shop: centres and sizes in metres, for the set and for the visitors' paths. */
export interface Furniture {
  x: number;
  z: number;
  /** Along x and z. */
  width: number;
  depth: number;
  height: number;
}

/** Shelves in the room (along z), then those along the walls. */
export const SHELVES: readonly Furniture[] = [
  ...[-2.6, 0, 2.6].map((x) => ({ x, z: -2.4, width: 0.9, depth: 2.6, height: 1.55 })),
  ...[-6, -3.9, -1.8, 0.3, 2.4, 4.5, 6.5].map((x) => ({ x, z: -5.9, width: 2, depth: 0.7, height: 2.1 })),
  ...[-1, 1].map((side) => ({ x: side * 5.6, z: -2.3, width: 0.7, depth: 5, height: 1.9 })),
];
export const COUNTER: Furniture = { x: 4.3, z: 3, width: 2.6, depth: 0.7, height: 1 };
export const ISLAND: Furniture = { x: -3.6, z: 2.4, width: 1.2, depth: 1.2, height: 0.8 };
export const ROOM = { x: 6, back: -6.3, front: 8, height: 3.15 };
