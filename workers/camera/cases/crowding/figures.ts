/** Numbers of people of single frames become one statement a second. */
import type { CrowdingConfig, CrowdRecord } from '../../../../contract/index.ts';
import { densityAt, levelOfService, TrendForecast } from './vision/level-of-service.ts';
import { median } from '../../../../lib/stats.ts';

/** What a record says of the crowd itself. */
export type Figures = Omit<CrowdRecord, 'type' | 'case' | 'background' | 'waitingFor' | 'closerLooks'>;

const EVERY_S = 1;
/** Where nothing else is said, entry is to be restricted from this level on. */
const LIMIT_LEVEL = 'e';

export class CrowdFigures {
  #outlook = new TrendForecast();
  #frames: { people: number; moving: number }[] = [];
  #sinceS: number | undefined;

  /**
   * Takes the numbers of one frame.
   * @param areaM2 of the area they were counted in, where it is known
   * @returns a statement when a second has passed: medians, so that a frame in which a person was missed does not matter
   */
  add(
    people: number,
    moving: number,
    timeS: number,
    areaM2: number | undefined,
    { facility, limit }: Pick<CrowdingConfig, 'facility' | 'limit'>,
  ): Figures | undefined {
    this.#frames.push({ people, moving });
    if (this.#sinceS === undefined || timeS < this.#sinceS) this.#sinceS = timeS;
    if (timeS - this.#sinceS < EVERY_S) return undefined;
    this.#sinceS = timeS;
    const frames = this.#frames.splice(0);
    const all = Math.round(median(frames.map((frame) => frame.people)));
    const walking = Math.min(all, Math.round(median(frames.map((frame) => frame.moving))));
    this.#outlook.add(all, timeS);
    return {
      atS: Math.round(Math.max(0, timeS) * 10) / 10,
      standing: all - walking,
      moving: walking,
      ...this.#trend(),
      ...density(all, areaM2, facility),
      ...this.#restriction(areaM2, facility, limit),
    };
  }

  reset(): void {
    this.#outlook = new TrendForecast();
    this.#frames = [];
    this.#sinceS = undefined;
  }

  #trend(): Pick<Figures, 'trend'> {
    const { trend } = this.#outlook;
    return trend ? { trend } : {};
  }

  #restriction(
    areaM2: number | undefined,
    facility: CrowdingConfig['facility'],
    wished: number | undefined,
  ): Pick<Figures, 'limit' | 'restriction'> {
    const limit = wished ?? (areaM2 && Math.ceil(areaM2 * densityAt(LIMIT_LEVEL, facility)));
    return limit ? { limit, restriction: this.#outlook.restriction(limit) } : {};
  }
}

function density(
  people: number,
  areaM2: number | undefined,
  facility: CrowdingConfig['facility'],
): Pick<Figures, 'areaM2' | 'density' | 'level'> {
  if (!areaM2) return {};
  const exact = people / areaM2;
  return {
    areaM2: Math.round(areaM2 * 10) / 10,
    density: Math.round(exact * 100) / 100,
    level: levelOfService(exact, facility),
  };
}
