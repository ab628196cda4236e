/** The long form of a notice for the operator's own web site: HTML, Markdown, plain text. */
import { m } from '../paraglide/messages.js';
import { pictogram } from './drawing/pictograms.ts';
import { escapeXml, toXml } from './drawing/svg.ts';
import type { Flow, FlowStep } from './flow.ts';
import { TAGS } from './languages.ts';
import { speakIn } from './input.ts';
import type { Notice } from './notice.ts';

export const WEB_FORMATS = ['html', 'md', 'txt'] as const;
export type WebFormat = (typeof WEB_FORMATS)[number];
export const WEB_MEDIA_TYPES: Readonly<Record<WebFormat, string>> = {
  html: 'text/html',
  md: 'text/markdown',
  txt: 'text/plain',
};

const titleOf = ({ title }: Notice): string => title.replaceAll('\u200b', '');

export function webText(format: WebFormat, notice: Notice, flow: Flow): string {
  switch (format) {
    case 'html':
      return toHtml(notice, flow);
    case 'md':
      return toMarkdown(notice);
    case 'txt':
      return toPlain(notice);
  }
}

/** A sign that Markdown would take for its own stands for itself. */
const plainMark = (text: string): string => text.replace(/([\\`*_[\]<>#|])/g, '\\$1');

function toMarkdown(notice: Notice): string {
  const sections = notice.sections.map(
    ({ label, lines }) =>
      `## ${plainMark(label)}\n\n${lines.length > 1 ? lines.map((line) => `- ${plainMark(line)}`).join('\n') : plainMark(lines[0]!)}\n`,
  );
  return [`# ${plainMark(titleOf(notice))}\n`, `${plainMark(notice.lead)}\n`, ...sections].join('\n');
}

function toPlain(notice: Notice): string {
  const sections = notice.sections.map(({ label, lines }) => `■ ${label}\n${lines.join('\n')}\n`);
  return [`${titleOf(notice)}\n`, `${notice.lead}\n`, ...sections].join('\n');
}

const STYLE = `body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.7 system-ui,sans-serif;color:#14181d}
h1{line-height:1.3}dl{display:grid;grid-template-columns:minmax(8rem,13rem) 1fr;gap:.6rem 1rem}dt{font-weight:700}dd{margin:0}
dd p{margin:0}ol{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}li{width:9.5rem;border:2px solid;border-radius:.4rem;padding:.5rem;font-size:.875rem}
li svg{width:3rem;height:3rem;display:block}.destroyed{color:#a11616;border-style:dashed}.kept{color:#0b5a8f}
@media(max-width:36rem){dl{grid-template-columns:1fr}}`;

function toHtml(notice: Notice, flow: Flow): string {
  const speak = speakIn(notice.language);
  const step = ({ drawing, what, end }: FlowStep, kind: string, fate: string) =>
    `<li class="${kind}">${toXml(pictogram(drawing))}<b>${escapeXml(what)}</b>${fate ? `<br>${escapeXml(fate)}` : ''}${end ? `<br>${escapeXml(end)}` : ''}</li>`;
  const steps = [
    ...flow.inside.map((item) =>
      step(item, item.lasting ? 'kept' : 'destroyed', item.lasting ? speak(m.notice_glance_camera) : ''),
    ),
    ...flow.outside.map((item) =>
      step(item, 'kept', speak(flow.handedOver ? m.notice_glance_handed : m.notice_glance_kept)),
    ),
  ];
  const rows = notice.sections.map(
    ({ id, label, lines }) =>
      `<dt>${escapeXml(label)}</dt><dd>${lines.map((line) => `<p>${id === 'more' ? linked(line) : escapeXml(line)}</p>`).join('')}</dd>`,
  );
  return `<!doctype html>
<html lang="${TAGS[notice.language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeXml(titleOf(notice))}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escapeXml(titleOf(notice))}</h1>
<p>${escapeXml(notice.lead)}</p>
<h2>${escapeXml(speak(m.notice_flow_title))}</h2>
<ol>
${steps.join('\n')}
</ol>
<dl>
${rows.join('\n')}
</dl>
</main></body></html>
`;
}

/** A link only for what is an address of the web; anything else stays text. */
const linked = (line: string): string =>
  /^https?:\/\/[^\s"'<>]+$/.test(line)
    ? `<a href="${escapeXml(line)}">${escapeXml(line)}</a>`
    : escapeXml(line);
