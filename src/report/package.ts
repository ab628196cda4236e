/** A data set as one file: its tables in four formats, both catalogues, and the template of terms for handing it over. */
import { zipSync } from 'fflate';
import type { DataSet } from '../cases/shared/data-set.ts';
import { stampedName } from '../cases/shared/tables.ts';
import { toDataPackage } from './datapackage.ts';
import { toJsonLd } from './dcat.ts';
import { resourcesOf } from './resources.ts';

export interface PackageFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Files may not be older than the format knows. */
const FIRST_ZIP_YEAR = 1980;

/**
 * @param terms Markdown of the contract template, beside the data
 * @param now wall clock, milliseconds since 1970
 */
export async function packageOf(set: DataSet, terms: string, now: number): Promise<PackageFile> {
  const resources = await resourcesOf(set);
  const text = (content: string) => new TextEncoder().encode(content);
  const files = {
    'datapackage.json': text(toDataPackage(set, resources)),
    'catalogue.jsonld': text(toJsonLd(set, resources)),
    'terms.md': text(terms),
    ...Object.fromEntries(resources.map(({ path, content }) => [path, content])),
  };
  const mtime = new Date(Math.max(now, Date.UTC(FIRST_ZIP_YEAR, 0, 2)));
  return { name: stampedName(set.name, 'zip', now), content: zipSync(files, { mtime }) };
}
