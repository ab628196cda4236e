/** Resolves in a later task, so that messages from the page are heard in between. */
export function yieldTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { postTask?(work: () => void): Promise<void> } };
  return scheduler?.postTask?.(() => {}) ?? new Promise((resolve) => setTimeout(resolve));
}
