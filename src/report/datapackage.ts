/** `datapackage.json` after Frictionless Data Package 1 (specs.frictionlessdata.io), which version 2 still reads. */
import type { ColumnType, DataSet, Table } from '../cases/shared/data-set.ts';
import type { Resource } from './resources.ts';

const FIELD_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  datetime: 'datetime',
};

const schemaOf = ({ columns }: Table) => ({
  fields: columns.map(({ name, type, description }) => ({ name, type: FIELD_TYPES[type], description })),
  missingValues: [''],
});

/** Names in a package are lower case letters, digits and `-_.`. */
const nameOf = (path: string): string => path.replace(/^data\//, '').replace(/[^a-z0-9._-]/g, '-');

/** A licence by its name in the list of SPDX where it is one, else in the operator's words. */
const licencesOf = (licence: string) =>
  /^[A-Za-z0-9.+-]+$/.test(licence)
    ? [{ name: licence, title: licence }]
    : [
        {
          name: licence.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || 'other',
          title: licence,
        },
      ];

export function toDataPackage(set: DataSet, resources: readonly Resource[]): string {
  const licences = set.licence ? { licenses: licencesOf(set.licence) } : {};
  return `${JSON.stringify(
    {
      profile: 'data-package',
      name: set.name,
      title: set.title,
      description: set.description,
      created: set.releaseDate,
      keywords: set.tags,
      ...(set.url && { homepage: set.url }),
      ...(set.creator && { contributors: [{ title: set.creator, role: 'publisher' }] }),
      ...licences,
      language: set.language,
      quality: set.quality,
      retention: set.retention,
      ...(set.undeliverable && { undeliverable: set.undeliverable }),
      ...(set.period && { temporal: set.period }),
      resources: resources.map(({ path, format, mediaType, table, content, sha256 }) => ({
        name: nameOf(path),
        path,
        title: table ? `${set.title} (${table.name})` : set.title,
        description: set.description,
        format,
        mediatype: mediaType,
        encoding: 'utf-8',
        bytes: content.length,
        hash: `sha256:${sha256}`,
        ...licences,
        language: set.language,
        ...(table && format === 'csv' && { profile: 'tabular-data-resource', schema: schemaOf(table) }),
      })),
    },
    null,
    2,
  )}\n`;
}
