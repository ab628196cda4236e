/** The sticker of the form that was chosen, in the chosen language and a second one. */
import { m } from '../paraglide/messages.js';
import { qrCode } from './drawing/qr.ts';
import { STICKER_SIZE, stickerOf, VEHICLE_STICKER_SIZE } from './drawing/sticker.ts';
import { flowOf } from './flow.ts';
import type { FormId } from './forms.ts';
import type { NoticeInput } from './input.ts';
import { noticeOf } from './notice.ts';
import { browserMeasure, stickerText } from './sticker-text.ts';

const SIZES = { sticker: STICKER_SIZE, 'vehicle-sticker': VEHICLE_STICKER_SIZE } as const;
const isSticker = (form: FormId): form is keyof typeof SIZES => Object.hasOwn(SIZES, form);

/** @returns nothing for a form that is no sticker */
export function chosenSticker(form: FormId, input: NoticeInput): ReturnType<typeof stickerOf> | undefined {
  if (!isSticker(form)) return undefined;
  const notice = noticeOf(input);
  const second = noticeOf({ ...input, language: input.language === 'en' ? 'ja' : 'en' });
  const code = qrCode(notice.address, m.notice_ui_qr_label());
  return stickerOf(stickerText(notice, second, input, flowOf(input)), SIZES[form], code, browserMeasure());
}
