/** Where a case's pictures come from, as the visitor chose. */
import * as v from 'valibot';

export type SourceChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'webcam'; readonly deviceId: string }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'scene' };

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What every sample's description says; the rest is the case's own business. */
export const SampleFile = v.looseObject({ id: v.string(), file: v.string(), width: whole, height: whole });
export type SampleFile = v.InferOutput<typeof SampleFile>;

const FOLDER = 'samples/';

/** Path of the clip below the site's root. */
export const samplePath = (sample: Pick<SampleFile, 'file'>): string => FOLDER + sample.file;

/**
 * What is known of a sample clip beforehand.
 * @throws when the description cannot be had or does not fit
 */
export async function loadSample<S>(id: string, schema: v.GenericSchema<unknown, S>): Promise<S> {
  const answer = await fetch(`${FOLDER}${id}.json`);
  if (!answer.ok) throw new Error(`sample ${id}: ${answer.status}`);
  return v.parse(schema, await answer.json());
}

/** Identity of a source, under which what is drawn on it is remembered. */
export function sourceKey(choice: SourceChoice, sampleId: string): string {
  switch (choice.kind) {
    case 'sample':
      return `sample:${sampleId}`;
    case 'scene':
      return `scene:${sampleId}`;
    case 'webcam':
      return `webcam:${choice.deviceId}`;
    case 'file':
      return `file:${choice.file.name}:${choice.file.size}`;
    case 'pattern':
      return 'pattern';
  }
}
