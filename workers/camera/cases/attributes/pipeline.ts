/**
 * Case 1, attribute estimation in a shop (属性の推定): faces are followed; age and sex are estimated from the best few views
 * of each; when the face has gone, one record says age band, sex and time.
 *
 * No feature vector exists anywhere in it: the files of its networks have no output for one, and this case asks for no
 * other. What lives with a passage are two sums, of years and of log-odds, which are wiped when the record is made.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import {
  ATTRIBUTES_CASE,
  AGE_BANDS,
  type AttributesConfig,
  type CaseConfig,
  type OutRecord,
  type OutRecordOf,
} from '../../../../contract/index.ts';
import type { Picture } from '../../frames/frame.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import { centreOf } from '../../vision/geometry/boxes.ts';
import type { Detection } from '../../vision/geometry/detection.ts';
import { FaceEvidence } from './vision/face-evidence.ts';
import { FaceTracks, type FaceTrack } from '../../vision/faces/face-tracks.ts';
import { Area } from '../../vision/geometry/polygon.ts';
import { checkZone } from '../shared/drawing-checks.ts';
import { readBestFace, readFace } from '../shared/face-reading.ts';
import type { PictureSize } from '../../vision/tracking/track.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, ReadingTools, Seen } from '../pipeline.ts';

interface AttributesInstruments extends Instruments {
  readonly passages: FaceTracks<FaceEvidence>;
  areas: readonly Area[];
}

export class AttributesPipeline implements Pipeline {
  readonly case = 'attributes';
  readonly needs = ATTRIBUTES_CASE.needs;
  #config: AttributesConfig;
  #instruments: AttributesInstruments | undefined;
  /** Passages that are over and not yet told. */
  #over: FaceTrack<FaceEvidence>[] = [];

  /** @throws {Fault} 'zone-too-small' */
  constructor(
    config: AttributesConfig,
    readonly account: CaseAccount,
  ) {
    config.areas.forEach(checkZone);
    this.#config = config;
  }

  get following(): number {
    return this.#instruments?.passages.present.length ?? 0;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'attributes') return;
    config.areas.forEach(checkZone);
    this.#config = config;
    const at = this.#instruments;
    if (at) at.areas = areasOf(config, at);
  }

  track(seen: Seen): void {
    const { passages, areas } = this.#fit(seen);
    const inside = ({ box }: Detection) => areas.some((area) => area.contains(centreOf(box)));
    const faces = areas.length === 0 ? seen.faces : seen.faces.filter(inside);
    this.#over.push(...passages.update(faces, seen.timeS));
  }

  async read(picture: Picture, seen: Seen, { age, sex, clock }: ReadingTools): Promise<void> {
    const { present } = this.#fit(seen).passages;
    const best = age && (await readBestFace(age, present, picture, seen, clock, this.account));
    if (!best) return;
    const { face, weight } = best;
    const { evidence } = best.passage;
    evidence.addAge({ years: best.read.years, weight, atS: seen.timeS });
    if (!sex || !evidence.wantsSex(weight)) return;
    const { male } = await readFace(sex, picture, face, clock, this.account);
    evidence.addSex({ male, weight });
  }

  extract(): OutRecord[] {
    return this.#over.splice(0).filter(hasPassed).map(told);
  }

  finish(): OutRecord[] {
    this.#over.push(...(this.#instruments?.passages.finish() ?? []));
    return this.extract();
  }

  marks(): readonly OverlayBox[] {
    const present = this.#instruments?.passages.present ?? [];
    return present.map(({ track, face }) => ({ box: track.box, seen: face !== undefined }));
  }

  reset(): void {
    for (const { evidence } of [...this.#over, ...(this.#instruments?.passages.finish() ?? [])])
      evidence.wipe();
    this.#over = [];
    this.#instruments = undefined;
  }

  #fit({ width, height }: PictureSize): AttributesInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    // Another picture: the visitors of the old one have passed.
    if (at) this.#over.push(...at.passages.finish());
    return (this.#instruments = {
      ...picture,
      passages: new FaceTracks(picture, () => new FaceEvidence()),
      areas: areasOf(this.#config, picture),
    });
  }
}

/** A face that was never seen well enough to be read, and only for less than this, seconds, was but a glimpse. */
const GLIMPSE_S = 1;

const hasPassed = ({ evidence, firstSeenS, lastSeenS }: FaceTrack<FaceEvidence>) =>
  evidence.readings > 0 || lastSeenS - firstSeenS >= GLIMPSE_S;

/** What is said of a passage; what it was judged by is wiped. */
function told({ evidence, lastSeenS }: FaceTrack<FaceEvidence>): OutRecord {
  const { band, sex, quality } = evidence.judge();
  evidence.wipe();
  const record: OutRecordOf<'attribute'> = {
    type: 'attribute',
    case: 'attributes',
    age: (band !== undefined && AGE_BANDS[band]) || 'unknown',
    sex: sex ?? 'unknown',
    quality: tenths(quality),
    atS: tenths(lastSeenS),
  };
  return record;
}

const areasOf = ({ areas }: AttributesConfig, { width, height }: { width: number; height: number }) =>
  areas.map(
    ({ id, points }) =>
      new Area(
        id,
        points.map(([x, y]) => [x * width, y * height] as const),
      ),
  );

const tenths = (value: number) => Math.round(Math.max(0, value) * 10) / 10;
