/** What a camera is put together from; tests and the evaluation build exchange single parts. */
import type { CaseConfig, EngineChoice, OutRecordOf, Polygon, SourceSpec } from '../../../contract/index.ts';
import type { FrameSource, SourceEvents } from '../frames/source.ts';
import type { Gate } from '../isolation/gate.ts';
import type { CaseAccount } from '../ledger/case-account.ts';
import type { DisclosureOptions } from '../disclosure/control.ts';
import type { Detector, Fallback } from '../inference/engine.ts';
import type { FaceAge, FaceDescription, FaceReader, FaceSex } from '../inference/faces.ts';
import type { SignReader } from '../inference/signs.ts';
import type { Pipeline, Seen } from '../cases/pipeline.ts';
import type { MaskPainter, PreviewPainter } from './frame-processor.ts';

/** A detector with what the status record says about it. */
export interface LoadedDetector {
  readonly detector: Detector;
  readonly fallback?: Fallback | undefined;
}

/** A reader of faces, likewise. */
export interface LoadedReader<T> {
  readonly reader: FaceReader<T>;
  readonly fallback?: Fallback | undefined;
}

/** A reader of signs, likewise. */
export interface LoadedSignReader {
  readonly reader: SignReader;
  readonly fallback?: Fallback | undefined;
}

type Progress = (record: OutRecordOf<'progress'>) => void;

export interface DeviceDeps {
  readonly gate: Gate;
  /** Makes the runtime of a choice ready; missing where there is none to be made ready. */
  readonly prepareRuntime?: (choice: EngineChoice) => Promise<void>;
  readonly openSource: (spec: SourceSpec, events: SourceEvents) => Promise<FrameSource>;
  /**
   * @param aspect width / height of the source's picture, for the model's input size
   * @param file a model the user dropped in, with its card, instead of one of the registry
   */
  readonly loadDetector: (
    choice: EngineChoice,
    aspect: number,
    progress: Progress,
    file?: { data: Blob; card: unknown },
  ) => Promise<LoadedDetector>;
  readonly loadAgeReader: (choice: EngineChoice, progress: Progress) => Promise<LoadedReader<FaceAge>>;
  readonly loadSexReader: (choice: EngineChoice, progress: Progress) => Promise<LoadedReader<FaceSex>>;
  readonly loadDescriptorReader: (
    choice: EngineChoice,
    progress: Progress,
  ) => Promise<LoadedReader<FaceDescription>>;
  /** @param aspect as for `loadDetector` */
  readonly loadSignReader: (
    choice: EngineChoice,
    aspect: number,
    progress: Progress,
  ) => Promise<LoadedSignReader>;
  readonly createMasks: (polygons: readonly Polygon[]) => MaskPainter;
  readonly preview: PreviewPainter & {
    attach(canvas: OffscreenCanvas): void;
    setGlass(glass: 'clear' | 'opaque'): void;
    wipe(): void;
    memories(): ArrayBufferLike[];
  };
  /** @param account the case's own page of the ledger */
  readonly createPipeline: (config: CaseConfig, account: CaseAccount) => Pipeline;
  /** Relaxed in the laboratory, which measures against truth; the site's camera leaves it alone. */
  readonly disclosure?: DisclosureOptions;
  readonly observe?: (seen: Seen, pipelines: readonly Pipeline[]) => void;
}
