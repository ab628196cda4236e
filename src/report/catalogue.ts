/** The eleven items of the catalogue, in the terms of seed 000; what the operator has not stated is null. */
import type { DataSet } from '../cases/shared/data-set.ts';

export interface Catalogue {
  readonly dataset: {
    readonly name: string;
    readonly title: string;
    readonly creator: string | null;
    readonly tags: readonly string[];
    readonly releaseDate: string;
  };
  readonly resource: {
    readonly title: string;
    readonly url: string | null;
    readonly description: string;
    /** Bytes; null before the file is written. */
    readonly fileSize: number | null;
    readonly license: string | null;
    readonly language: string;
  };
}

/** @param fileSize bytes of the resource that the entry is about, once it is known */
export const catalogueOf = (set: DataSet, fileSize: number | null = null): Catalogue => ({
  dataset: {
    name: set.name,
    title: set.title,
    creator: set.creator || null,
    tags: set.tags,
    releaseDate: set.releaseDate,
  },
  resource: {
    title: set.title,
    url: set.url || null,
    description: set.description,
    fileSize,
    license: set.licence || null,
    language: set.language,
  },
});
