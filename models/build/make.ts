/** From a card and its source files to the bytes that are served, with the facts computed from them. */
import { createHash } from 'node:crypto';
import { COCO_CLASSES } from '../coco.ts';
import { analyse } from '../onnx/analysis.ts';
import { readModel } from '../onnx/read.ts';
import { writeModel } from '../onnx/write.ts';
import type { CardFacts, Recipe } from '../registry.ts';
import { convert, type ConversionSpec } from '../tfjs/convert.ts';
import { INPUT } from '../tfjs/emit.ts';
import type { GraphModelJson } from '../tfjs/topology.ts';
import type { ProjectCard } from './cards.ts';

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
  return { bytes, facts: { ...identity(card, bytes), ...cost(card, bytes) } };
}

function served(card: ProjectCard, files: readonly Uint8Array[]): Uint8Array {
  const [first, second] = files;
  if (card.make.from === 'tfjs' && first && second) {
    const graph = JSON.parse(new TextDecoder().decode(first)) as GraphModelJson;
    return writeModel(convert(graph, second, specOf(card, card.make)));
  }
  throw new Error(`${card.id}: no way to make it from ${files.length} files`);
}

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

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function identity(card: ProjectCard, bytes: Uint8Array): Pick<CardFacts, 'url' | 'bytes' | 'sha256'> {
  return { url: `models/${card.id}.onnx`, bytes: bytes.length, sha256: sha256(bytes) };
}

function cost({ input }: ProjectCard, bytes: Uint8Array): Omit<CardFacts, 'url' | 'bytes' | 'sha256'> {
  return analyse(readModel(bytes), { [INPUT]: [1, input.height, input.width, 4] });
}
