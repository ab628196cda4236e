/** What a runtime's own timing of a network's operators comes to. */

/** One operator of one run, as ONNX Runtime writes it down. */
interface TraceEvent {
  readonly name: string;
  /** Microseconds. */
  readonly dur: number;
  readonly args?: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/** Operators of one kind. */
export interface Share {
  readonly kind: string;
  /** Time in one run; the fastest of each operator: its time on an otherwise idle processor. */
  readonly ms: number;
  /** Of all operators, 0..1. */
  readonly share: number;
  /** Billions of multiplications and additions a second; convolutions only. */
  readonly gflops: number | undefined;
}

/** By the name of the convolution: [outputs, inputs, height, width]. */
export type WeightShapes = ReadonlyMap<string, readonly number[]>;

const shapes = (list: readonly Readonly<Record<string, readonly number[]>>[] | undefined) =>
  (list ?? []).map((entry) => Object.values(entry)[0] ?? []);
const product = (numbers: readonly number[]) => numbers.reduce((a, b) => a * b, 1);

/** @returns the kind of an operator, and its floating-point operations where they are known */
function sort({ name: node, args }: TraceEvent, known: WeightShapes): { kind: string; flops: number } {
  const name = args?.op_name ?? 'unknown';
  if (!/Conv$/.test(name)) return { kind: name, flops: 0 };
  const weights = known.get(node.split('_token_')[0]!) ?? shapes(args?.input_type_shape)[1] ?? [];
  const output = shapes(args?.output_type_shape)[0] ?? [];
  const [, channels = 0, ...window] = weights;
  const flops = 2 * product(output) * channels * product(window);
  if (channels === 1) return { kind: 'convolution, depthwise', flops };
  return { kind: product(window) === 1 ? 'convolution, pointwise' : 'convolution, dense', flops };
}

/**
 * @param lines of a trace in JSON, one event each; others are left out
 * @param known weights of eight bits, which the runtime repacks and then does not tell of
 */
export function sharesOf(lines: readonly string[], known: WeightShapes = new Map()): Share[] {
  const byNode = new Map<string, TraceEvent[]>();
  for (const line of lines) {
    if (!line.includes('_kernel_time')) continue;
    const event = JSON.parse(line.trim().replace(/,$/, '')) as TraceEvent;
    byNode.set(event.name, [...(byNode.get(event.name) ?? []), event]);
  }
  const kinds = new Map<string, { us: number; flops: number }>();
  for (const events of byNode.values()) {
    const { kind, flops } = sort(events[0]!, known);
    const before = kinds.get(kind) ?? { us: 0, flops: 0 };
    kinds.set(kind, {
      us: before.us + Math.min(...events.map(({ dur }) => dur)),
      flops: before.flops + flops,
    });
  }
  const all = [...kinds.values()].reduce((sum, { us }) => sum + us, 0);
  return [...kinds]
    .map(([kind, { us, flops }]) => ({
      kind,
      ms: us / 1000,
      share: us / all,
      gflops: flops > 0 ? flops / us / 1000 : undefined,
    }))
    .sort((a, b) => b.ms - a.ms);
}
