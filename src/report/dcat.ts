/**
 * The data set as JSON-LD in the manner of DCAT-AP 3: a catalogue with one data set and a distribution for each file. The
 * context is written out, so that reading it asks no server.
 */
import type { DataSet } from '../cases/shared/data-set.ts';
import type { Resource } from './resources.ts';

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  dqv: 'http://www.w3.org/ns/dqv#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  locn: 'http://www.w3.org/ns/locn#',
  prov: 'http://www.w3.org/ns/prov#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

const LANGUAGES: Readonly<Record<string, string>> = { ja: 'JPN', en: 'ENG', zh: 'ZHO', ko: 'KOR' };
const languageOf = (tag: string) => ({
  '@id': `http://publications.europa.eu/resource/authority/language/${LANGUAGES[tag] ?? 'MUL'}`,
});

const typed = (value: string | number, type: string) => ({ '@value': String(value), '@type': `xsd:${type}` });

export function toJsonLd(set: DataSet, resources: readonly Resource[]): string {
  const say = (value: string) => ({ '@value': value, '@language': set.language });
  const agent = { '@type': 'foaf:Agent', 'foaf:name': say(set.creator || 'not stated') };
  const licence = set.licence
    ? { 'dct:license': { '@type': 'dct:LicenseDocument', 'dct:title': say(set.licence) } }
    : {};
  const dataset = {
    '@id': `#${set.name}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': set.name,
    'dct:title': say(set.title),
    'dct:description': say(set.description),
    'dct:creator': agent,
    'dct:publisher': agent,
    'dct:issued': typed(set.releaseDate, 'dateTime'),
    'dct:language': languageOf(set.language),
    'dcat:keyword': set.tags.map((tag) => ({ '@value': tag, '@language': 'en' })),
    ...(set.url && { 'dcat:landingPage': { '@id': set.url, '@type': 'foaf:Document' } }),
    ...(set.period && {
      'dct:temporal': {
        '@type': 'dct:PeriodOfTime',
        'dcat:startDate': typed(set.period.from, 'dateTime'),
        'dcat:endDate': typed(set.period.to, 'dateTime'),
      },
    }),
    ...(set.place && {
      'dct:spatial': {
        '@type': 'dct:Location',
        'dcat:centroid': {
          '@value': `POINT(${set.place.lon} ${set.place.lat})`,
          '@type': 'http://www.opengis.net/ont/geosparql#wktLiteral',
        },
      },
    }),
    'dct:provenance': { '@type': 'dct:ProvenanceStatement', 'skos:prefLabel': say(set.retention) },
    'dqv:hasQualityAnnotation': {
      '@type': 'dqv:QualityAnnotation',
      'skos:note': say(set.quality.description),
    },
    'dqv:hasQualityMeasurement': set.quality.figures.map(({ name, value, source }) => ({
      '@type': 'dqv:QualityMeasurement',
      'dqv:value': typed(value, 'decimal'),
      'skos:prefLabel': { '@value': name, '@language': 'en' },
      'prov:wasGeneratedBy': {
        '@type': 'prov:Activity',
        'skos:prefLabel': { '@value': source, '@language': 'en' },
      },
    })),
    'dcat:distribution': resources.map(({ path, format, mediaType, table, content, sha256 }) => ({
      '@id': path,
      '@type': 'dcat:Distribution',
      'dct:title': say(table ? `${set.title} (${table.name})` : set.title),
      'dct:description': say(set.description),
      'dcat:accessURL': { '@id': set.url || path },
      'dcat:downloadURL': { '@id': path },
      'dcat:byteSize': typed(content.length, 'nonNegativeInteger'),
      'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${mediaType}` },
      'dct:format': { '@type': 'dct:MediaTypeOrExtent', 'skos:notation': format },
      'dct:language': languageOf(set.language),
      'spdx:checksum': {
        '@type': 'spdx:Checksum',
        'spdx:algorithm': { '@id': 'http://spdx.org/rdf/terms#checksumAlgorithm_sha256' },
        'spdx:checksumValue': typed(sha256, 'hexBinary'),
      },
      ...licence,
    })),
  };
  return `${JSON.stringify(
    {
      '@context': CONTEXT,
      '@id': '#catalogue',
      '@type': 'dcat:Catalog',
      'dct:title': say(set.title),
      'dct:description': say(set.description),
      'dct:publisher': agent,
      'dct:issued': typed(set.releaseDate, 'dateTime'),
      'dct:language': languageOf(set.language),
      ...licence,
      'dcat:dataset': dataset,
    },
    null,
    2,
  )}\n`;
}
