/** What the profile's page is asked, and what it answers. */

/** A network in a runtime of its own: everything that can be set. */
export interface Setup {
  /** Id of a model, or the address of a graph without its ending. */
  readonly model: string;
  /** The runtime's binary, by name; see `runtimes.ts`. */
  readonly binary: string;
  readonly threads: number;
  readonly width: number;
  readonly height: number;
  /** Address of a picture to look at; noise without. */
  readonly picture?: string;
  readonly optimisation?: 'disabled' | 'basic' | 'extended' | 'all';
  /** Tells the graph its size when it is loaded. */
  readonly fixedSize?: boolean;
  /** Outputs written to the same place every time. */
  readonly reuseOutputs?: boolean;
  /** The runtime times its operators and writes them to the console. */
  readonly traced?: boolean;
}

export interface Ran {
  /** Of each run. */
  readonly ms: readonly number[];
  /** Every `stride`-th number of each output of the last run. */
  readonly sample: Readonly<Record<string, readonly number[]>>;
}

/** A loop of multiplications and additions, timed. */
export interface Peak {
  readonly gflops: number;
}
