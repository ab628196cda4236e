/** TensorFlow.js as the reference: loading graphs, and writing small ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { GraphModelJson, RawAttribute, RawNode } from '../../../../models/tfjs/topology.ts';
import { PACKAGES, type Rgba } from '../tools.ts';

// Else every run begins with an advertisement for the native backend.
tf.env().set('IS_TEST', true);

export interface GraphFiles {
  json: GraphModelJson;
  weights: Uint8Array;
}

export async function loadGraph({ json, weights }: GraphFiles): Promise<tf.GraphModel> {
  return tf.loadGraphModel({
    load: async () => ({
      modelTopology: { versions: { producer: 1 }, ...json.modelTopology },
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights) as tf.io.WeightsManifestEntry[],
      weightData: new Uint8Array(weights).buffer,
    }),
  });
}

/** Runs named values of a graph on a picture; pictures among them come back channels first, as ONNX has them. */
export async function runGraph(
  graph: tf.GraphModel,
  picture: Rgba,
  prepare: (rgb: tf.Tensor4D) => tf.Tensor,
  names: string[],
): Promise<Float32Array[]> {
  const { width, height, data } = picture;
  const results = tf.tidy(() => {
    const rgba = tf.tensor4d(Float32Array.from(data), [1, height, width, 4]);
    const found = graph.execute(prepare(rgba.slice([0, 0, 0, 0], [1, height, width, 3])), names);
    return [found].flat().map((each) => (each.rank === 4 ? tf.transpose(each, [0, 3, 1, 2]) : each.clone()));
  });
  const values = await Promise.all(results.map(async (each) => Float32Array.from(await each.data())));
  tf.dispose(results);
  return values;
}

/** A model of @vladmandic/human. */
export function humanModel(name: string): GraphFiles {
  const path = join(PACKAGES, '@vladmandic', 'human', 'models', name);
  return {
    json: JSON.parse(readFileSync(`${path}.json`, 'utf8')) as GraphModelJson,
    weights: new Uint8Array(readFileSync(`${path}.bin`)),
  };
}

export interface SmallConstant {
  shape: number[];
  values: number[];
  type?: 'int32';
}

/** A graph as a TensorFlow exporter would write it. Attributes: numbers, strings (base64), flags and lists of them. */
export function smallGraph(
  picture: { height: number; width: number },
  constants: Record<string, SmallConstant>,
  nodes: { name: string; op: string; input: string[]; attr?: Record<string, unknown> }[],
): GraphFiles {
  const placeholder = {
    name: 'picture',
    op: 'Placeholder',
    attr: {
      dtype: { type: 'DT_FLOAT' },
      shape: { shape: { dim: [1, picture.height, picture.width, 3].map((size) => ({ size: `${size}` })) } },
    },
  };
  const entries = Object.entries(constants);
  const bytes = entries.flatMap(([, { values, type }]) => [
    ...new Uint8Array((type ? Int32Array.from(values) : Float32Array.from(values)).buffer),
  ]);
  return {
    json: {
      modelTopology: {
        node: [
          placeholder as unknown as RawNode,
          ...entries.map(([name, { type }]) => ({
            name,
            op: 'Const',
            attr: { dtype: { type: type ? 'DT_INT32' : 'DT_FLOAT' } } as unknown as Record<
              string,
              RawAttribute
            >,
          })),
          ...nodes.map(({ attr = {}, ...node }) => ({
            ...node,
            attr: Object.fromEntries(Object.entries(attr).map(([key, value]) => [key, rawAttribute(value)])),
          })),
        ],
      },
      weightsManifest: [
        {
          weights: entries.map(([name, { shape, type }]) => ({ name, shape, dtype: type ?? 'float32' })),
        },
      ],
    },
    weights: Uint8Array.from(bytes),
  };
}

function rawAttribute(value: unknown): RawAttribute {
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'string') return { s: btoa(value) };
  if (typeof value === 'number') return { i: `${value}` };
  const list = value as (string | number)[];
  return typeof list[0] === 'string'
    ? { list: { s: list.map((each) => btoa(String(each))) } }
    : { list: { i: list.map(String) } };
}
