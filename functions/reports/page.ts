import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Representation } from '../http/answer.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { ReportAnswer, TableAnswer } from './answer.ts';
import { headingOf, hiddenWords } from './table-words.ts';
import { isHidden, isNumber } from './tables.ts';

/** Nothing here is awaited, so the templates are never promises. */
type Markup = HtmlEscapedString;
const markup = (content: ReturnType<typeof html>): Markup => content as Markup;

type Cell = TableAnswer['rows'][number]['cells'][number];

const cellOf = (cell: Cell, locale: Locale): Markup => {
  if (cell === null) return markup(html`<td>—</td>`);
  if (isHidden(cell)) return markup(html`<td>${hiddenWords(cell, locale)}</td>`);
  return isNumber(cell)
    ? markup(html`<td class="number">${cell.shown}</td>`)
    : markup(html`<td>${cell.text}</td>`);
};

const tableOf = ({ title, columns, rows }: TableAnswer, locale: Locale): Markup =>
  markup(html`<h3>${title}</h3>
<table><thead><tr>${columns.map((column) => html`<th scope="col">${headingOf(column, locale)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells, adds }) =>
      html`<tr${raw(adds ? ' class="sum"' : '')}>${cells.map((cell) => cellOf(cell, locale))}</tr>`,
  )}</tbody></table>
`);

const paragraphs = (all: ReportAnswer['head']): readonly Markup[] =>
  all.map(({ text }) => markup(html`<p>${text}</p>\n`));

const partOf = (
  { title, paragraphs: texts, tables, written }: ReportAnswer['parts'][number],
  locale: Locale,
): Markup => {
  const say = (zh: string, en: string): string => (locale === 'zh-CN' ? zh : en);
  const missing =
    written && written.text === null
      ? html`<p class="missing">${say('（待填写）', '(not written yet)')}</p>\n`
      : '';
  const facts =
    written && written.facts.length > 0
      ? html`<aside><h3>${say('供填写时参考', 'Facts for whoever writes this')}</h3>
${paragraphs(written.facts)}</aside>\n`
      : '';
  return markup(html`<section><h2>${title}</h2>
${paragraphs(texts)}${missing}${facts}${tables.map((table) => tableOf(table, locale))}</section>
`);
};

/** What stands in the body of the page: headings and plain tables, which WPS takes over when they are pasted. */
const reportBody = (answer: ReportAnswer): Markup => {
  const { language } = answer;
  const say = (zh: string, en: string): string => (language === 'zh-CN' ? zh : en);
  return markup(html`<h1>${answer.title}</h1>
<div class="head">${paragraphs(answer.head)}</div>
${answer.parts.map((part) => partOf(part, language))}<section><h2>${say('附表', 'Annexes')}</h2>
${[answer.totals, ...answer.annexes].map((table) => tableOf(table, language))}</section>
<footer><p>${say('正文', 'Characters of the text: ')}${answer.length.shown}${say('字（公文以五千字为限）。', ' (official limit: five thousand).')}${say('空格处“—”表示无核实数据，不等于零。', ' A dash is no verified data, which is not zero.')}</p></footer>
`);
};

const style = `
@page { size: A4; margin: 25mm 20mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 4mm; max-width: 170mm; font: 12pt/1.7 FangSong, "Songti SC", SimSun, serif; color: #000; background: #fff; }
h1 { margin: 8mm 0 4mm; text-align: center; font-size: 20pt; line-height: 1.3; }
h2 { margin: 6mm 0 2mm; font-size: 15pt; break-after: avoid; }
h3 { margin: 4mm 0 2mm; font-size: 12pt; break-after: avoid; }
p { margin: 1mm 0; text-indent: 2em; overflow-wrap: anywhere; }
.head p, footer p { text-indent: 0; font-size: 10pt; }
aside { margin: 2mm 0; padding: 2mm 4mm; border: 0.2mm dashed #000; font-size: 10.5pt; }
table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.4; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.2mm solid #000; padding: 0.8mm 1mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: bold; background: #eee; }
.number { text-align: right; white-space: nowrap; }
.sum { font-weight: bold; }
footer { margin-top: 6mm; }
@media screen and (max-width: 600px) { body { font-size: 16px; } section { overflow-x: auto; } }
`;

/** Allows only the style sheet above: no scripts, images, forms, frames or requests. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A report as a page to read, to print on A4 and to paste from: one language, no scripts, nothing loaded. */
export const renderPage = (answer: ReportAnswer): Representation => ({
  text: String(html`<!doctype html>
<html lang="${answer.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${answer.title}</title><style>${raw(style)}</style></head><body>
${reportBody(answer)}</body></html>
`),
  headers: {
    'content-security-policy': contentSecurityPolicy,
    'referrer-policy': 'no-referrer',
  },
});
