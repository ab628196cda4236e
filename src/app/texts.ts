/**
 * Texts for the closed lists of the contract. Each map is typed by its list: a code without a text does not compile.
 */
import type { Kind, OutRecordOf, Stage } from '../../contract/index.ts';
import type { TroubleCode } from '../camera/troubles.svelte.ts';
import { containerTitle, convertCommand } from '../camera/convert-command.ts';
import { m } from '../paraglide/messages.js';
import { NONE } from './format.ts';

type Text = () => string;
type Engine = OutRecordOf<'status'>['engines'][number];

export const KIND_TEXT: Record<Kind, Text> = {
  pedestrian: m.kind_pedestrian,
  bicycle: m.kind_bicycle,
  motorcycle: m.kind_motorcycle,
  car: m.kind_car,
  bus: m.kind_bus,
  truck: m.kind_truck,
};

export const STAGE_TEXT: Record<Stage, Text> = {
  sense: m.stage_sense,
  mask: m.stage_mask,
  prepare: m.stage_prepare,
  infer: m.stage_infer,
  track: m.stage_track,
  extract: m.stage_extract,
  preview: m.stage_preview,
  destroy: m.stage_destroy,
  report: m.stage_report,
};

/** What happens to the one frame in each stage, for the single-step explainer. */
export const STAGE_EXPLAINED: Record<Stage, Text> = {
  sense: m.stage_sense_explained,
  mask: m.stage_mask_explained,
  prepare: m.stage_prepare_explained,
  infer: m.stage_infer_explained,
  track: m.stage_track_explained,
  extract: m.stage_extract_explained,
  preview: m.stage_preview_explained,
  destroy: m.stage_destroy_explained,
  report: m.stage_report_explained,
};

export const BACKEND_TEXT: Record<Engine['backend'], Text> = {
  wasm: m.backend_wasm,
  webgpu: m.backend_webgpu,
  mediapipe: m.backend_mediapipe,
};

export const FALLBACK_TEXT: Record<NonNullable<Engine['fallback']>, Text> = {
  'no-adapter': m.fallback_no_adapter,
  slower: m.fallback_slower,
  failed: m.fallback_failed,
  lost: m.fallback_lost,
  'not-isolated': m.fallback_not_isolated,
  'no-webgl': m.fallback_no_webgl,
};

export const PHASE_TEXT: Record<OutRecordOf<'progress'>['phase'], Text> = {
  download: m.phase_download,
  verify: m.phase_verify,
  initialise: m.phase_initialise,
  measure: m.phase_measure,
  'warm-up': m.phase_warm_up,
  done: m.phase_done,
};

/** A text that may name what it is about: a model, an operation of a model, a kind of file. */
type TextAbout = (about: { readonly name: string }) => string;

/** What happened, and what to do about it. */
interface TroubleText {
  readonly what: TextAbout;
  readonly todo: TextAbout;
  /** How the subject is called on the page, where that is not its short name. */
  readonly name?: (subject: string) => string;
  /** A line to be typed elsewhere that mends it. */
  readonly command?: (subject: string) => string;
}

