/**
 * Name of the one input of every served ONNX graph: uint8 [1, height, width, 4], RGBA row by row, alpha 255. Graphs
 * that take pictures of several sizes call the two sides `height` and `width`.
 */
export const INPUT = 'input';
