/** All clothes of a person, and the skin they leave bare. */
import { bodyFields } from '../body.ts';
import type { Proportions } from '../proportions.ts';
import type { PersonSpec } from '../spec.ts';
import { bareLegs, hemOf, skirt, trousers } from './bottom.ts';
import { CUTS, coversHips } from './cut.ts';
import type { Garment } from './garment.ts';
import { shoes } from './shoes.ts';
import { arms, neck } from './skin.ts';
import { crossStrap, rucksackStraps } from './straps.ts';
import { topField, topGarment } from './top.ts';

export function garments(spec: PersonSpec, d: Proportions): Garment[] {
  const body = bodyFields(d);
  const { top, bottom, seed } = spec;
  const cut = CUTS[top.kind];
  const topHem = cut.hem * d.scale;
  const list = [
    topGarment(d, body, top, cut, seed),
    arms(d, body, cut),
    neck(d, body),
    shoes(d, spec.shoes.kind),
  ];
  // A coat hides what is above its hem.
  const bottomHem = top.kind === 'dress' ? topHem : hemOf(d, bottom);
  if (top.kind !== 'dress') {
    if (bottom.kind === 'skirt') {
      if (!coversHips(cut) || bottomHem < topHem) list.push(skirt(d, body, bottom, topHem, seed));
    } else list.push(trousers(d, body, bottom, topHem, seed));
  }
  if (bottomHem > 0.2 * d.scale) list.push(bareLegs(d, body, Math.min(bottomHem, topHem + 0.1 * d.scale)));
  const over = topField(d, body, top, cut, seed);
  if (spec.bag?.kind === 'backpack' || spec.bag?.kind === 'randoseru') list.push(rucksackStraps(d, over));
  if (spec.bag?.kind === 'shoulder') list.push(crossStrap(d, over));
  return list;
}
