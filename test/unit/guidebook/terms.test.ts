/** One word for one thing in all papers: the words that stood beside it do not come back. The list: `src/notices/README.md`. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASES } from '../../../contract/index.ts';

const FOLDERS = ['notices', 'guidebook', 'report', ...CASES.map((id) => `cases/${id}`)];

/** All texts of a language that stand on notices, papers and their pages. */
function textsOf(language: string): [key: string, text: string][] {
  return FOLDERS.flatMap((folder) => {
    const url = new URL(`../../../src/${folder}/messages/${language}.json`, import.meta.url);
    try {
      return Object.entries(JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>);
    } catch {
      // The report is in Japanese and English only.
      return [];
    }
  });
}

test.each([
  ['ja', /運用主体|開示の形式|指紋|seed \d/],
  ['en', /seed \d/],
  ['zh', /保存期(?![限间])|保存期间|摄像头图像|获取个人信息|防盗/],
  ['ko', /얼굴 식별|특징값|특징량|보존 기간|보관 기간|이용 정지|위탁처|안전 관리 조치|화소|인도/],
] as const)('%s keeps to its words', (language, others) => {
  const texts = textsOf(language);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter(([, text]) => others.test(text))).toEqual([]);
});

test('the example uses the same words', () => {
  const example = readFileSync(new URL('../../../src/guidebook/example.json', import.meta.url), 'utf8');
  expect(example).not.toMatch(/特徴量データ.*特征量|특징량|이용 정지|来店的比例/);
});
