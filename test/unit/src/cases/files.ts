/** What tests of exported files share: the reader's texts, and how a table is read. */

/** A letter for each text, so that a test sees where it lands. */
export const FILE_TEXT = {
  title: 'T',
  description: 'D',
  retention: 'R',
  quality: 'Q',
  creator: 'C',
  url: 'U',
  licence: 'L',
  language: 'en',
};

/** The table of a CSV file, its head first, without the lines above it that say what the file is. */
export const tableOf = (csv: string): string[] =>
  csv.split('\r\n').filter((row) => row !== '' && !/^\uFEFF?"?#/.test(row));
