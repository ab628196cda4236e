/** Reads the cards and checks them against the schema. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { Card, type RegistryEntry } from '../registry.ts';
import { PLACES } from './paths.ts';

/** A card of a model that is part of the project, as opposed to a file that a visitor drops in. */
export type ProjectCard = Exclude<Card, { tier: 'file' }>;

const TIERS: readonly RegistryEntry['tier'][] = ['own', 'carried', 'optional'];

/**
 * @returns all cards: own, carried, optional; in each tier the preferred ones first, then by id
 * @throws {Error} naming the card that breaks the schema
 */
export async function readCards(folder: string = PLACES.cards): Promise<ProjectCard[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const cards = await Promise.all(files.map((file) => readCard(join(folder, file))));
  const rank = ({ tier, preferred }: ProjectCard) => TIERS.indexOf(tier) * 2 + (preferred ? 0 : 1);
  return cards.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

async function readCard(path: string): Promise<ProjectCard> {
  const parsed = v.safeParse(Card, JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) {
    const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new Error(`${path}\n  ${issues.join('\n  ')}`);
  }
  const card = parsed.output;
  if (card.tier === 'file') throw new Error(`${path}: tier "file" is for files that users drop in`);
  if (card.id !== basename(path, '.json')) throw new Error(`${path}: the id is "${card.id}"`);
  return card;
}
