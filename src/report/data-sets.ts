/** The data sets of the cases that have kept something on this page, with what the operator's file says of them. */
import { startStamp } from '../cases/shared/stamps.ts';
import { locale } from '../app/locale.svelte.ts';
import { offerOf as offerOfAttributes } from '../cases/attributes/offer.ts';
import { AttributesSession } from '../cases/attributes/session.svelte.ts';
import { offerOf as offerOfCounting } from '../cases/counting/offer.ts';
import { CountingSession } from '../cases/counting/session.svelte.ts';
import { offerOf as offerOfCrowding } from '../cases/crowding/offer.ts';
import { CrowdingSession } from '../cases/crowding/session.svelte.ts';
import type { DataSet } from '../cases/shared/data-set.ts';
import type { Offer } from '../cases/shared/offer.ts';
import { sessionOf, type RunningSession } from '../cases/shared/running.svelte.ts';
import { offerOf as offerOfVisits } from '../cases/repeat-visits/offer.ts';
import { RepeatVisitsSession } from '../cases/repeat-visits/session.svelte.ts';
import { offerOf as offerOfStreet } from '../cases/streetscape/offer.ts';
import { StreetscapeSession } from '../cases/streetscape/session.svelte.ts';
import { offerOf as offerOfFlows } from '../cases/trajectories/offer.ts';
import { TrajectoriesSession } from '../cases/trajectories/session.svelte.ts';
import type { OperatorFile } from '../guidebook/operator-file.ts';
import { say } from '../notices/languages.ts';
import type { CaseId } from '../../contract/index.ts';
import type { Parties } from './terms.ts';

/** Each case tells of its own session; another one has nothing to tell. */
const OFFERS: Readonly<Record<CaseId, (session: RunningSession) => Offer | undefined>> = {
  attributes: (session) => (session instanceof AttributesSession ? offerOfAttributes(session) : undefined),
  trajectories: (session) => (session instanceof TrajectoriesSession ? offerOfFlows(session) : undefined),
  'repeat-visits': (session) => (session instanceof RepeatVisitsSession ? offerOfVisits(session) : undefined),
  counting: (session) => (session instanceof CountingSession ? offerOfCounting(session) : undefined),
  streetscape: (session) => (session instanceof StreetscapeSession ? offerOfStreet(session) : undefined),
  crowding: (session) => (session instanceof CrowdingSession ? offerOfCrowding(session) : undefined),
};

/**
 * @param now wall clock, milliseconds since 1970
 * @returns undefined where the case has not run on this page, or has kept nothing
 */
export function dataSetOf(id: CaseId, file: OperatorFile, now: number): DataSet | undefined {
  const session = sessionOf(id);
  const offer = session && OFFERS[id](session);
  if (!session || !offer || session.kept.empty) return undefined;
  return describe(id, offer, session.kept, file, now);
}

/** Latitude and longitude, as the form asks for them. */
const COORDINATES = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/;

/** Where the case's first camera is, if the file has that place's coordinates. */
function placeOf(file: OperatorFile, id: CaseId): DataSet['place'] {
  const camera = file.cases[id]?.cameras[0];
  const place = file.places.find((other) => other.id === camera?.place);
  const [, lat, lon] = COORDINATES.exec(place?.coordinates ?? '')?.map(Number) ?? [];
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { lat, lon };
}

export function describe(
  id: CaseId,
  { name, tags, title, description, retention, quality, figures, tables }: Offer,
  { runs, latestS }: RunningSession['kept'],
  file: OperatorFile,
  now: number,
): DataSet {
  const language = locale.current;
  const data = file.cases[id]?.data;
  const [first, last] = [runs[0], runs.at(-1)];
  return {
    case: id,
    name,
    tags,
    title,
    description,
    retention,
    creator: say(file.operator.name, language)?.text ?? '',
    releaseDate: new Date(now).toISOString(),
    url: data?.url ?? '',
    licence: data?.licence ?? '',
    language,
    quality: { description: quality, figures },
    undeliverable: (data && say(data.undeliverable, language)?.text) ?? '',
    ...(first &&
      last && {
        period: {
          from: startStamp(first.startedAt),
          to: startStamp(last.startedAt + (latestS - last.offsetS) * 1000),
        },
      }),
    place: placeOf(file, id),
    tables,
  };
}

/** Who hands over to whom, as the file has it. */
export function partiesOf(id: CaseId, file: OperatorFile): Parties {
  const language = locale.current;
  const recipient = file.cases[id]?.recipients[0];
  return {
    giver: say(file.operator.name, language)?.text ?? '',
    taker: (recipient && say(recipient.name, language)?.text) ?? '',
    purpose: (recipient && say(recipient.purpose, language)?.text) ?? '',
  };
}
