/**
 * The specification of a person: plain data, exactly what `createPerson` needs. Equal specs look equal. Colours are CSS
 * hex strings (sRGB), lengths metres, ages years, everything else a ratio from 0 to 1 unless said.
 */
export type Sex = 'female' | 'male';

export type HairStyle =
  | 'short'
  | 'crop'
  | 'parted'
  | 'bowl'
  | 'bob'
  | 'long'
  | 'ponytail'
  | 'bunches'
  | 'bun'
  | 'receding'
  | 'bald';

export interface HairSpec {
  style: HairStyle;
  colour: string;
  /** Share of grey hairs, and the colour of one. */
  grey: number;
  silver: string;
  /** -1 to 1, of old men up to 2: how high the line on the forehead lies, and how far its corners climb. */
  hairline: number;
  fringe: boolean;
  volume: number;
  /** Where the parting is, -1 (right) to 1 (left). */
  parting: number;
  /** Length of bob, long hair, ponytail and bunches. */
  length: number;
  /** Colour of a hair band, or of what ties bunches. */
  band: string | null;
}

/** Numbers around 1 are factors on an average face; see `face.ts` for how age and sex move them. */
export interface FaceSpec {
  /** 1 = small child, 0 = grown up. */
  child: number;
  /** 0 = up to the thirties, 2 = about fifty, 3.5 = about eighty. */
  elder: number;
  feminine: number;
  /** -1 to 1: individual features among faces of the same age and sex. */
  length: number;
  width: number;
  eyeSpacing: number;
  browHeight: number;
  mouthHeight: number;
  jaw: number;
  /** -1 to 1 */
  chin: number;
  cheeks: number;
  eyeSize: number;
  eyeOpening: number;
  /** radians, outer corner up */
  eyeTilt: number;
  noseLength: number;
  noseWidth: number;
  /** -1 to 1: how high the bridge of the nose rises, how deep the eyes lie, how round the forehead is. */
  noseBridge: number;
  eyeDepth: number;
  forehead: number;
  lips: number;
  mouthWidth: number;
  smile: number;
  skin: string;
  lip: string;
  iris: string;
  brow: string;
  browWeight: number;
  browArch: number;
  stubble: number;
  /** Beard that has been let grow, 0 to 1: upper lip, chin, cheeks and jaw; its colour. */
  moustache: number;
  goatee: number;
  whiskers: number;
  beard: string;
  /** How clear the crease of the upper lid is, 0 to 1. */
  lidCrease: number;
  blush: number;
  lashes: number;
  eyeShadow: number;
  /** As `elder`: 0 = smooth, 1 = about thirty-five, 3.5 = about eighty. */
  wrinkles: number;
}

export type TopKind =
  'tshirt' | 'shirt' | 'knit' | 'hoodie' | 'jacket' | 'suit' | 'coat' | 'dress' | 'uniform';
export type Pattern = 'plain' | 'stripes' | 'checks' | 'pinstripes' | 'dots' | 'band';

export interface TopSpec {
  kind: TopKind;
  colour: string;
  /** Of the pattern, or of the shirt under an open jacket. */
  second: string;
  /** Tie, print or trim. */
  accent: string;
  pattern: Pattern;
  /** Repeats of the pattern per metre. */
  repeats: number;
  /** Worn open over a shirt (jacket, suit, coat). */
  open: boolean;
}

export type BottomKind = 'trousers' | 'jeans' | 'shorts' | 'skirt';
export interface BottomSpec {
  kind: BottomKind;
  colour: string;
  second: string;
  pattern: Pattern;
  repeats: number;
  /** Height of the hem as a share of the leg, 0 = floor, 1 = hip; only for shorts and skirts. */
  hem: number;
  /** How wide trousers or skirt fall. */
  width: number;
}

export type BagKind = 'backpack' | 'tote' | 'shoulder' | 'randoseru';
export interface BagSpec {
  kind: BagKind;
  colour: string;
}

export interface PersonSpec {
  /** Varies folds and strands; two specs that differ in it alone are look-alikes. */
  seed: number;
  age: number;
  sex: Sex;
  /** Standing, without shoes and hair, metres. */
  height: number;
  /** 0 = slim, 1 = heavy. */
  build: number;
  face: FaceSpec;
  hair: HairSpec;
  top: TopSpec;
  /** Not worn with a dress. */
  bottom: BottomSpec;
  shoes: { kind: 'sneakers' | 'leather' | 'boots'; colour: string; sole: string };
  /** Colour of tights or high socks on bare legs. */
  legwear: string | null;
  glasses: { colour: string; round: number } | null;
  bag: BagSpec | null;
}
