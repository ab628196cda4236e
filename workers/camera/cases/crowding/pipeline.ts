/**
 * Case 6, crowding in a station (人物の滞留状況把握): people become icons on a background taken beforehand with nobody in
 * it. What leaves is that picture, each overwriting the one before, and numbers: how many stand and walk, how dense it
 * is, where it is going.
 *
 * People hidden behind others are not counted: the numbers are a lower bound in a dense crowd.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import {
  CROWDING_CASE,
  MAX_BASE64,
  type CaseConfig,
  type CaseCommand,
  type CrowdingConfig,
  type OutRecord,
} from '../../../../contract/index.ts';
import type { Picture } from '../../frames/frame.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import type { EncodedFile } from '../../frames/encode.ts';
import { CROWD_COLOURS } from '../../../../contract/palette.ts';
import { groundPointOf, heightOf, nesting } from '../../vision/geometry/boxes.ts';
import type { CrowdMember } from '../../vision/anonymize/crowding.ts';
import type { Raster } from '../../vision/image/raster.ts';
import { composeOnBackground, pictureRecord } from '../../vision/anonymize/iconise.ts';
import type { Region } from '../../vision/geometry/letterbox.ts';
import type { PictureSize, TrackedObject } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';
import { CrowdFigures } from './figures.ts';
import { checkCrowding, CrowdFloor } from './floor.ts';
import { BackgroundStore, type LoadPicture } from './background-store.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, Seen, TileContext } from '../pipeline.ts';

/** Ways to the browser; exchanged in tests. */
export interface CrowdingTools {
  readonly load: LoadPicture;
  readonly encode: (picture: Raster, mostBase64: number) => Promise<EncodedFile>;
}

interface CrowdingInstruments extends Instruments {
  readonly tracker: Tracker;
  floor: CrowdFloor;
}

const PERSON = 'person';
/**
 * From here on a detection is believed by itself. Lower than for tracking alone, because people who are missed and people
 * who are not there should balance: on COCO photos a third of those of 48 pixels and more are missed at .35, and at .25
 * clutter stays (PETS 2009: a mean error of .09 of the people, against .02 at .3 and .03 at .35).
 */
const SURE = 0.3;
/** A person whom others hide is still counted for so long, seconds; people pass one another in less. */
const HIDDEN_S = 0.5;
/** Unless a person who is seen takes up more than this share of the place: then it is the same person, found anew. */
const TAKEN = 0.5;
/** From here on a detection is believed whatever its size; fainter ones must be as tall as a person who stands there. */
const CERTAIN = 0.35;
/** A person may be there from here on, when the place has to be empty. */
const DOUBT = 0.15;

export class CrowdingPipeline implements Pipeline {
  readonly case = 'crowding';
  readonly needs = CROWDING_CASE.needs;
  readonly #place: BackgroundStore;
  readonly #figures = new CrowdFigures();
  #config: CrowdingConfig;
  #instruments: CrowdingInstruments | undefined;
  /** All tracks, and of them those believed to be there. */
  #people: readonly TrackedObject[] = [];
  #shown: readonly TrackedObject[] = [];
  #someone = true;
  #closerLooks = 0;
  #picturedS = -Infinity;
  /** A picture that is being encoded; it is not waited for. */
  #encoding: Promise<void> | undefined;
  #finished: OutRecord[] = [];
  /** Grows with every reset: pictures begun before it are dropped. */
  #generation = 0;
  readonly #tools: CrowdingTools;

  /** @throws {Fault} 'zone-too-small', 'calibration-degenerate' */
  constructor(
    config: CrowdingConfig,
    readonly account: CaseAccount,
    tools: CrowdingTools,
  ) {
    this.#tools = tools;

    checkCrowding(config);
    this.#config = config;
    this.#place = new BackgroundStore(account, tools.load);
  }

  get following(): number {
    return this.#people.length;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'crowding') return;
    checkCrowding(config);
    const before = this.#config;
    this.#config = config;
    if (before.background !== config.background) this.#place.destroy();
    const at = this.#instruments;
    if (at && !same([before.area, before.calibration], [config.area, config.calibration])) {
      at.floor = new CrowdFloor(config, at);
      this.#figures.reset();
    }
  }

  closerLooks({ picture, input, max }: TileContext): readonly Region[] {
    const regions = this.#fit(picture).floor.closerLooks(picture, input, max);
    this.#closerLooks = regions.length;
    return regions;
  }

