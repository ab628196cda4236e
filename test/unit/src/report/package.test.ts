import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { unzipSync } from 'fflate';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../../../src/report/catalogue.ts';
import { packageOf } from '../../../../src/report/package.ts';
import { sized } from '../../../../src/cases/shared/sized.ts';
import type { DataSet } from '../../../../src/cases/shared/data-set.ts';
import { SET, UNSTATED } from './data-set.ts';

/** Frictionless' own library, which carries the schemas they publish. */
const { Package, Profile } = createRequire(import.meta.url)('datapackage') as {
  Package: {
    load(
      descriptor: unknown,
    ): Promise<{ valid: boolean; errors: unknown[]; resources: { valid: boolean; errors: unknown[] }[] }>;
  };
  Profile: {
    load(name: string): Promise<{ validate(descriptor: unknown): { valid: boolean; errors: unknown[] } }>;
  };
};

const NOW = Date.UTC(2026, 11, 1);
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

async function unpacked(set: DataSet) {
  const { name, content } = await packageOf(set, '# terms', NOW);
  return { name, files: unzipSync(content) };
}

describe('a data package', () => {
  it('holds each table in four formats, two catalogues and the terms', async () => {
    const { name, files } = await unpacked(SET);
    expect(name).toMatch(/^incam-counting-2026\d{4}-\d{6}\.zip$/);
    expect(Object.keys(files).sort()).toEqual([
      'catalogue.jsonld',
      'data/crossings.csv',
      'data/crossings.parquet',
      'data/incam-counting.geojson',
      'data/incam-counting.json',
      'datapackage.json',
      'terms.md',
    ]);
  });

  it.each([
    ['all stated', SET],
    ['nothing stated', UNSTATED],
  ])('is valid by the schemas that Frictionless publishes: %s', async (_, set) => {
    const { files } = await unpacked(set);
    const descriptor = JSON.parse(text(files['datapackage.json']));
    const profile = await Profile.load('data-package');
    expect(profile.validate(descriptor)).toEqual({ valid: true, errors: [] });
    const loaded = await Package.load(descriptor);
    expect(loaded.errors).toEqual([]);
    for (const resource of loaded.resources) expect(resource.errors).toEqual([]);
    // The schema does refuse what is none.
    expect(profile.validate({ ...descriptor, resources: [] }).valid).toBe(false);
  });

  it('says of each file its true size and hash', async () => {
    const { files } = await unpacked(SET);
    const { resources } = JSON.parse(text(files['datapackage.json']));
    expect(resources).toHaveLength(4);
    for (const { path, bytes, hash } of resources) {
      expect(bytes, path).toBe(files[path]!.length);
      expect(hash, path).toBe(`sha256:${createHash('sha256').update(files[path]!).digest('hex')}`);
    }
  });

  it('has the eleven items in both catalogues and in the JSON and GeoJSON files, with their own size', async () => {
    const { files } = await unpacked(SET);
    for (const path of ['data/incam-counting.json', 'data/incam-counting.geojson']) {
      const content = JSON.parse(text(files[path]));
      const entry = content.catalogue ?? content;
      expect({ dataset: entry.dataset, resource: entry.resource }).toEqual(
        catalogueOf(SET, files[path]!.length),
      );
    }
    expect(Object.keys({ ...catalogueOf(SET).dataset, ...catalogueOf(SET).resource })).toHaveLength(10);
    const entry = catalogueOf(SET, 1);
    expect([...Object.keys(entry.dataset), ...Object.keys(entry.resource)]).toEqual([
      'name',
      'title',
      'creator',
      'tags',
      'releaseDate',
      'title',
      'url',
      'description',
      'fileSize',
      'license',
      'language',
    ]);
  });

  it('leaves null what the operator has not stated', () => {
    const { dataset, resource } = catalogueOf(UNSTATED);
    expect([dataset.creator, resource.url, resource.license]).toEqual([null, null, null]);
  });

  it('is read back from CSV and Parquet as it was', async () => {
    const { files } = await unpacked(SET);
    expect(text(files['data/crossings.csv'])).toBe(
      'run,run_started_at,time_s,line,speed_kmh\r\n' +
        `1,2026-11-30T00:00:00.000Z,1.5,"'=HYPERLINK(""x"")",4.2\r\n` +
        '1,2026-11-30T00:00:00.000Z,2,"線, ""1""",\r\n',
    );
    const bytes = files['data/crossings.parquet']!;
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toEqual([
      {
        run: 1,
        run_started_at: new Date('2026-11-30T00:00:00Z'),
        time_s: 1.5,
        line: '=HYPERLINK("x")',
        speed_kmh: 4.2,
      },
      {
        run: 1,
        run_started_at: new Date('2026-11-30T00:00:00Z'),
        time_s: 2,
        line: '線, "1"',
        speed_kmh: null,
      },
    ]);
    const kept = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'catalogue')?.value;
    expect(JSON.parse(kept ?? '')).toEqual(catalogueOf(SET));
  });

  it('puts rows where the camera is, as GeoJSON has it: longitude first', async () => {
    const { files } = await unpacked(SET);
    const { type, features } = JSON.parse(text(files['data/incam-counting.geojson']));
    expect(type).toBe('FeatureCollection');
    expect(features).toHaveLength(2);
    expect(features[0].geometry).toEqual({ type: 'Point', coordinates: [139.767, 35.681] });
    const nowhere = JSON.parse(text((await unpacked(UNSTATED)).files['data/incam-counting.geojson']));
    expect(nowhere.features[0].geometry).toBeNull();
  });
});

