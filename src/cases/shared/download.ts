/** Hands a text to the visitor as a file; it is made on this page and goes through no server. */
export function save(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click has started the download; the browser holds the content itself from here on.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