  track(seen: Seen): void {
    const { tracker, floor } = this.#fit(seen);
    const people = seen.objects.filter(({ label }) => label === PERSON);
    const found = people.filter(({ score, box }) => score >= CERTAIN || floor.fits(box));
    this.#people = tracker.update(found, seen.timeS);
    this.#shown = present(this.#people, seen.timeS);
    this.#someone = this.#people.length > 0 || found.some(({ score }) => score >= DOUBT);
    floor.update(this.#people, people, seen.timeS);
  }

  async read(picture: Picture, seen: Seen): Promise<void> {
    const sight = { someone: this.#someone, people: this.#people.map(({ box }) => box), timeS: seen.timeS };
    const { moved } = await this.#place.look(picture, sight, this.#config.background);
    if (moved) {
      // Icons of the new view on the old background would be lies: what is on its way is dropped, too.
      this.#generation++;
      this.#finished = [{ type: 'fault', code: 'view-moved', severity: 'warning' }];
    }
    if (seen.timeS < this.#picturedS) this.#picturedS = -Infinity;
    if (seen.timeS - this.#picturedS < this.#config.everyS || this.#encoding) return;
    const { background } = this.#place;
    if (!background) return;
    this.#picturedS = seen.timeS;
    this.#encoding = this.#picture(background, seen).finally(() => (this.#encoding = undefined));
  }

  extract(seen: Seen): OutRecord[] {
    const { floor } = this.#fit(seen);
    const counted = this.#shown.filter((person) => floor.counts(person));
    const moving = counted.filter(({ id }) => floor.paceOf(id)?.moving).length;
    const figures = this.#figures.add(counted.length, moving, seen.timeS, floor.areaM2, this.#config);
    const pictures = this.#finished.splice(0);
    if (!figures) return pictures;
    const { waitingFor } = this.#place;
    return [
      ...pictures,
      {
        type: 'crowd',
        case: 'crowding',
        ...figures,
        background: this.#place.state,
        ...(waitingFor && { waitingFor }),
        closerLooks: this.#closerLooks,
      },
    ];
  }

  /** @throws {Fault} 'place-not-empty', 'place-moving' */
  async command(order: CaseCommand): Promise<OutRecord[]> {
    if (order.case === 'crowding') this.#place.retake(this.#someone);
    return [];
  }

  finish(): OutRecord[] {
    return this.#finished.splice(0);
  }

  marks(): readonly OverlayBox[] {
    return this.#shown.map(({ box, lost }) => ({ box, kind: 'pedestrian', seen: !lost }));
  }

  reset(): void {
    this.#generation++;
    this.#place.destroy();
    this.#figures.reset();
    this.#instruments = undefined;
    this.#people = this.#shown = [];
    this.#someone = true;
    this.#picturedS = -Infinity;
    this.#finished = [];
  }

  async close(): Promise<void> {
    await this.#encoding;
    this.reset();
  }

  #fit({ width, height }: PictureSize): CrowdingInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    return (this.#instruments = {
      ...picture,
      tracker: new Tracker({ picture, highScore: SURE }),
      floor: new CrowdFloor(this.#config, picture),
    });
  }

  /** Composes at once, so that nothing of the frame is needed later, and encodes beside the next frames. */
  async #picture(background: Raster, seen: Seen): Promise<void> {
    const generation = this.#generation;
    const { style, palette } = this.#config;
    const people = this.#shown.map((person) => this.#member(person));
    const picture = composeOnBackground(
      background,
      people,
      background.width / seen.width,
      CROWD_COLOURS[palette],
      style,
    );
    const facts = {
      case: 'crowding',
      atS: Math.round(Math.max(0, seen.timeS) * 10) / 10,
      icons: people.length,
    } as const;
    try {
      const record = await pictureRecord(picture, facts, (pixels) => this.#tools.encode(pixels, MAX_BASE64));
      if (generation === this.#generation) this.#finished = [record];
    } catch {
      // This picture is left out; the next is tried again.
    } finally {
      picture.pixels.fill(0);
    }
  }

  #member({ id, box }: TrackedObject): CrowdMember {
    const { floor } = this.#instruments!;
    const foot = groundPointOf(box);
    const pace = floor.paceOf(id);
    return {
      foot,
      height: floor.heightAt(foot) ?? heightOf(box),
      ...(pace?.moving && { heading: pace.velocity }),
    };
  }
}

/** Those who are seen, and those who are only hidden for a moment. */
function present(people: readonly TrackedObject[], timeS: number): readonly TrackedObject[] {
  const believed = people.filter(({ confirmed }) => confirmed);
  const seen = believed.filter(({ lost }) => !lost);
  const hidden = believed.filter(
    ({ lost, lastSeenS, box }) =>
      lost && timeS - lastSeenS <= HIDDEN_S && !seen.some((other) => nesting(other.box, box) > TAKEN),
  );
  return [...seen, ...hidden];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
