/** The words of a sticker: the fewest that say what the camera does, and where to learn more. */
import { m } from '../paraglide/messages.js';
import type { StickerText } from './drawing/sticker.ts';
import type { Measure } from './drawing/wrap.ts';
import type { Flow } from './flow.ts';
import { speakIn, vectorDays, type NoticeInput } from './input.ts';
import type { Notice } from './notice.ts';

/** @param second the same notice in the second language */
export function stickerText(notice: Notice, second: Notice, input: NoticeInput, flow: Flow): StickerText {
  const { language, about } = input;
  const speak = speakIn(language);
  const linesOf = (item: string) => notice.sections.find(({ id }) => id === item)?.lines ?? [];
  const vehicle = about.carrier === 'vehicle';
  const days = vectorDays(input);
  const kept = flow.outside.at(-1);
  return {
    title: notice.title,
    second: second.title.replaceAll('\u200b', ''),
    tags: notice.tags,
    about: vehicle ? linesOf('fleet').join(' / ') : notice.purpose,
    operator: linesOf('operator')[0] ?? '',
    more: speak(vehicle ? m.notice_glance_more_web : m.notice_glance_more),
    address: notice.shownAddress,
    steps: [
      { drawing: flow.scene, words: flow.sees, gone: false },
      { drawing: 'frame', words: speak(m.notice_glance_images_destroyed), gone: true },
      ...(about.faces === 'recognition' && days !== undefined
        ? [
            {
              drawing: 'vector' as const,
              words: m.notice_glance_vector({ n: String(days) }, { locale: language }),
              gone: false,
            },
          ]
        : []),
      ...(kept
        ? [
            {
              drawing: kept.drawing,
              words: `${speak(flow.handedOver ? m.notice_glance_handed : m.notice_glance_kept)}: ${kept.what}`,
              gone: false,
            },
          ]
        : []),
    ],
  };
}

const FONT_PX = 100;

/** Widths as this browser's own fonts have them. */
export function browserMeasure(): Measure {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('no canvas to measure text with');
  context.font = `700 ${FONT_PX}px 'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,'Microsoft YaHei','Malgun Gothic',sans-serif`;
  return (text) => context.measureText(text).width / FONT_PX;
}
