/** The transparency report as a page of its own that needs nothing else: no script, no request. */
import { escapeXml } from '../notices/drawing/svg.ts';
import { caseRows, headRows, type Row } from './rows.ts';
import { m } from '../paraglide/messages.js';
import { writeReport, type TransparencyReport } from './transparency.ts';

const STYLE = `body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif;color:#14181d}
h1{font-size:1.6rem}h2{margin-top:2rem;border-top:3px solid;padding-top:.5rem;font-size:1.25rem}table{width:100%;border-collapse:collapse}
th,td{border-bottom:1px solid #c5ccd4;padding:.3rem .5rem .3rem 0;text-align:start;vertical-align:top}th{width:16rem}td p{margin:0}
pre{overflow:auto;max-height:20rem;background:#f2f4f6;padding:.5rem;font-size:.75rem}@page{size:A4;margin:15mm}@media print{pre{display:none}}`;

const table = (rows: readonly Row[]) =>
  `<table>${rows
    .map(
      ({ label, lines }) =>
        `<tr><th scope="row">${escapeXml(label)}</th><td>${lines.map((line) => `<p>${escapeXml(line)}</p>`).join('')}</td></tr>`,
    )
    .join('')}</table>`;

/** The JSON stands at the end, so that the page can be read by a machine as well. */
export function toHtml(report: TransparencyReport): string {
  const title = m.report_paper_title({}, { locale: report.language });
  const cases = report.cases.map(
    (each) =>
      `<h2>${escapeXml(m.report_case_heading({ n: String(each.number), name: each.name }, { locale: report.language }))}</h2>${table(caseRows(each, report.language))}`,
  );
  return `<!doctype html>
<html lang="${report.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeXml(title)}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escapeXml(title)}</h1>
${table(headRows(report))}
${cases.join('\n')}
<h2>JSON</h2>
<pre>${escapeXml(writeReport(report))}</pre>
</main></body></html>
`;
}
