/**
 * Labels of the codes of verdicts and faults. Each map is typed by its list: a code without a label does not compile.
 */
import { bytes, count, rate } from '../app/format.ts';
import { m } from '../paraglide/messages.js';
import type { Chip } from './chip.ts';
import type { Estimate } from './latency.ts';
import { LARGEST_FILE, type FileFault, type UnknownKind } from '../../workers/feasibility/parse-model.ts';
import type { Change, Level, Reason } from './verdict.ts';

export const LEVEL_TEXT: Record<Level, () => string> = {
  fits: m.feasibility_level_fits,
  changes: m.feasibility_level_changes,
  misfit: m.feasibility_level_misfit,
};

type Words<T extends { code: string }> = { [C in T['code']]: (it: Extract<T, { code: C }>) => string };

const REASONS: Words<Reason> = {
  'memory-fits': ({ used, limit }) =>
    m.feasibility_reason_memory_fits({ used: bytes(used), limit: bytes(limit) }),
  'memory-unpublished': () => m.feasibility_reason_memory_unpublished(),
  'weights-too-large': ({ used, limit }) =>
    m.feasibility_reason_weights_too_large({ used: bytes(used), limit: bytes(limit) }),
  'activations-too-large': ({ used, limit }) =>
    m.feasibility_reason_activations_too_large({ used: bytes(used), limit: bytes(limit) }),
  'together-too-large': ({ used, limit }) =>
    m.feasibility_reason_together_too_large({ used: bytes(used), limit: bytes(limit) }),
  'weights-streamed': ({ excess, limit }) =>
    m.feasibility_reason_weights_streamed({ excess: bytes(excess), limit: bytes(limit) }),
  'input-too-wide': ({ side, limit }) => m.feasibility_reason_input_too_wide({ side, limit }),
  'operators-run': () => m.feasibility_reason_operators_run(),
  'operators-on-host': ({ ops }) => m.feasibility_reason_operators_on_host({ ops: ops.join(', ') }),
  'operators-missing': ({ ops }) => m.feasibility_reason_operators_missing({ ops: ops.join(', ') }),
  'kernels-missing': ({ kernels }) =>
    m.feasibility_reason_kernels_missing({ kernels: kernels.map((k) => `${k}×${k}`).join(', ') }),
  'precision-ready': () => m.feasibility_reason_precision_ready(),
  'precision-differs': () => m.feasibility_reason_precision_differs(),
  'format-differs': ({ format, chip }) => m.feasibility_reason_format_differs({ format, chip }),
  'too-slow': ({ fps, wanted }) => m.feasibility_reason_too_slow({ fps: rate(fps), wanted: count(wanted) }),
  'latency-unknown': () => m.feasibility_reason_latency_unknown(),
};

/** The reason of a chip's verdict. */
export const reasonText = (reason: Reason): string =>
  (REASONS[reason.code] as (it: Reason) => string)(reason);

export function changeText(change: Change, chip: Chip): string {
  switch (change.code) {
    case 'quantise':
      return m.feasibility_change_quantise();
    case 'export-again':
      return m.feasibility_change_export_again({ precision: change.as });
    case 'shrink':
      return m.feasibility_change_shrink({ width: change.to.width, height: change.to.height });
    case 'replace': {
      const ops = change.ops.join(', ');
      return chip.operators.rest === 'host'
        ? m.feasibility_change_replace({ ops })
        : m.feasibility_change_replace_must({ ops });
    }
  }
}

/** The basis of an estimate, in sentences. */
export function basisText({ count: n, tested, beyond }: Estimate, { timing }: Chip): string[] {
  return [
    tested ? m.feasibility_basis({ count: n }) : m.feasibility_basis_few({ count: n }),
    ...(timing === 'throughput' ? [m.feasibility_basis_throughput()] : []),
    ...(beyond ? [m.feasibility_basis_beyond()] : []),
  ];
}

interface FaultText {
  readonly what: string;
  readonly todo: string;
  /** A remark of the file's reader, in English, with names from the file. */
  readonly detail?: string;
  /** Of number formats that may be the real trouble. */
  readonly formats?: string;
}

