/** Saves a text as a file for the visitor; the page makes it without a server. */
export function save(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click has started the download; the browser holds the content itself from here on.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
