/**
 * The age network of face-api: an Xception of .42 million parameters (Chollet, Xception: Deep Learning with Depthwise
 * Separable Convolutions, CVPR 2017; cut down by Vincent Mühler). 112 x 112 pixels in, years out.
 *
 * The network's second output, a sex, is left out: another network here reads sex better, and what is not needed is not
 * computed.
 */
import type { Ir } from '../tfjs/ir.ts';
import type { Constant } from '../tfjs/weights.ts';
import { Layers } from './layers.ts';

const MAIN_BLOCKS = 2;
const SEPARABLES = 3;

/** @throws {ConversionError} where the weights are not those of this network */
export function ageNetwork(weights: ReadonlyMap<string, Constant>): Ir {
  const layers = new Layers(weights);

  const separable = (x: string, name: string) =>
    layers.conv(layers.conv(x, { kernel: `${name}/depthwise_filter`, depthwise: true }), {
      kernel: `${name}/pointwise_filter`,
      bias: `${name}/bias`,
    });

  /** Half the size: two separable convolutions, beside them one convolution that takes every second pixel. */
  const reduction = (x: string, name: string, first = x) => {
    const inner = layers.relu(separable(first, `${name}/separable_conv0`));
    const outer = separable(inner, `${name}/separable_conv1`);
    const short = layers.conv(x, {
      kernel: `${name}/expansion_conv/filters`,
      bias: `${name}/expansion_conv/bias`,
      stride: 2,
    });
    return layers.add(layers.pool(outer, 'max', 3, 2, 'same'), short);
  };

  const entry = layers.conv(layers.picture, {
    kernel: 'entry_flow/conv_in/filters',
    bias: 'entry_flow/conv_in/bias',
    stride: 2,
  });
  let x = reduction(layers.relu(entry), 'entry_flow/reduction_block_0');
  x = reduction(x, 'entry_flow/reduction_block_1', layers.relu(x));
  for (let block = 0; block < MAIN_BLOCKS; block++) {
    let inner = x;
    for (let i = 0; i < SEPARABLES; i++) {
      inner = separable(layers.relu(inner), `middle_flow/main_block_${block}/separable_conv${i}`);
    }
    x = layers.add(inner, x);
  }
  x = reduction(x, 'exit_flow/reduction_block', layers.relu(x));
  const features = layers.mean(layers.relu(separable(x, 'exit_flow/separable_conv')));
  layers.leaveOut('fc/gender/weights', 'fc/gender/bias');
  return layers.finish({ age: layers.dense(features, 'fc/age/weights', 'fc/age/bias') });
}
