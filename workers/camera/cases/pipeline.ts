import type { CaseAccount } from '../ledger/case-account.ts';
import type {
  CaseCommand,
  CaseConfig,
  CaseConfigOf,
  CaseId,
  OutRecord,
  Role,
} from '../../../contract/index.ts';
import type { EncodedFile } from '../frames/encode.ts';
import type { Picture } from '../frames/frame.ts';
import type { OverlayBox } from '../frames/preview.ts';
import type { Detector, StageClock } from '../inference/engine.ts';
import type { FaceAge, FaceDescription, FaceReader, FaceSex } from '../inference/faces.ts';
import type { SignReader } from '../inference/signs.ts';
import type { Detection } from '../vision/geometry/detection.ts';
import type { Region } from '../vision/geometry/letterbox.ts';
import type { Raster } from '../vision/image/raster.ts';
import type { PictureSize } from '../vision/tracking/track.ts';

/**
 * What a pipeline sees of a frame. A pipeline that counts gets no pixels at all: it works on what the detectors found.
 */
export interface Seen {
  /** Running number of the frame. */
  readonly index: number;
  /** Source time in seconds. */
  readonly timeS: number;
  /** Size of the picture in pixels, the unit of all boxes. */
  readonly width: number;
  readonly height: number;
  /** What the object detector found; empty when no case on this camera needs one. */
  readonly objects: readonly Detection[];
  /** What the face detector found, with its landmarks; empty when no case on this camera needs one. */
  readonly faces: readonly Detection[];
}

/** What a case that reads from the picture is given to read with: the readers it has named as its needs, no others. */
export interface ReadingTools {
  /** For a second look at what the frame's own detection has seen. */
  readonly objects?: Detector | undefined;
  readonly age?: FaceReader<FaceAge> | undefined;
  readonly sex?: FaceReader<FaceSex> | undefined;
  readonly descriptor?: FaceReader<FaceDescription> | undefined;
  readonly signs?: SignReader | undefined;
  /** Books the time under `prepare` and `infer`. */
  readonly clock: StageClock;
}

/** What a case must know to say where it wants a closer look. */
export interface TileContext {
  readonly picture: PictureSize;
  /** Size of the detector's input. */
  readonly input: PictureSize;
  /** Closer looks that there is time for. */
  readonly max: number;
}

/** Where a case wants the detector to look more closely. */
export type TileRequest = (view: TileContext) => readonly Region[];

/** One guidebook case at work on a camera. Several may run on the same frames (guidebook 5.2, multi-use). */
export interface Pipeline {
  readonly case: CaseId;
  /** The models this case needs; their results are shared with the other cases on the camera. */
  readonly needs: readonly Role[];
  /** Its crops and vectors, for the ledger. Absent: it makes none. */
  readonly account?: CaseAccount | undefined;
  /** Width in pixels to which the sensor is lowered before anything else happens (case 5); absent: as the source is. */
  readonly sensorWidth?: number | undefined;
  /**
   * Takes a changed configuration of the same case; tracks and counts of what stays are kept.
   * @throws {Fault} when it makes no sense; the old one stays in force then
   */
  configure(config: CaseConfig): void;
  /**
   * Where the object detector should look more closely at the next frame, besides the whole of it (people in far rows).
   * What it finds there is shared with the other cases as well.
   */
  closerLooks?(view: TileContext): readonly Region[];
  /** Associates what is seen with what was seen before. */
  track(seen: Seen): void;
  /**
   * Only for cases that read more of the picture than the detectors did (faces, or the surroundings of people). Runs
   * after `track`. The picture is zeroed soon after: nothing of it may be kept but what the case is for.
   */
  read?(picture: Picture, seen: Seen, tools: ReadingTools): Promise<void>;
  /** The records this frame gives rise to; nothing else of the frame survives in them. */
  extract(seen: Seen): OutRecord[];
  /** Does something once, at the page's wish. @returns what there is to say */
  command?(order: CaseCommand): Promise<OutRecord[]>;
  /** The source has ended: what was waiting to be settled is given out. */
  finish(): OutRecord[] | Promise<OutRecord[]>;
  /** What the preview draws over the picture, behind the glass. */
  marks(): readonly OverlayBox[];
  /** Memory that the case keeps beyond a frame, for those who search it for pictures; absent: none. */
  memories?(): Iterable<ArrayBufferLike>;
  /** Objects followed at the moment. */
  readonly following: number;
  /** Forgets everything: tracks, counts, states, pictures. */
  reset(): void;
  /** The case is switched off or the camera stopped: like `reset`, and lets go of what it holds open. */
  close?(): Promise<void>;
}

/** What a case may be given besides the frames; exchanged in tests. */
export interface PipelineTools {
  /** The case's own books in the ledger. */
  readonly account: CaseAccount;
  /** Turns pixels into a picture file of at most so many base64 characters. */
  readonly encode: (picture: Raster, maxBase64: number) => Promise<EncodedFile>;
  /** Reads a picture of the site in a size in pixels. */
  readonly loadPicture: (path: string, width: number, height: number) => Promise<Raster>;
}

/**
 * Makes one case's pipeline.
 * @throws {Fault} when the configuration makes no sense
 */
export type CreatePipeline<Id extends CaseId> = (config: CaseConfigOf<Id>, tools: PipelineTools) => Pipeline;
