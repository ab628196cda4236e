/**
 * dlib's face recognition network as face-api carries it: a residual network of 29 convolutions and 5.6 million parameters
 * (He et al., Deep Residual Learning, CVPR 2016; cut down and trained by Davis King). 150 x 150 pixels in, 128 numbers
 * out, compared by distance; scaled to length 1 by their cosine.
 */
import type { Ir } from '../tfjs/ir.ts';
import type { Constant } from '../tfjs/weights.ts';
import { Layers } from './layers.ts';

/** Pixels that the network is made for. */
const SIDE = 150;

interface Picture {
  readonly value: string;
  readonly side: number;
  readonly channels: number;
}

/** By their name: how many channels, and how many blocks follow the one that halves the size. */
const STAGES = [
  { name: 'conv64', channels: 64, blocks: 3 },
  { name: 'conv128', channels: 128, blocks: 2 },
  { name: 'conv256', channels: 256, blocks: 2 },
] as const;

/** Windows of three, two apart, without a border. */
const halved = (side: number) => Math.floor((side - 3) / 2) + 1;

/** @throws {ConversionError} where the weights are not those of this network */
export function faceDescriptorNetwork(weights: ReadonlyMap<string, Constant>): Ir {
  const layers = new Layers(weights);

  /** A convolution, then a factor and a summand a channel. */
  const conv = (x: string, name: string, halves = false) =>
    layers.conv(x, {
      kernel: `${name}/conv/filters`,
      bias: `${name}/conv/bias`,
      scale: { factors: `${name}/scale/weights`, summands: `${name}/scale/biases` },
      ...(halves && { stride: 2, padding: 'valid' }),
    });

  const block = ({ value, ...size }: Picture, name: string): Picture => {
    const inner = layers.relu(conv(value, `${name}/conv1`));
    return { ...size, value: layers.relu(layers.add(conv(inner, `${name}/conv2`), value)) };
  };

  /**
   * Half the size. The way round it takes means of two by two pixels; where the two ways differ in size or in channels,
   * zeros fill up the smaller one.
   */
  const halving = ({ value, side, channels }: Picture, name: string, more: number): Picture => {
    const inner = layers.relu(conv(value, `${name}/conv1`, true));
    const short = Math.floor(side / 2);
    const lacking = short - halved(side);
    const through = layers.zeros(conv(inner, `${name}/conv2`), { rows: lacking, columns: lacking });
    const round = layers.zeros(layers.pool(value, 'average', 2, 2, 'valid'), { channels: more - channels });
    return { value: layers.relu(layers.add(round, through)), side: short, channels: more };
  };

  const first = layers.relu(conv(layers.picture, 'conv32_down', true));
  let x: Picture = {
    value: layers.pool(first, 'max', 3, 2, 'valid'),
    // The first kernel is seven pixels wide.
    side: halved(Math.floor((SIDE - 7) / 2) + 1),
    channels: 32,
  };
  for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) x = block(x, name);
  for (const { name, channels, blocks } of STAGES) {
    x = halving(x, `${name}_down`, channels);
    for (let i = 1; i <= blocks; i++) x = block(x, `${name}_${i}`);
  }
  x = halving(x, 'conv256_down_out', x.channels);
  return layers.finish({ desc: layers.dense(layers.mean(x.value), 'fc') });
}
