/** A case's life cycle as the public sees it: what enters the camera, what is destroyed in it and when, what comes out. */
import { m } from '../paraglide/messages.js';
import type { PictogramName } from './drawing/pictograms.ts';
import { speakIn, vectorDays, type NoticeInput } from './input.ts';
import { retentionText } from './retention.ts';

export interface FlowStep {
  readonly drawing: PictogramName;
  readonly what: string;
  /** When it ends; empty: the operator has not stated it. */
  readonly end: string;
  /** Kept inside the camera for a stated time: neither gone at once nor let out. */
  readonly lasting: boolean;
}

export interface Flow {
  readonly scene: PictogramName;
  readonly sees: string;
  /** In the camera, destroyed there. */
  readonly inside: readonly FlowStep[];
  /** What comes out. */
  readonly outside: readonly FlowStep[];
  /** Whether what comes out is handed to a third party. */
  readonly handedOver: boolean;
}

export function flowOf(input: NoticeInput): Flow {
  const { life, about, plan, language } = input;
  const speak = speakIn(language);
  const own = retentionText(plan.retention.records, language) ?? '';
  const steps = life.data.map((item, i) => {
    const lasting = item.ledger === 'vectors';
    const vector = vectorDays(input);
    const end =
      lasting && vector !== undefined
        ? m.notice_retention_days({ n: String(vector) }, { locale: language })
        : item.until === m.until_while_open
          ? own
          : speak(item.until);
    return { item, step: { drawing: about.drawings[i] ?? 'frame', what: speak(item.what), end, lasting } };
  });
  return {
    scene: about.scene,
    sees: speak(life.sees),
    inside: steps.filter(({ item }) => item.where === 'camera').map(({ step }) => step),
    outside: steps.filter(({ item }) => item.where === 'outside').map(({ step }) => step),
    handedOver: life.data.some(({ fate }) => fate === 'handed-over'),
  };
}
