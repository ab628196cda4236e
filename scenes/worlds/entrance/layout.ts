/** The doorway of the shop; metres. */
export const DOOR = { z: -2.2, half: 1.45, height: 2.45 };
