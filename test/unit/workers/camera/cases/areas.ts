/** An area that covers the left half of the picture. */
export const LEFT_HALF = {
  id: 'left',
  points: [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ] as [number, number][],
};
