import { describe, expect, it } from 'vitest';
import { toHtml } from '../../../../src/report/html.ts';
import { readReport, writeReport, type TransparencyReport } from '../../../../src/report/transparency.ts';

const REPORT: TransparencyReport = {
  format: 'incam-transparency-report',
  version: 1,
  madeAt: '2026-12-01T00:00:00.000Z',
  language: 'en',
  operator: 'Mihon <Inc.>',
  build: { name: 'incam', scriptSha256: 'a'.repeat(64) },
  cases: [
    {
      case: 'repeat-visits',
      number: 3,
      name: 'Repeat visits',
      at: '2026-11-30T12:00:00.000Z',
      source: 'sample',
      models: [{ role: 'faces', model: 'blazeface', backend: 'wasm', sha256: 'b'.repeat(64) }],
      settings: { retentionDays: 3, lapse: true },
      ledger: {
        frames: { acquired: 547, destroyed: 547, left: 0 },
        lifeMs: { p50: 20, p95: 41.25, max: 90 },
        crops: { made: 12, destroyed: 12 },
        vectors: { made: 5, destroyed: 3, held: 2 },
        records: 40,
        pictures: 0,
        bytes: 4000,
        refused: 0,
        wiped: true,
      },
      data: [{ what: 'The picture', where: 'camera', fate: 'destroyed', until: 'at once', identifies: true }],
      accuracy: [{ name: 'share of returns missed', value: 0.2, source: 'a command' }],
      duties: { done: 6, all: 14, open: 8, conflict: 0 },
      notices: {
        inForce: [
          { form: 'poster-a4', occasion: 'acquisition', language: 'ja', since: '2026-11-01T00:00:00.000Z' },
        ],
        disagreements: 1,
      },
    },
  ],
  benchmark: null,
};

describe('a transparency report', () => {
  it('is opened again as it was saved', () => {
    expect(readReport(writeReport(REPORT))).toEqual({ ok: true, report: REPORT });
  });

  it.each([
    ['no JSON', '{', { fault: 'not-json' }],
    ['another file', '{"format":"incam-operator-file","version":1}', { fault: 'not-a-report' }],
    ['a later version', JSON.stringify({ ...REPORT, version: 2 }), { fault: 'newer' }],
    ['a field too many', JSON.stringify({ ...REPORT, face: 'x' }), { fault: 'damaged', path: 'face' }],
    [
      'a negative count',
      writeReport(REPORT).replace('"acquired": 547', '"acquired": -1'),
      {
        fault: 'damaged',
        path: 'cases.0.ledger.frames.acquired',
      },
    ],
    ['a file without end', ' '.repeat(4_000_001), { fault: 'too-large' }],
  ])('refuses %s with its reason', (_, text, problem) => {
    expect(readReport(text)).toEqual({ ok: false, ...problem });
  });

  it('is a page of its own: figures, no script, no request, nothing entered becomes markup', () => {
    const html = toHtml(REPORT);
    expect(html).toContain('<html lang="en">');
    for (const figure of ['547', '41.3 ms', '5 / 3 / 2', 'b'.repeat(64), '6 of 14 met', '1 disagreement'])
      expect(html).toContain(figure);
    expect(html).toContain('Mihon &lt;Inc.&gt;');
    expect(html).not.toMatch(/<script|src=|href=|@import|url\(/);
  });

  it('speaks the language it was made in', () => {
    const html = toHtml({ ...REPORT, language: 'ja' });
    expect(html).toContain('破棄した映像');
    // The JSON below has the codes; the table says what a model is for.
    const table = html.slice(0, html.indexOf('<pre>'));
    expect(table).toContain('顔の検出：blazeface (wasm)');
    expect(table).not.toMatch(/faces|objects/);
  });
});
