/**
 * Which runtime is served beside the models, as `npm run models` writes it into `public/models/runtime.json`; every
 * benchmark report repeats it.
 */
import * as v from 'valibot';

/** `exchanged`: with the kernels of `models/runtime`; `published`: as its makers published it. */
export const KERNELS = ['exchanged', 'published'] as const;
export type Kernels = (typeof KERNELS)[number];

export const RUNTIME_FACTS = 'runtime.json';
export const RuntimeFacts = v.object({
  /** In the folder of the served models. */
  file: v.string(),
  /** Of onnxruntime-web. */
  version: v.string(),
  kernels: v.picklist(KERNELS),
});
export type RuntimeFacts = v.InferOutput<typeof RuntimeFacts>;

/**
 * What the site at `base` serves.
 * @param base address that ends with a slash; relative ones are the page's
 * @returns undefined where it does not say
 */
export async function fetchRuntimeFacts(base: string): Promise<RuntimeFacts | undefined> {
  try {
    const answer = await fetch(`${base}models/${RUNTIME_FACTS}`);
    const parsed = v.safeParse(RuntimeFacts, answer.ok ? await answer.json() : undefined);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
