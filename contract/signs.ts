/**
 * Kinds of traffic signs that case 5 tells, in the groups that a map maker uses. The names of kinds are those of the classifier
 * (`models/cards/sign-kinds.json`), the groups those of the finder.
 */
export const SIGNS_BY_GROUP = {
  /** Red rings. */
  prohibition: [
    'limit-20',
    'limit-30',
    'limit-40',
    'limit-50',
    'limit-60',
    'limit-70',
    'limit-80',
    'limit-100',
    'limit-120',
    'no-overtaking',
    'no-overtaking-trucks',
    'no-crossing-over',
    'no-vehicles',
    'road-closed',
    'no-trucks',
    'no-bicycles',
    'no-pedestrians',
    'no-u-turn',
    'no-left-turn',
    'no-right-turn',
    'weight-limit',
    'height-limit',
    'no-parking',
    'no-stopping',
  ],
  /** Grey discs with slashes. */
  end: ['end-limit', 'end-all', 'end-no-overtaking', 'end-no-overtaking-trucks'],
  /** Yellow diamonds in Japan, red triangles on their base elsewhere. */
  warning: [
    'priority-junction',
    'danger',
    'bend-left',
    'bend-right',
    'bends',
    'uneven',
    'slippery',
    'narrows',
    'works',
    'signal-ahead',
    'pedestrians',
    'children',
    'bicycles',
    'snow',
    'animals',
    'crossroads',
    'junction',
    'rail-crossing',
    'slope',
    'merge',
    'two-way',
  ],
  /** Blue discs. */
  mandatory: [
    'go-right',
    'go-left',
    'go-straight',
    'straight-or-right',
    'straight-or-left',
    'keep-right',
    'keep-left',
    'roundabout',
    'bicycles-only',
    'pedestrians-only',
    'foot-and-cycle',
    'cars-only',
  ],
  /** Blue and green plates. */
  guide: ['crossing', 'cycle-crossing', 'parking', 'one-way', 'route', 'board'],
  stop: ['stop'],
  /** Triangles on their tip with white inside. */
  yield: ['slow', 'give-way'],
  'no-entry': ['no-entry'],
  priority: ['priority-road'],
} as const;
export type SignGroup = keyof typeof SIGNS_BY_GROUP;
export const SIGN_GROUPS = Object.keys(SIGNS_BY_GROUP) as SignGroup[];

/** Told in place of a kind that is not sure; the other groups have one kind only. */
export const UNSURE_SIGNS = ['prohibition', 'end', 'warning', 'mandatory', 'yield'] as const;

/** Everything that is told. */
export const SIGNS = ['signal', ...Object.values(SIGNS_BY_GROUP).flat(), ...UNSURE_SIGNS] as const;
export type SignKind = (typeof SIGNS)[number];

const GROUP_OF = new Map<string, SignGroup>(
  SIGN_GROUPS.flatMap((group) => SIGNS_BY_GROUP[group].map((kind) => [kind, group] as const)),
);

/** @returns undefined for a signal, and for what is no kind */
export const groupOf = (kind: string): SignGroup | undefined =>
  GROUP_OF.get(kind) ?? UNSURE_SIGNS.find((group) => group === kind);
