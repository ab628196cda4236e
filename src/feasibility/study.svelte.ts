/** One model under study: where it comes from, what was found in it, and what each chip says to it. */
import type { Anatomy } from '../../lib/onnx/anatomy.ts';
import type { NewerOperators } from '../../lib/onnx/opsets.ts';
import type { Side } from '../../lib/onnx/picture-sizes.ts';
import { CHIPS, KNOWN_MODELS } from './chips.ts';
import type { Chip } from './chip.ts';
import { latencyModels } from './latency.ts';
import { FileError, type FileFault } from '../../workers/feasibility/parse-model.ts';
import { Reader } from './model-worker-client.ts';
import { throttle, type Throttle } from './throttle.ts';
import { judge, type Verdict } from './verdict.ts';

/** Input sizes offered for models that take any. */
export const SIDES: readonly Side[] = [
  { width: 224, height: 224 },
  { width: 320, height: 192 },
  { width: 320, height: 320 },
  { width: 416, height: 416 },
  { width: 512, height: 288 },
  { width: 512, height: 512 },
  { width: 640, height: 384 },
  { width: 640, height: 640 },
];

/** Pictures a second a case may need. */
export const RATES = [1, 2, 5, 10, 15, 30] as const;

export interface ChipVerdict {
  readonly chip: Chip;
  readonly verdict: Verdict;
}

export class Study {
  name = $state('');
  state = $state<'idle' | 'reading' | 'ready' | 'failed'>('idle');
  fault = $state.raw<FileFault | undefined>();
  anatomy = $state.raw<Anatomy | undefined>();
  /** Whether the size of the input can be chosen. */
  open = $state(false);
  /** Whether the size was found by trying: the file leaves it open, but its layers do not. */
  sought = $state(false);
  /** Operations that are newer than the opset the file states. */
  newer = $state.raw<NewerOperators>({ ops: [], needed: 1 });
  side = $state.raw<Side>({ width: 512, height: 512 });
  wantedFps = $state(5);
  readonly #reader: Reader;
  readonly #latencyOf = latencyModels(CHIPS, KNOWN_MODELS);
  #turn = 0;

  constructor(reader = new Reader()) {
    this.#reader = reader;
  }

  readonly verdicts = $derived.by<readonly ChipVerdict[]>(() => {
    const { anatomy, wantedFps } = this;
    if (!anatomy) return [];
    return CHIPS.map((chip) => ({
      chip,
      verdict: judge(chip, anatomy, this.#latencyOf(chip), wantedFps),
    }));
  });

  /** Selects another model. @param load returns its bytes; may throw where the site does not answer */
  async take(name: string, side: Side, load: () => Promise<Blob>): Promise<void> {
    this.name = name;
    this.side = side;
    this.anatomy = undefined;
    await this.#read(async (current) => {
      const file = await load();
      // Another model was selected during the load.
      return current() ? this.#reader.ask(side, file) : undefined;
    });
  }

  /** Rate and input size of a camera on this chip, for a simulation. */
  throttleOf(chip: Chip): Throttle | undefined {
    return this.anatomy && throttle(chip, this.anatomy, this.#latencyOf(chip), this.wantedFps);
  }

  async resize(side: Side): Promise<void> {
    this.side = side;
    await this.#read(() => this.#reader.ask(side));
  }

  close(): void {
    this.#reader.close();
  }

  async #read(ask: (current: () => boolean) => ReturnType<Reader['ask']>): Promise<void> {
    const turn = ++this.#turn;
    const current = () => turn === this.#turn;
    this.state = 'reading';
    this.fault = undefined;
    try {
      const finding = await ask(current);
      // A newer request replaced this one.
      if (!finding || !current()) return;
      this.anatomy = finding.anatomy;
      this.open = finding.open;
      this.sought = finding.sought;
      this.newer = finding.newer;
      this.state = 'ready';
    } catch (error) {
      if (!current()) return;
      this.anatomy = undefined;
      this.open = this.sought = false;
      this.fault = error instanceof FileError ? error.fault : { code: 'unreadable' };
      this.state = 'failed';
    }
  }
}
