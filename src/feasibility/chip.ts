/**
 * Camera chips as data: memory, operations, and published measurements.
 *
 * Every number names its source, an entry of the file's own `sources`, or is "unverified": common knowledge in the
 * trade, without a document read for it. A test checks this for every file.
 */
import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Shown to visitors, in the site's two complete languages. */
const bilingual = v.strictObject({ ja: text, en: text });

/** In place of a source: common knowledge in the trade, without a document read for it. */
export const UNVERIFIED = 'unverified';

const Amount = v.strictObject({ value: positive, source: text });
export type Amount = v.InferOutput<typeof Amount>;

const Sources = v.record(v.string(), v.strictObject({ title: text, url: v.pipe(v.string(), v.url()) }));

/** Kinds of operations, as data sheets speak of them; `families.ts` sorts ONNX's operations into them. */
export const FAMILIES = [
  'convolution',
  'deconvolution',
  'dense',
  'product',
  'pool',
  'arithmetic',
  'piecewise',
  'smooth',
  'normalisation',
  'resize',
  'arrangement',
  'reduction',
  'logic',
  'recurrent',
  'quantisation',
] as const;
export type Family = (typeof FAMILIES)[number];

const Precision = v.picklist(['int8', 'fp16', 'fp32']);
export type Precision = v.InferOutput<typeof Precision>;

/** One published figure: a known model took so long on this chip. */
const Measurement = v.strictObject({
  /** Key in `known-models.json`. */
  model: text,
  /** Milliseconds for one picture. */
  ms: positive,
  /** Input size in pixels where it is not the model's usual one. */
  width: v.optional(whole),
  height: v.optional(whole),
  /** Size of the quantised weights where the source states it. */
  weightBytes: v.optional(whole),
  source: text,
});
export type Measurement = v.InferOutput<typeof Measurement>;

export const Chip = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  /** Proper names, the same in every language. */
  name: text,
  maker: text,
  kind: v.picklist(['sensor', 'accelerator', 'soc', 'npu', 'mcu', 'cpu']),
  /** The measured device. */
  device: bilingual,
  note: bilingual,
  precision: v.strictObject({
    weights: v.pipe(v.array(Precision), v.minLength(1)),
    activations: v.pipe(v.array(Precision), v.minLength(1)),
    /** Precision of the measurements. */
    measured: v.picklist(['int8', 'fp32']),
    source: text,
  }),
  memory: v.strictObject({
    /** Bytes for weights alone, for activations alone, and for both in one. Absent: not published, or ample. */
    weights: v.optional(Amount),
    activations: v.optional(Amount),
    together: v.optional(Amount),
    /**
     * Treatment of weights beyond the memory: the model does not run, or the chip fetches them again for each picture.
     */
    excess: v.picklist(['refused', 'streamed']),
  }),
  operators: v.strictObject({
    families: v.array(v.picklist(FAMILIES)),
    /** ONNX operations that are not supported although their family is. */
    except: v.array(text),
    /** Kernel sides, where only some are supported. */
    kernels: v.optional(v.array(whole)),
    /** The longest side of a picture, in pixels. */
    largestSide: v.optional(whole),
    /** Where the unsupported operations run: on a processor beside the chip, or nowhere. */
    rest: v.picklist(['host', 'nowhere']),
    source: text,
  }),
  /** `latency`: one picture, from in to out. `throughput`: the inverse of pictures a second. */
  timing: v.picklist(['latency', 'throughput']),
  measurements: v.pipe(v.array(Measurement), v.minLength(1)),
  /** Tera-operations a second as the maker states them; shown, but not used in any computation. */
  tops: v.optional(Amount),
  watts: v.optional(Amount),
  sources: Sources,
});
export type Chip = v.InferOutput<typeof Chip>;

/** Commonly measured models, with their authors' figures. */
export const KnownModels = v.strictObject({
  sources: Sources,
  models: v.record(
    v.string(),
    v.strictObject({
      title: text,
      width: whole,
      height: whole,
      /** Multiply-accumulates of one run at this size. */
      macs: whole,
      parameters: whole,
      source: text,
    }),
  ),
});
export type KnownModels = v.InferOutput<typeof KnownModels>;
