/**
 * Model cards: what a model is, what it takes and gives, where it comes from and under which terms.
 *
 * `models/cards/*.json` holds what the author of a card knows; `npm run models` adds what the graph itself says (files,
 * hashes, parameters, MACs, peak activation bytes) and writes `public/models/registry.json`, which the site reads.
 */
import * as v from 'valibot';
import { PRECISIONS } from '../lib/onnx/parameters.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A path inside a package or folder: it cannot leave it. */
const relativePath = v.pipe(v.string(), v.regex(/^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/));
/** Shown to visitors, in the site's two complete languages. */
const text = v.strictObject({
  ja: v.pipe(v.string(), v.minLength(1)),
  en: v.pipe(v.string(), v.minLength(1)),
});
const triple = v.tuple([v.number(), v.number(), v.number()]);

/** Decoder families; one decoder each under `workers/camera/inference/decoders`. */
const FAMILIES = [
  'centernet',
  'yolox',
  'nanodet',
  'fastestdet',
  'blazeface',
  'yunet',
  'rfb',
  'mediapipe-face',
  'mediapipe-face-landmarks',
  'mediapipe-segmenter',
  'faceres',
  'tiny-xception',
  'dlib-resnet',
  'movenet',
  'osnet',
  'sign-finder',
  'sign-kinds',
] as const;
export type Family = (typeof FAMILIES)[number];

const TASKS = [
  'objects',
  'faces',
  'age',
  'sex',
  'face-descriptor',
  'face-landmarks',
  'pose',
  'segmentation',
  'person-descriptor',
  'signs',
  'sign-kinds',
] as const;

/** Networks whose weights are stored by name; each is written down under `models/weights`. */
const ARCHITECTURES = ['tiny-xception-age', 'dlib-resnet'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** How a picture becomes the model's input. The served graphs take RGBA bytes; this says what happens inside. */
export const InputContract = v.strictObject({
  /** The size the model is meant for, in pixels. */
  width: positive,
  height: positive,
  /** Sides may be any multiple of this, if the graph is free of fixed sizes. */
  multipleOf: v.optional(positive),
  fit: v.picklist(['letterbox', 'stretch']),
  /** Where the letterboxed picture sits. */
  align: v.optional(v.picklist(['centre', 'top-left']), 'top-left'),
  /** Grey level of the letterbox border, 0..255. */
  pad: v.optional(v.pipe(whole, v.maxValue(255)), 0),
  /** What the original graph wants, in its own channel order: (byte - mean) / std. */
  channels: v.picklist(['rgb', 'bgr']),
  mean: triple,
  std: v.pipe(
    triple,
    v.check((std) => std.every((each) => each > 0), 'std must be above 0'),
  ),
});
export type InputContract = v.InferOutput<typeof InputContract>;

/**
 * How the served file is made from the source. `tfjs`: converted; `picture` and the `value` of an output name values
 * of the TensorFlow graph, `classes` keeps only the channels of the card's own classes. `weights`: built from weights
 * stored by name and an architecture written in `models/weights`. `tflite`: given the metadata MediaPipe asks for. `onnx`:
 * wrapped so that it takes RGBA bytes. `copy`: as it is.
 */
const Recipe = v.variant('from', [
  v.strictObject({
    from: v.literal('tfjs'),
    picture: v.string(),
    outputs: v.record(
      v.string(),
      v.strictObject({ value: v.string(), classes: v.optional(v.literal('coco')) }),
    ),
  }),
  v.strictObject({ from: v.literal('weights'), architecture: v.picklist(ARCHITECTURES) }),
  v.strictObject({ from: v.literal('tflite'), metadata: v.picklist(['face-detector', 'segmenter']) }),
  v.strictObject({ from: v.literal('onnx') }),
  v.strictObject({ from: v.literal('copy') }),
]);
export type Recipe = v.InferOutput<typeof Recipe>;

const shared = {
  id,
  title: text,
  task: v.picklist(TASKS),
  /** The default among the models of its task. */
  preferred: v.optional(v.literal(true)),
  family: v.picklist(FAMILIES),
  engine: v.picklist(['ort', 'mediapipe']),
  input: InputContract,
  /** The graph's outputs, for the author of a decoder: shape and meaning by tensor name. */
  outputs: v.record(v.string(), v.string()),
  classes: v.array(v.string()),
  thresholds: v.optional(v.strictObject({ score: v.number(), nms: v.number() })),
  make: Recipe,
  licence: v.string(),
  copyright: v.string(),
  trainedOn: text,
  limits: v.array(text),
};

/** Weights shipped inside a pinned npm package, converted by `npm run models`. */
const CarriedCard = v.strictObject({
  ...shared,
  tier: v.literal('carried'),
  source: v.strictObject({
    package: v.string(),
    version: v.string(),
    /** Paths inside the package; for `tfjs` the graph, for `weights` the manifest, then the weights. */
    files: v.pipe(v.array(relativePath), v.minLength(1)),
    /** The source that the package's author states. */
    origin: v.pipe(v.string(), v.url()),
  }),
});

/** Trained by scripts of this repository and committed. */
const OwnCard = v.strictObject({
  ...shared,
  tier: v.literal('own'),
  source: v.strictObject({ file: relativePath }),
});

/** Fetched only on request. */
const OptionalCard = v.strictObject({
  ...shared,
  tier: v.literal('optional'),
  source: v.strictObject({
    /** Pinned to a commit or version, never to a branch. */
    url: v.pipe(v.string(), v.url(), v.startsWith('https://')),
    file: relativePath,
    sha256,
    bytes: positive,
  }),
});

/** A file that a visitor drops in; never part of the registry. */
const FileCard = v.strictObject({
  ...shared,
  tier: v.literal('file'),
  source: v.strictObject({ file: v.string() }),
});

/** The content of `models/cards/<id>.json`, written by hand. */
export const Card = v.variant('tier', [CarriedCard, OwnCard, OptionalCard, FileCard]);
export type Card = v.InferOutput<typeof Card>;
export type CarriedCard = v.InferOutput<typeof CarriedCard>;
export type OptionalCard = v.InferOutput<typeof OptionalCard>;

/** What the build adds, computed from the graph. */
export const CardFacts = v.strictObject({
  /** Path below `public/`, with size and hash of the served bytes. */
  url: relativePath,
  bytes: whole,
  sha256,
  precision: v.picklist([...PRECISIONS, 'mixed']),
  parameters: whole,
  /** Multiply-accumulates of one run at the card's input size. */
  macs: whole,
  /** The most bytes of activations alive at once, by liveness over the execution order, at fp32. */
  peakActivationBytes: whole,
  /** How often each operation runs for one picture. */
  operators: v.record(v.string(), whole),
  /** ONNX operator set; absent for other formats. */
  opset: v.optional(whole),
});
export type CardFacts = v.InferOutput<typeof CardFacts>;

const facts = { facts: v.optional(CardFacts) };
export const RegistryEntry = v.variant('tier', [
  v.strictObject({ ...CarriedCard.entries, ...facts }),
  v.strictObject({ ...OwnCard.entries, ...facts }),
  v.strictObject({ ...OptionalCard.entries, ...facts }),
]);
export type RegistryEntry = v.InferOutput<typeof RegistryEntry>;

/** `public/models/registry.json`. Optional models that are not installed have no `facts`. */
export const Registry = v.strictObject({ version: v.literal(1), models: v.array(RegistryEntry) });
export type Registry = v.InferOutput<typeof Registry>;
