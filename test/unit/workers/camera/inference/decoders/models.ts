/** Real models as the camera runs them, but natively: with the project's own cards, wrapped, in the engine's own code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Card, Registry } from '../../../../../../models/registry.ts';
import { wrapFile } from '../../../../../../models/wrap.ts';
import { createDetector } from '../../../../../../workers/camera/inference/detector.ts';
import type { Detector } from '../../../../../../workers/camera/inference/engine.ts';
import { createOrtEngine } from '../../../../../../workers/camera/inference/ort.ts';
import { nativeRuntime } from '../native.ts';
import { SHARED } from '../pictures.ts';

const ROOT = join(import.meta.dirname, '../../../../../..');
const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const cardOf = (id: string) => v.parse(Card, json(`models/cards/${id}.json`));

async function detectorOf(card: Card, weights: Uint8Array, size: { width: number; height: number }) {
  const { width, height } = size;
  const engine = await createOrtEngine(nativeRuntime(), { model: card.id, weights, width, height });
  return createDetector(card, engine);
}

/** A model that `npm run models` has made. */
export function carriedDetector(id: string, size: { width: number; height: number }): Promise<Detector> {
  const { models } = v.parse(Registry, json('public/models/registry.json'));
  const model = models.find((each) => each.id === id);
  if (!model?.facts) throw new Error(`${id} is not made; run: npm run models`);
  return detectorOf(cardOf(id), readFileSync(join(ROOT, 'public', model.facts.url)), size);
}

/** Where the file of an optional model is looked for, below ../shared. */
export function optionalFile(id: string): string {
  const { source } = cardOf(id);
  return `models/onnx/${'file' in source ? source.file : ''}`;
}

/** A model whose file lies beside the repository. */
export function optionalDetector(id: string, size?: { width: number; height: number }): Promise<Detector> {
  const card = cardOf(id);
  const weights = wrapFile(readFileSync(join(SHARED, optionalFile(id))), card.input);
  return detectorOf(card, weights, size ?? card.input);
}
