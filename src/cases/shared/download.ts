/** Hands a file to the visitor; it is made on this page and goes through no server. */
export function save(name: string, content: string, type: string): void {
  hand(name, new Blob([content], { type: `${type};charset=utf-8` }));
}

/** The same for a file that is no text. */
export function saveBytes(name: string, content: Uint8Array, type: string): void {
  hand(name, new Blob([content as Uint8Array<ArrayBuffer>], { type }));
}

function hand(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click has started the download; the browser holds the content itself from here on.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
