/**
 * Takes every step, one after the other, even after one that failed: what destroys must not end at the first thing that could
 * not be destroyed.
 * @throws what the first failed step threw, after the last step
 */
export async function eachStep(...steps: readonly (() => void | Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
