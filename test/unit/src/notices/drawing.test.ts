import { describe, expect, it } from 'vitest';
import { CASE_NOTICES } from '../../../../src/cases/case-notices.ts';
import { LIFE_CYCLES } from '../../../../src/cases/index.ts';
import { MAX_ADDRESS_BYTES, qrCode } from '../../../../src/notices/drawing/qr.ts';
import { STICKER_SIZE, stickerOf, VEHICLE_STICKER_SIZE } from '../../../../src/notices/drawing/sticker.ts';
import { node, toSvg, type SvgNode } from '../../../../src/notices/drawing/svg.ts';
import { fitText, linesOf, roughWidth } from '../../../../src/notices/drawing/wrap.ts';
import { flowOf } from '../../../../src/notices/flow.ts';
import { noticeOf } from '../../../../src/notices/notice.ts';
import { stickerText } from '../../../../src/notices/sticker-text.ts';
import { CASES } from '../../../../contract/index.ts';
import { EVERY, inputFor } from './inputs.ts';

describe('lines', () => {
  it('break Japanese between words, not within them, and begin with no particle or full stop', () => {
    const lines = linesOf('映像はすぐに破棄します。', 5, 1);
    expect(lines.join('')).toBe('映像はすぐに破棄します。');
    for (const line of lines) expect(line).not.toMatch(/^[はに。、]/);
    expect(lines.some((line) => line.endsWith('破'))).toBe(false);
  });

  it('keep Latin and Korean words whole', () => {
    expect(linesOf('Images destroyed at once', 8, 1)).toEqual(['Images', 'destroyed at', 'once']);
    expect(linesOf('영상은 즉시 파기', 4.5, 1)).toEqual(['영상은', '즉시', '파기']);
  });

  it('break at marks only, where there are any', () => {
    expect(linesOf('車載カメラ\u3000\u200b外向き撮影中', 7, 1)).toEqual(['車載カメラ', '外向き撮影中']);
  });

  it('are about as long as one another: no word is left alone on the last', () => {
    const box = { width: 16, height: 2.5, max: 1, min: 1 };
    expect(linesOf('Camera images will be used here', 16, 1)).toEqual(['Camera images will be used', 'here']);
    expect(fitText('Camera images will be used here', box, 1.2).lines).toEqual([
      'Camera images',
      'will be used here',
    ]);
  });

  it('are as large as fits, and say the smallest where nothing fits', () => {
    const box = { width: 10, height: 3, max: 4, min: 1 };
    const { size, lines } = fitText('あいうえお', box, 1.2);
    expect(roughWidth(lines[0]!) * size).toBeLessThanOrEqual(10);
    expect(size).toBeGreaterThan(1.5);
    expect(fitText('あ'.repeat(100), box, 1.2).size).toBe(1);
  });
});

/** Every text of a drawing with its place and size, in the drawing's units. */
function textsOf(root: SvgNode): { text: string; x: number; y: number; size: number; middle: boolean }[] {
  if (root.tag === 'text') {
    return root.children.flatMap((child) =>
      typeof child === 'string'
        ? []
        : [
            {
              text: child.children.join(''),
              x: Number(child.attributes['x']),
              y: Number(child.attributes['y']),
              size: Number(root.attributes['font-size']),
              middle: root.attributes['text-anchor'] === 'middle',
            },
          ],
    );
  }
  return root.children.flatMap((child) => (typeof child === 'string' ? [] : textsOf(child)));
}

describe('stickers', () => {
  it.each(EVERY.filter(({ occasion }) => occasion === 'prior' || occasion === 'acquisition'))(
    'of $id, $occasion, $language keep every word on the paper',
    ({ id, occasion, language }) => {
      const input = inputFor(id, occasion, language);
      const second = noticeOf({ ...input, language: language === 'en' ? 'ja' : 'en' });
      const text = stickerText(noticeOf(input), second, input, flowOf(input));
      for (const size of [STICKER_SIZE, VEHICLE_STICKER_SIZE]) {
        for (const each of textsOf(stickerOf(text, size, undefined, roughWidth))) {
          const width = roughWidth(each.text) * each.size;
          const left = each.middle ? each.x - width / 2 : each.x;
          expect(left, each.text).toBeGreaterThanOrEqual(0);
          expect(left + width, each.text).toBeLessThanOrEqual(size.width);
          expect(each.y, each.text).toBeLessThanOrEqual(size.height - 2);
          expect(each.y - each.size, each.text).toBeGreaterThanOrEqual(0);
        }
      }
    },
  );

  it('have their size in millimetres, and no style that a content policy would refuse', () => {
    const input = inputFor('counting');
    const notice = noticeOf(input);
    const file = toSvg(
      stickerOf(stickerText(notice, notice, input, flowOf(input)), STICKER_SIZE, undefined, roughWidth),
    );
    expect(file).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
    expect(file).toContain('width="148mm" height="105mm"');
    expect(file).not.toMatch(/style=|<script|href=/);
  });

  it('cannot be broken out of by what an operator has entered', () => {
    expect(toSvg(node('text', { label: '"><script>' }, '<b>&'))).toContain(
      '<text xmlns="http://www.w3.org/2000/svg" label="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</text>',
    );
  });
});

describe('QR codes', () => {
  it('hold an address in squares with the quiet zone around them', () => {
    const code = qrCode('https://example.jp/c', 'label');
    const size = Number(code?.attributes['viewBox']?.toString().split(' ')[2]);
    // Version 2 has 25 modules; four blank ones on each side.
    expect(size).toBe(25 + 8);
    const d = String((code?.children[1] as SvgNode).attributes['d']);
    const cells = [...d.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    for (const [x, y] of cells) {
      expect(Math.min(x!, y!)).toBeGreaterThanOrEqual(4);
      expect(Math.max(x!, y!)).toBeLessThan(size - 4);
    }
  });

  it('are not made without an address, or of one too long to scan', () => {
    expect(qrCode('', 'label')).toBeUndefined();
    expect(qrCode('x'.repeat(MAX_ADDRESS_BYTES + 1), 'label')).toBeUndefined();
  });
});

describe("the case's own picture", () => {
  it('has a pictogram for every kind of data of every life cycle', () => {
    for (const id of CASES) expect(CASE_NOTICES[id].drawings, id).toHaveLength(LIFE_CYCLES[id].data.length);
  });

  it('shows a vector as lasting, all else in the camera as destroyed', () => {
    const { inside, outside, handedOver } = flowOf(inputFor('repeat-visits', 'acquisition', 'en'));
    expect(inside.map(({ lasting }) => lasting)).toEqual([false, false, true]);
    expect(inside.at(-1)?.end).toBe('30 days');
    expect(outside).toHaveLength(1);
    expect(handedOver).toBe(false);
    expect(flowOf(inputFor('streetscape')).handedOver).toBe(true);
  });
});
