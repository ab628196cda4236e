/** What one case's side of the contract must state. */
import type * as v from 'valibot';
import type { Role } from '../enums.ts';

type Discriminated<Key extends string> = v.StrictObjectSchema<
  v.ObjectEntries & Readonly<Record<Key, v.LiteralSchema<string, undefined>>>,
  undefined
>;

export interface CaseContract {
  /** The name of the case's folders, in the contract, in the camera and on the page. */
  readonly id: string;
  /** The case's number in the guidebook, ver2.0 and ver3.0; page and lists follow it. */
  readonly number: number;
  /** Roles that the case needs models for, the detector first. The camera loads these and no others. */
  readonly needs: readonly [Role, ...Role[]];
  /** What the page tells the camera. `case` is the id. */
  readonly config: Discriminated<'case'>;
  /** What the page can ask of the case once, apart from looking at frames. `case` is the id. */
  readonly commands: readonly Discriminated<'case'>[];
  /** What may leave the camera. No two records of all cases have the same `type`. */
  readonly records: readonly Discriminated<'type'>[];
  /** Whether the case may give out iconised pictures (`picture.ts`). */
  readonly pictures: boolean;
}

/** Keeps the literal types, from which `index.ts` derives the unions. */
export const defineCase = <const Contract extends CaseContract>(contract: Contract): Contract => contract;
