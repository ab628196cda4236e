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
  ['ja', /運用主体|運営者|メモリー|到達できる者|開示の形式|指紋|seed \d|npm run/],
  ['en', /seed \d|npm run/],
  ['zh', /保存期(?![限间])|保存期间|摄像头图像|获取个人信息|防盗/],
  ['ko', /얼굴 식별|특징값|특징량|보존 기간|보관 기간|이용 정지|위탁처|안전 관리 조치|화소|인도/],
] as const)('%s keeps to its words', (language, others) => {
  const texts = textsOf(language);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter(([, text]) => others.test(text))).toEqual([]);
});

/** What stands before a particle decides its form: 은, 을 after a final consonant; 는, 를 after a vowel. */
const FINALS = 28;
const hasFinal = (syllable: string) => (syllable.codePointAt(0)! - 0xac00) % FINALS !== 0;

test('Korean particles fit the word before them', () => {
  const example = readFileSync(new URL('../../../src/guidebook/example.json', import.meta.url), 'utf8');
  const texts: [key: string, text: string][] = [...textsOf('ko'), ['the example', example]];
  const wrong = (text: string) => [
    ...[...text.matchAll(/([가-힣])[은을](?=[\s.,)"])/g)].filter(([, before]) => !hasFinal(before!)),
    ...[...text.matchAll(/([가-힣])를(?=[\s.,)"])/g)].filter(([, before]) => hasFinal(before!)),
  ];
  expect(texts.filter(([, text]) => wrong(text).length > 0)).toEqual([]);
  expect(wrong('얼굴 특징정보은 30일').length).toBe(1);
});

test('the example uses the same words', () => {
  const example = readFileSync(new URL('../../../src/guidebook/example.json', import.meta.url), 'utf8');
  expect(example).not.toMatch(/特徴量データ.*特征量|특징량|이용 정지|来店的比例/);
});