export const TROUBLE_TEXT: Record<TroubleCode, TroubleText> = {
  'source-unreadable': { what: m.fault_source_unreadable, todo: m.fault_source_unreadable_todo },
  'source-not-video': { what: m.fault_source_not_video, todo: m.fault_source_not_video_todo },
  'source-container-unsupported': {
    what: m.fault_source_container_unsupported,
    todo: m.fault_source_container_unsupported_todo,
    name: containerTitle,
    command: convertCommand,
  },
  'source-no-index': { what: m.fault_source_no_index, todo: m.fault_source_no_index_todo },
  'source-no-key-picture': {
    what: m.fault_source_no_key_picture,
    todo: m.fault_source_no_key_picture_todo,
    command: convertCommand,
  },
  'source-no-video-track': { what: m.fault_source_no_video_track, todo: m.fault_source_no_video_track_todo },
  'source-codec-unsupported': {
    what: m.fault_source_codec_unsupported,
    todo: m.fault_source_codec_unsupported_todo,
  },
  'source-truncated': { what: m.fault_source_truncated, todo: m.fault_source_truncated_todo },
  'source-too-large': { what: m.fault_source_too_large, todo: m.fault_source_too_large_todo },
  'camera-denied': { what: m.fault_camera_denied, todo: m.fault_camera_denied_todo },
  'camera-absent': { what: m.fault_camera_absent, todo: m.fault_camera_absent_todo },
  'camera-busy': { what: m.fault_camera_busy, todo: m.fault_camera_busy_todo },
  'camera-unplugged': { what: m.fault_camera_unplugged, todo: m.fault_camera_unplugged_todo },
  'scene-unavailable': { what: m.fault_scene_unavailable, todo: m.fault_scene_unavailable_todo },
  'scene-lost': { what: m.fault_scene_lost, todo: m.fault_scene_lost_todo },
  'model-missing': { what: m.fault_model_missing, todo: m.fault_model_missing_todo },
  'model-corrupt': { what: m.fault_model_corrupt, todo: m.fault_model_corrupt_todo },
  'model-wrong-shape': { what: m.fault_model_wrong_shape, todo: m.fault_model_wrong_shape_todo },
  'model-wrong-hash': { what: m.fault_model_wrong_hash, todo: m.fault_model_wrong_hash_todo },
  'model-unsupported': { what: m.fault_model_unsupported, todo: m.fault_model_unsupported_todo },
  'model-operator': { what: m.fault_model_operator, todo: m.fault_model_operator_todo },
  'model-number-format': { what: m.fault_model_number_format, todo: m.fault_model_number_format_todo },
  'model-external-data': { what: m.fault_model_external_data, todo: m.fault_model_external_data_todo },
  'model-not-plain': { what: m.fault_model_not_plain, todo: m.fault_model_not_plain_todo },
  'model-batch': { what: m.fault_model_batch, todo: m.fault_model_batch_todo },
  'model-nan': { what: m.fault_model_nan, todo: m.fault_model_nan_todo },
  'model-run-failed': { what: m.fault_model_run_failed, todo: m.fault_model_run_failed_todo },
  'model-empty': { what: m.fault_model_empty, todo: m.fault_model_empty_todo },
  'backend-unavailable': { what: m.fault_backend_unavailable, todo: m.fault_backend_unavailable_todo },
  'gpu-lost': { what: m.fault_gpu_lost, todo: m.fault_gpu_lost_todo },
  'memory-exhausted': { what: m.fault_memory_exhausted, todo: m.fault_memory_exhausted_todo },
  'config-invalid': { what: m.fault_config_invalid, todo: m.fault_config_invalid_todo },
  'line-too-short': { what: m.fault_line_too_short, todo: m.fault_line_too_short_todo },
  'zone-too-small': { what: m.fault_zone_too_small, todo: m.fault_zone_too_small_todo },
  'calibration-degenerate': {
    what: m.fault_calibration_degenerate,
    todo: m.fault_calibration_degenerate_todo,
  },
  'place-not-empty': { what: m.fault_place_not_empty, todo: m.fault_place_not_empty_todo },
  'place-moving': { what: m.fault_place_moving, todo: m.fault_place_moving_todo },
  'too-few-pictures': { what: m.fault_too_few_pictures, todo: m.fault_too_few_pictures_todo },
  'disclosure-too-fine': { what: m.fault_disclosure_too_fine, todo: m.fault_disclosure_too_fine_todo },
  'view-moved': { what: m.fault_view_moved, todo: m.fault_view_moved_todo },
  'vault-unavailable': { what: m.fault_vault_unavailable, todo: m.fault_vault_unavailable_todo },
  'vault-busy': { what: m.fault_vault_busy, todo: m.fault_vault_busy_todo },
  'vault-newer': { what: m.fault_vault_newer, todo: m.fault_vault_newer_todo },
  'vault-outdated': { what: m.fault_vault_outdated, todo: m.fault_vault_outdated_todo },
  'vault-full': { what: m.fault_vault_full, todo: m.fault_vault_full_todo },
  'vault-lost': { what: m.fault_vault_lost, todo: m.fault_vault_lost_todo },
  'vault-closed': { what: m.fault_vault_closed, todo: m.fault_vault_closed_todo },
  'vault-clock': { what: m.fault_vault_clock, todo: m.fault_vault_clock_todo },
  'vault-damaged': { what: m.fault_vault_damaged, todo: m.fault_vault_damaged_todo },
  'vault-no-room': { what: m.fault_vault_no_room, todo: m.fault_vault_no_room_todo },
  'gate-refused': { what: m.fault_gate_refused, todo: m.fault_gate_refused_todo },
  internal: { what: m.fault_internal, todo: m.fault_internal_todo },
  'worker-crashed': { what: m.fault_worker_crashed, todo: m.fault_worker_crashed_todo },
  'camera-silent': { what: m.fault_camera_silent, todo: m.fault_camera_silent_todo },
  'not-reachable': { what: m.fault_not_reachable, todo: m.fault_not_reachable_todo },
  'part-changed': { what: m.fault_part_changed, todo: m.fault_part_changed_todo },
  'gate-flooded': { what: m.fault_gate_flooded, todo: m.fault_gate_flooded_todo },
  'walls-missing': { what: m.fault_walls_missing, todo: m.fault_walls_missing_todo },
  framed: { what: m.fault_framed, todo: m.fault_framed_todo },
  'worker-restarted': { what: m.fault_worker_restarted, todo: m.fault_worker_restarted_todo },
} satisfies Record<TroubleCode, TroubleText>;

export interface TroubleWords {
  readonly what: string;
  readonly todo: string;
  readonly command?: string;
}

/** The words for a trouble. @param subject what its code is about, where that is known */
export function troubleText(code: TroubleCode, subject?: string): TroubleWords {
  const { what, todo, name, command }: TroubleText = TROUBLE_TEXT[code];
  const about = { name: subject === undefined ? NONE : (name?.(subject) ?? subject) };
  return { what: what(about), todo: todo(about), ...(command && { command: command(subject ?? '') }) };
}
