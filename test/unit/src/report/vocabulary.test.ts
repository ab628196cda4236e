/**
 * The JSON-LD catalogue against the vocabularies it speaks, as their publishers publish them: DCAT and DQV (W3C), Dublin Core
 * terms (DCMI), FOAF. Each property and class exists there, stands on what its domain names, and has what its range names.
 * The shapes of DCAT-AP itself are not in the registry; what DCAT-AP asks for is listed in `package.test.ts`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { unzipSync } from 'fflate';
import jsonld from 'jsonld';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DataSet } from '../../../../src/cases/shared/data-set.ts';
import { packageOf } from '../../../../src/report/package.ts';
import { SET, UNSTATED } from './data-set.ts';

const NAMESPACES = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  dqv: 'http://www.w3.org/ns/dqv#',
  foaf: 'http://xmlns.com/foaf/0.1/',
} as const;
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
/** Dublin Core's weaker range: what values are advised to be. */
const ADVISED = 'http://purl.org/dc/dcam/rangeIncludes';
const OWL = 'http://www.w3.org/2002/07/owl#';
/** What anything is: it asks nothing of a value. */
const ANYTHING = [`${RDFS}Resource`, `${OWL}Thing`];

interface Value {
  '@id'?: string;
  '@value'?: unknown;
  '@type'?: string | string[];
  [property: string]: unknown;
}
type Node = Value & { '@type'?: string[] };

/** Of each term, what is said of it, by property. */
const terms = new Map<string, Node>();
const named = (term: string, property: string): string[] =>
  ((terms.get(term)?.[property] ?? []) as Value[])
    .map((value) => value['@id'] ?? '')
    .filter((id) => !id.startsWith('_:'));

/** The class and all that it is a kind of. */
function kindsOf(type: string, seen = new Set<string>()): Set<string> {
  if (seen.has(type)) return seen;
  seen.add(type);
  for (const property of [`${RDFS}subClassOf`, `${OWL}equivalentClass`])
    for (const wider of named(type, property)) kindsOf(wider, seen);
  return seen;
}

const known = (term: string) => Object.values(NAMESPACES).some((namespace) => term.startsWith(namespace));
const fits = (types: readonly string[], asked: readonly string[]) =>
  asked.every((one) => ANYTHING.includes(one) || types.some((type) => kindsOf(type).has(one)));

/** What a node says that its vocabularies do not allow. */
function faultsOf(node: Node): string[] {
  const types = node['@type'] ?? [];
  const faults = types.filter((type) => known(type) && !terms.has(type)).map((type) => `no class ${type}`);
  for (const [property, values] of Object.entries(node)) {
    if (property.startsWith('@')) continue;
    if (known(property)) {
      if (!terms.has(property)) faults.push(`no property ${property}`);
      if (!fits(types, named(property, `${RDFS}domain`))) faults.push(`${property} on ${types.join()}`);
    }
    const range = named(property, `${RDFS}range`);
    const advised = [...range, ...named(property, ADVISED)];
    const wantsLiteral = advised.some((one) => one === `${RDFS}Literal` || one.includes('/XMLSchema#'));
    const isAsked = advised.some((one) => !ANYTHING.includes(one));
    for (const value of values as Value[]) {
      const isLiteral = '@value' in value;
      if (isAsked && isLiteral !== wantsLiteral)
        faults.push(`${property}: ${isLiteral ? 'a literal' : 'no literal'}`);
      // A reference alone says nothing of its class.
      if (!isLiteral && value['@type'] && !fits(value['@type'] as string[], range))
        faults.push(`${property}: ${String(value['@type'])}`);
      if (!isLiteral) faults.push(...faultsOf(value as Node));
    }
  }
  return faults;
}

async function catalogueOf(set: DataSet): Promise<Record<string, unknown>> {
  const { content } = await packageOf(set, '# terms', Date.UTC(2026, 11, 1));
  return JSON.parse(new TextDecoder().decode(unzipSync(content)['catalogue.jsonld']));
}
async function faultsIn(catalogue: Record<string, unknown>): Promise<string[]> {
  const nodes = await jsonld.expand(catalogue as jsonld.JsonLdDocument, { base: 'https://data.example/' });
  return (nodes as unknown as Node[]).flatMap(faultsOf);
}

beforeAll(async () => {
  const { resolve } = createRequire(import.meta.url);
  for (const name of Object.keys(NAMESPACES)) {
    const path = join(dirname(resolve(`@vocabulary/${name}`)), `${name}.nq`);
    const graphs = (await jsonld.fromRDF(readFileSync(path, 'utf8') as unknown as object, {
      format: 'application/n-quads',
    })) as unknown as (Node & { '@graph'?: Node[] })[];
    for (const node of graphs.flatMap(({ '@graph': nodes = [] }) => nodes))
      terms.set(node['@id']!, { ...terms.get(node['@id']!), ...node });
  }
});

describe('the JSON-LD catalogue in the published vocabularies', () => {
  it.each([
    ['all stated', SET],
    ['nothing stated', UNSTATED],
  ])('uses their terms as they are defined: %s', async (_, set) => {
    expect(terms.size).toBeGreaterThan(200);
    expect(await faultsIn(await catalogueOf(set))).toEqual([]);
  });

  it.each([
    ['a property that does not exist', { 'dcat:titel': 'x' }, /no property .*titel/],
    ['a class that does not exist', { '@type': 'dcat:Katalog' }, /no class .*Katalog/],
    ['a property of something else', { 'dcat:byteSize': { '@value': '1' } }, /byteSize on .*Catalog/],
    ['a text for a thing', { 'dct:license': 'CC BY 4.0' }, /license: a literal/],
    ['a thing of another class', { 'dcat:dataset': { '@type': 'foaf:Agent' } }, /dataset: .*Agent/],
  ])('finds %s', async (_, part, fault) => {
    expect((await faultsIn({ ...(await catalogueOf(SET)), ...part })).join()).toMatch(fault);
  });
});
