/** What a camera is put together from; tests and the evaluation build exchange single parts. */
import type { CaseConfig, EngineChoice, OutRecordOf, Polygon, SourceSpec } from './contract.ts';
import type { FrameSource, SourceEvents } from './frames/source.ts';
import type { Gate } from './gate.ts';
import type { Detector } from './inference/engine.ts';
import type { Pipeline, Seen } from './pipelines/pipeline.ts';
import type { MaskPainter, PreviewPainter } from './processor.ts';

/** A detector with what the status record says about it. */
export interface LoadedDetector {
  readonly detector: Detector;
  readonly fallback?: NonNullable<OutRecordOf<'status'>['engine']>['fallback'] | undefined;
}

export interface DeviceParts {
  readonly gate: Gate;
  readonly openSource: (spec: SourceSpec, events: SourceEvents) => Promise<FrameSource>;
  /**
   * @param aspect width / height of the source's picture, for the model's input size
   * @param file a model the user dropped in, with its card, instead of one of the registry
   */
  readonly loadDetector: (
    choice: EngineChoice,
    aspect: number,
    progress: (record: OutRecordOf<'progress'>) => void,
    file?: { data: Blob; card: unknown },
  ) => Promise<LoadedDetector>;
  readonly createMasks: (polygons: readonly Polygon[]) => MaskPainter;
  readonly preview: PreviewPainter & {
    attach(canvas: OffscreenCanvas): void;
    setGlass(glass: 'clear' | 'opaque'): void;
    wipe(): void;
  };
  readonly createPipeline: (config: CaseConfig) => Pipeline;
  readonly observe?: (seen: Seen, pipelines: readonly Pipeline[]) => void;
}
