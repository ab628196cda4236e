/** A text that says its own size. */

/** Rounds of the search; the size settles as soon as its number of digits does. */
const MAX_ROUNDS = 8;

/**
 * @param write the text, given its size in UTF-8 bytes
 * @throws where the size does not settle, because the text depends on more of it than its digits
 */
export function sized(write: (fileSize: number) => string): string {
  let size = 0;
  for (let i = 0; i < MAX_ROUNDS; i++) {
    const text = write(size);
    const bytes = new TextEncoder().encode(text).length;
    if (bytes === size) return text;
    size = bytes;
  }
  throw new Error('the size of the text does not settle');
}
