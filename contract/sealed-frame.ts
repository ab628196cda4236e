/**
 * What crosses the border of the sealed frame besides the gate's records: the page hands parts in and asks whether the
 * frame is alive; the frame's own script says what it holds, and nothing else. Both sides check what arrives.
 */
import * as v from 'valibot';

/** Name of a part: of a closed list that is built into the frame's script. */
const partName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._/-]{0,95}$/));

/** The first message of the page, to the frame's window; the control port comes with it. */
export const Begin = v.strictObject({ incam: v.literal('begin') });
/** The first message of the frame, to the page's window. */
export const Ready = v.strictObject({ incam: v.literal('ready') });

const label = v.pipe(v.string(), v.maxLength(600));

/** What stands in the form for the vault's passphrase, in the visitor's language; the frame knows no language itself. */
export const PassphraseTexts = v.strictObject({
  language: v.pipe(v.string(), v.regex(/^[a-z]{2}$/)),
  title: label,
  introNew: label,
  introKnown: label,
  passphrase: label,
  again: label,
  show: label,
  create: label,
  open: label,
  cancel: label,
  working: label,
  wrong: label,
  tooShort: label,
  differ: label,
});
export type PassphraseTexts = v.InferOutput<typeof PassphraseTexts>;

/** What the page may tell the frame on the control port. */
export const FrameCommand = v.variant('do', [
  v.strictObject({ do: v.literal('hand'), name: partName, bytes: v.instance(ArrayBuffer) }),
  /** Starts the camera. With it comes the port of the gate's records. */
  v.strictObject({ do: v.literal('start') }),
  /** Starts the live scene. With it come the port of its records and the port of its pictures. */
  v.strictObject({ do: v.literal('scene') }),
  v.strictObject({ do: v.literal('end-scene') }),
  /** Opens case 3's vault on the device: the operator is asked for the passphrase, unless it is open already. */
  v.strictObject({ do: v.literal('unlock-vault'), texts: PassphraseTexts }),
  v.strictObject({ do: v.literal('lock-vault') }),
  v.strictObject({ do: v.literal('ping'), n: v.pipe(v.number(), v.integer()) }),
]);
export type FrameCommand = v.InferOutput<typeof FrameCommand>;

/** What the frame's own script may say on the control port: no text, no number that the page did not send first. */
export const FrameWord = v.variant('is', [
  v.strictObject({ is: v.literal('held'), name: partName }),
  /** The bytes are not those the site was built with; they were dropped unread. */
  v.strictObject({ is: v.literal('refused'), name: partName }),
  /** `camera`: whether the camera's worker has been heard of since the last answer. */
  v.strictObject({ is: v.literal('pong'), n: v.pipe(v.number(), v.integer()), camera: v.boolean() }),
  /** The operator is being asked for the passphrase: the frame must be seen, and take the keyboard. */
  v.strictObject({ is: v.literal('asking') }),
  /** Asked no more; why a vault is not open is told by the camera. */
  v.strictObject({ is: v.literal('asked') }),
  v.strictObject({ is: v.literal('crashed') }),
  v.strictObject({ is: v.literal('scene-crashed') }),
]);
export type FrameWord = v.InferOutput<typeof FrameWord>;
