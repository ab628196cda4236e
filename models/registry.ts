/**
 * Model cards: what a model is, what it takes and gives, where it comes from and under which terms.
 *
 * `models/cards/*.json` holds what a person knows; `npm run models` adds what the graph itself says (files, hashes,
 * parameters, MACs, peak activation bytes) and writes `public/models/registry.json`, which the site reads.
 */
import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Decoder families; one decoder each under `workers/inference/decoders`. */
export const FAMILIES = [
  'centernet',
  'yolox',
  'nanodet',
  'fastestdet',
  'blazeface',
  'yunet',
  'rfb',
  'mediapipe-face',
  'mediapipe-segmenter',
  'faceres',
  'movenet',
  'osnet',
] as const;
export type Family = (typeof FAMILIES)[number];

export const TASKS = [
  'objects',
  'faces',
  'face-attributes',
  'face-descriptor',
  'pose',
  'segmentation',
  'person-descriptor',
] as const;

/** How a picture becomes the model's input. The shipped graphs take RGBA bytes; this says what happens inside. */
export const InputContract = v.strictObject({
  width: whole,
  height: whole,
  /** Sides may be any multiple of this, if the graph is free of fixed sizes. */
  multipleOf: v.optional(whole),
  fit: v.picklist(['letterbox', 'stretch']),
  /** Where the letterboxed picture sits: `centre` or `top-left`. */
  align: v.optional(v.picklist(['centre', 'top-left']), 'top-left'),
  /** Grey level of the letterbox border, 0..255. */
  pad: v.optional(whole, 0),
  /** What the original graph wants; the wrapper in the graph turns RGBA bytes into it: (x - mean) / std. */
  channels: v.picklist(['rgb', 'bgr']),
  mean: v.tuple([v.number(), v.number(), v.number()]),
  std: v.tuple([v.number(), v.number(), v.number()]),
});

/** What a person writes into `models/cards/<id>.json`. */
export const Card = v.strictObject({
  id,
  title: v.string(),
  task: v.picklist(TASKS),
  family: v.picklist(FAMILIES),
  engine: v.picklist(['ort', 'mediapipe']),
  tier: v.picklist(['carried', 'own', 'optional']),
  input: InputContract,
  classes: v.array(v.string()),
  thresholds: v.optional(v.strictObject({ score: v.number(), nms: v.number() })),
  /** carried: npm package, version and file; own: path in this repo; optional: pinned URL. */
  source: v.strictObject({
    package: v.optional(v.string()),
    url: v.optional(v.pipe(v.string(), v.url())),
    file: v.string(),
    sha256: v.optional(sha256),
    bytes: v.optional(whole),
  }),
  licence: v.string(),
  copyright: v.string(),
  trainedOn: v.string(),
  limits: v.array(v.string()),
});
export type Card = v.InferOutput<typeof Card>;

/** What the build adds, computed from the graph. */
export const CardFacts = v.strictObject({
  /** Path below `public/`, with size and hash of the very bytes that are served. */
  url: v.string(),
  bytes: whole,
  sha256,
  precision: v.picklist(['fp32', 'fp16', 'int8', 'mixed']),
  parameters: whole,
  /** Multiply-accumulates of one run at the card's input size. */
  macs: whole,
  /** The most bytes of activations alive at once, by liveness over the execution order, at fp32. */
  peakActivationBytes: whole,
  operators: v.record(v.string(), whole),
  opset: whole,
});
export type CardFacts = v.InferOutput<typeof CardFacts>;

export const RegistryEntry = v.strictObject({ ...Card.entries, facts: v.optional(CardFacts) });
export type RegistryEntry = v.InferOutput<typeof RegistryEntry>;

/** `public/models/registry.json`. Optional models that are not installed have no `facts`. */
export const Registry = v.strictObject({ version: v.literal(1), models: v.array(RegistryEntry) });
export type Registry = v.InferOutput<typeof Registry>;
