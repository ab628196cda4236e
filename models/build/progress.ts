/** Shows how far a download is: one line that fills up on a terminal, a line for every quarter elsewhere. */
export function progressOf(
  name: string,
  out: { isTTY?: boolean; write(text: string): unknown },
): (loaded: number, total: number) => void {
  let shown = -1;
  return (loaded, total) => {
    const step = Math.floor((loaded / total) * (out.isTTY ? 100 : 4));
    if (step === shown) return;
    shown = step;
    const text = `${name}: ${megabytes(loaded)} of ${megabytes(total)} MB`;
    out.write(out.isTTY ? `\r${text}${loaded === total ? '\n' : ''}` : `${text}\n`);
  };
}

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
