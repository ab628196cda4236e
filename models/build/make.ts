/** From a card and its source files to the bytes that are served, with the facts computed from them. */
import * as v from 'valibot';
import { COCO_CLASSES } from '../coco.ts';
import { INPUT } from '../input.ts';
import { analyse } from '../../lib/onnx/analysis.ts';
import { readModel } from '../../lib/onnx/read.ts';
import { writeModel } from '../../lib/onnx/write.ts';
import { CardFacts, type Recipe } from '../registry.ts';
import { convert, type ConversionSpec } from '../tfjs/convert.ts';
import type { GraphModelJson } from '../tfjs/topology.ts';
import type { Manifest } from '../tfjs/weights.ts';
import { analyseTflite } from '../tflite/analysis.ts';
import { analyseBundle } from '../tflite/bundle.ts';
import { addMetadata } from '../tflite/metadata.ts';
import { buildFromWeights } from '../weights/convert.ts';
import { wrapFile } from '../wrap.ts';
import type { ProjectCard } from './cards.ts';
import { sha256 } from './files.ts';

export interface Made {
  bytes: Uint8Array;
  facts: CardFacts;
}

/**
 * @param files the source's files, in the card's order
 * @throws {ConversionError | OnnxError} where the source is not what the card says
 */
export function make(card: ProjectCard, files: readonly Uint8Array[]): Made {
  const bytes = served(card, files);
  // Parsing puts the fields into the schema's order, so that the registry is the same however they were found.
  return { bytes, facts: v.parse(CardFacts, { ...identity(card, bytes), ...cost(card, bytes) }) };
}

function served(card: ProjectCard, files: readonly Uint8Array[]): Uint8Array {
  const { make: recipe, input } = card;
  const [first, second] = files;
  if (!first) throw new Error(`${card.id}: no source`);
  switch (recipe.from) {
    case 'tfjs': {
      if (!second) throw new Error(`${card.id}: a graph without weights`);
      const graph = JSON.parse(new TextDecoder().decode(first)) as GraphModelJson;
      return writeModel(convert(graph, second, specOf(card, recipe)));
    }
    case 'weights': {
      if (!second) throw new Error(`${card.id}: a manifest without weights`);
      const manifest = JSON.parse(new TextDecoder().decode(first)) as Manifest;
      const { width, height } = input;
      const spec = { name: card.id, width, height, normalisation: input, architecture: recipe.architecture };
      return writeModel(buildFromWeights(manifest, second, spec));
    }
    case 'onnx':
      return wrapFile(first, input);
    case 'tflite':
      return addMetadata(first, {
        name: card.id,
        mean: input.mean[0],
        std: input.std[0],
        outputs: TFLITE_OUTPUTS[recipe.metadata],
      });
    case 'copy':
      return first;
  }
}

/** The outputs MediaPipe's tasks look for, in the order of the graph. */
const TFLITE_OUTPUTS = {
  'face-detector': [{ name: 'regressors' }, { name: 'classificators' }],
  segmenter: [{ name: 'segmentation_masks', labels: 'labels.txt' }],
};

function specOf(card: ProjectCard, recipe: Extract<Recipe, { from: 'tfjs' }>): ConversionSpec {
  const { width, height, multipleOf, channels, mean, std } = card.input;
  const kept = card.classes.map((label) => COCO_CLASSES.indexOf(label));
  if (kept.includes(-1) && Object.values(recipe.outputs).some((output) => output.classes)) {
    throw new Error(`${card.id}: classes that COCO does not have`);
  }
  const outputs = Object.entries(recipe.outputs).map(([name, { value, classes }]) => [
    name,
    { value, ...(classes && kept.length < COCO_CLASSES.length && { channels: kept }) },
  ]);
  return {
    name: card.id,
    picture: recipe.picture,
    outputs: Object.fromEntries(outputs),
    normalisation: { channels, mean, std },
    width,
    height,
    ...(multipleOf !== undefined && { multipleOf }),
  };
}

function identity(card: ProjectCard, bytes: Uint8Array): Pick<CardFacts, 'url' | 'bytes' | 'sha256'> {
  const url = `models/${card.id}.${formatOf(card)}`;
  return { url, bytes: bytes.length, sha256: sha256(bytes) };
}

/** What is served keeps the ending its engine knows it by. */
function formatOf({ make: { from }, source }: ProjectCard): 'onnx' | 'tflite' | 'task' {
  if (from === 'tfjs' || from === 'weights' || from === 'onnx') return 'onnx';
  return 'file' in source && source.file.endsWith('.task') ? 'task' : 'tflite';
}

function cost(card: ProjectCard, bytes: Uint8Array): Omit<CardFacts, 'url' | 'bytes' | 'sha256'> {
  const { width, height } = card.input;
  switch (formatOf(card)) {
    case 'onnx':
      return analyse(readModel(bytes), { [INPUT]: [1, height, width, 4] });
    case 'tflite':
      return analyseTflite(bytes);
    case 'task':
      return analyseBundle(bytes);
  }
}
