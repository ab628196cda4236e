/** Closed lists, short identifiers and bounded numbers of the contract. */
import * as v from 'valibot';

/** Roles of models. Each case names the roles it needs; no other model is loaded. */
export const ROLES = ['objects', 'faces', 'age', 'sex', 'face-descriptor', 'signs'] as const;
export type Role = (typeof ROLES)[number];
/** The model that works on what a role's model finds, and is loaded with it: the finder of signs needs the reader of kinds. */
export const COMPANIONS: Partial<Record<Role, string>> = { signs: 'sign-kinds' };

/** Where frames come from. */
export const SOURCE_KINDS = ['webcam', 'file', 'sample', 'pattern', 'scene', 'stills'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** What case 4 counts. A bicycle with its rider is one bicycle. */
export const KINDS = ['pedestrian', 'bicycle', 'motorcycle', 'car', 'bus', 'truck'] as const;
export type Kind = (typeof KINDS)[number];

/** A frame's way through the camera, in order; each stage is timed. */
export const STAGES = [
  'sense',
  'mask',
  'prepare',
  'infer',
  'track',
  'extract',
  'preview',
  'destroy',
  'report',
] as const;
export type Stage = (typeof STAGES)[number];

export const FAULTS = [
  'source-unreadable',
  'source-not-video',
  'source-container-unsupported',
  'source-no-index',
  'source-no-key-picture',
  'source-no-video-track',
  'source-codec-unsupported',
  'source-truncated',
  'source-too-large',
  'camera-denied',
  'camera-absent',
  'camera-busy',
  'camera-unplugged',
  'scene-unavailable',
  'scene-lost',
  'model-missing',
  'model-corrupt',
  'model-wrong-shape',
  'model-wrong-hash',
  'model-unsupported',
  'model-operator',
  'model-number-format',
  'model-external-data',
  'model-not-plain',
  'model-batch',
  'model-nan',
  'model-run-failed',
  'model-empty',
  'backend-unavailable',
  'gpu-lost',
  'memory-exhausted',
  'config-invalid',
  'line-too-short',
  'zone-too-small',
  'calibration-degenerate',
  'place-not-empty',
  'place-moving',
  'view-moved',
  'too-few-pictures',
  'disclosure-too-fine',
  'vault-unavailable',
  'vault-busy',
  'vault-newer',
  'vault-outdated',
  'vault-full',
  'vault-lost',
  'vault-closed',
  'vault-clock',
  'vault-damaged',
  'vault-no-room',
  'gate-refused',
  'internal',
] as const;
export type FaultCode = (typeof FAULTS)[number];

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
export const unit = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
/** Identifier chosen by the page (a line, a zone, a mask). Short on purpose: it cannot smuggle data. */
export const shortId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,16}$/));
/** Identifier of a model card. */
export const modelId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
/** Seconds of source time since its start, to a tenth: finer time stamps would only help to re-identify. */
export const sourceTime = v.pipe(
  amount,
  v.check((s) => Math.abs(s * 10 - Math.round(s * 10)) < 1e-6, 'tenths'),
);