const UNKNOWN_TODO: Record<UnknownKind, () => string> = {
  foreign: m.feasibility_fault_foreign_operators_todo,
  'post-processing': m.feasibility_fault_unknown_operators_todo,
  'no-rule': m.feasibility_fault_operators_without_rule_todo,
};

const FAULTS: { [C in FileFault['code']]: (it: Extract<FileFault, { code: C }>) => FaultText } = {
  'too-large': ({ bytes: size }) => ({
    what: m.feasibility_fault_too_large({ size: bytes(size), limit: bytes(LARGEST_FILE) }),
    todo: m.feasibility_fault_too_large_todo(),
  }),
  empty: () => ({ what: m.feasibility_fault_empty(), todo: m.feasibility_fault_empty_todo() }),
  unreadable: () => ({ what: m.feasibility_fault_unreadable(), todo: m.feasibility_fault_unreadable_todo() }),
  'took-too-long': () => ({
    what: m.feasibility_fault_took_too_long(),
    todo: m.feasibility_fault_took_too_long_todo(),
  }),
  'unknown-operators': ({ ops, kinds }) => ({
    what: m.feasibility_fault_unknown_operators({ ops: ops.join(', ') }),
    todo: kinds.map((kind) => UNKNOWN_TODO[kind]()).join(' '),
  }),
  'no-computation': () => ({
    what: m.feasibility_fault_no_computation(),
    todo: m.feasibility_fault_no_computation_todo(),
  }),
  'no-size-fits': ({ detail }) => ({
    what: m.feasibility_fault_no_size_fits(),
    todo: m.feasibility_fault_no_size_fits_todo(),
    detail,
  }),
  'not-onnx': () => ({ what: m.feasibility_fault_not_onnx(), todo: m.feasibility_fault_not_onnx_todo() }),
  truncated: ({ detail }) => ({
    what: m.feasibility_fault_truncated(),
    todo: m.feasibility_fault_truncated_todo(),
    detail,
  }),
  malformed: ({ detail }) => ({
    what: m.feasibility_fault_malformed(),
    todo: m.feasibility_fault_malformed_todo(),
    detail,
  }),
  unsupported: ({ detail }) => ({
    what: m.feasibility_fault_unsupported(),
    todo: m.feasibility_fault_unsupported_todo(),
    detail,
  }),
  'control-flow': ({ detail }) => ({
    what: m.feasibility_fault_control_flow(),
    todo: m.feasibility_fault_control_flow_todo(),
    detail,
  }),
  functions: () => ({ what: m.feasibility_fault_functions(), todo: m.feasibility_fault_functions_todo() }),
  'not-tensors': ({ detail }) => ({
    what: m.feasibility_fault_not_tensors(),
    todo: m.feasibility_fault_not_tensors_todo(),
    detail,
  }),
  'number-format': ({ detail }) => ({
    what: m.feasibility_fault_number_format({ type: detail }),
    todo: m.feasibility_fault_number_format_todo(),
  }),
  'data-dependent': ({ detail }) => ({
    what: m.feasibility_fault_data_dependent(),
    todo: m.feasibility_fault_data_dependent_todo(),
    detail,
  }),
  'external-data': ({ detail }) => ({
    what: m.feasibility_fault_external_data(),
    todo: m.feasibility_fault_external_data_todo(),
    detail,
  }),
  'wrong-shape': ({ detail }) => ({
    what: m.feasibility_fault_wrong_shape(),
    todo: m.feasibility_fault_wrong_shape_todo(),
    detail,
  }),
};

/** What is wrong with a file, and what to do about it. */
export const faultText = (fault: FileFault): FaultText => ({
  ...(FAULTS[fault.code] as (it: FileFault) => FaultText)(fault),
  ...(fault.formats && { formats: formatsText(fault.formats) }),
});

/** What to know of number formats that few chips and runtimes compute with. */
export const formatsText = (formats: readonly string[]): string =>
  m.feasibility_formats({ formats: formats.join(', ') });