describe('the JSON-LD catalogue', () => {
  const DCAT = 'http://www.w3.org/ns/dcat#';
  const DCT = 'http://purl.org/dc/terms/';
  type Node = Record<string, { [key: string]: unknown }[]>;

  /** Safe mode: a term that means nothing is an error, and is not left out silently. */
  const expand = async (set: DataSet): Promise<Node> => {
    const { files } = await unpacked(set);
    const [catalogue] = await jsonld.expand(JSON.parse(text(files['catalogue.jsonld'])), {
      base: 'https://data.example/',
      safe: true,
      documentLoader: () => Promise.reject(new Error('it asked for a context elsewhere')),
    } as jsonld.Options.Expand);
    return catalogue as unknown as Node;
  };

  it.each([
    ['all stated', SET],
    ['nothing stated', UNSTATED],
  ])('has what DCAT-AP 3 asks of a catalogue, a data set and a distribution: %s', async (_, set) => {
    const catalogue = await expand(set);
    const has = (node: Node, ...terms: string[]) => {
      for (const term of terms) expect(node[term]?.length, term).toBeGreaterThan(0);
    };
    expect(catalogue['@type']).toEqual([`${DCAT}Catalog`]);
    has(catalogue, `${DCT}title`, `${DCT}description`, `${DCT}publisher`, `${DCAT}dataset`);
    const dataset = catalogue[`${DCAT}dataset`]![0] as unknown as Node;
    has(dataset, `${DCT}title`, `${DCT}description`, `${DCAT}distribution`, `${DCAT}keyword`);
    const distributions = dataset[`${DCAT}distribution`] as unknown as Node[];
    expect(distributions).toHaveLength(4);
    for (const distribution of distributions)
      has(distribution, `${DCAT}accessURL`, `${DCAT}byteSize`, `${DCAT}mediaType`);
    expect(JSON.stringify(catalogue)).not.toContain('undefined');
  });

  it('types what it says: dates, sizes, languages', async () => {
    const dataset = (await expand(SET))[`${DCAT}dataset`]![0] as unknown as Node;
    expect(dataset[`${DCT}issued`]).toEqual([
      { '@value': SET.releaseDate, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
    ]);
    expect(dataset[`${DCT}title`]).toEqual([{ '@value': SET.title, '@language': 'ja' }]);
    expect(dataset[`${DCT}language`]).toEqual([
      { '@id': 'http://publications.europa.eu/resource/authority/language/JPN' },
    ]);
  });
});

describe('a text that says its own size', () => {
  it('is as long as it says, also where the size gains a digit', () => {
    for (const filler of [0, 85, 86, 87, 88, 985, 990, 995]) {
      const made = sized((size) => `${size}:${'あ'.repeat(filler)}`);
      expect(Number(made.split(':')[0])).toBe(new TextEncoder().encode(made).length);
    }
  });

  it('says so where that cannot be', () => {
    let more = 0;
    expect(() => sized(() => 'x'.repeat(++more))).toThrow('does not settle');
  });
});
