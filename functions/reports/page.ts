import { writtenParts } from '../../events/reports.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { type Cell, links, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import type { Representation } from '../http/answer.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { localTimeOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { ReportAnswer, TableAnswer } from './answer.ts';
import { headingOf, hiddenWords } from './table-words.ts';
import { isHidden, isNumber } from './tables.ts';

const cellOf = (
  cell: TableAnswer['rows'][number]['cells'][number],
  isOfNumbers: boolean,
  locale: Locale,
): Cell => {
  if (cell === null) return isOfNumbers ? { number: null } : null;
  if (isHidden(cell)) return { number: hiddenWords(locale) };
  return isNumber(cell) ? { number: cell.shown } : cell.text;
};

/** A heading and a plain table, which office programs take over when they are pasted. */
const tableOf = ({ title, columns, rows }: TableAnswer, locale: Locale): Markup =>
  table({
    caption: title,
    isHeaded: true,
    headings: columns.map((column) =>
      column.numbers ? { number: headingOf(column, locale) } : headingOf(column, locale),
    ),
    rows: rows.map(({ cells, adds }) => {
      const [first = null, ...others] = cells.map((cell, at) =>
        cellOf(cell, columns[at]?.numbers ?? false, locale),
      );
      return { cells: [first, ...others], adds: adds !== null };
    }),
  });

const paragraphs = (all: ReportAnswer['head']): readonly Markup[] =>
  all.map(({ text }) => html`<p>${text}</p>`);

/** Who wrote a part and when, and the way to write it, for those who read it in a session. */
const writing = (
  { key, written }: ReportAnswer['parts'][number],
  { period }: ReportAnswer,
  { signedIn }: View,
  say: Say,
): Markup => {
  if (!signedIn || !written) return nothing;
  const { text } = written;
  const at = text && localTimeOf(text.writtenAt, settings().timezone);
  const by = text?.authorId
    ? html`<p>${say(`${text.authorId} 填写于 ${at}`, `Written by ${text.authorId} at ${at}`)}</p>`
    : nothing;
  const part = writtenParts.find((each) => each === key);
  const mayWrite = signedIn.roles.includes('district-admin');
  return html`<div class="screen soft">${by}${
    mayWrite && part
      ? links([
          {
            href: `/pages/reports/${period}/texts/${part}`,
            text: say('填写或修改本部分', 'Write or change this part'),
          },
          ...(part === 'next-year' && written.facts.length > 0
            ? [{ href: `/campaigns/${period}`, text: say('本年度方案', 'This year’s plan') }]
            : []),
        ])
      : nothing
  }</div>`;
};

const partOf = (
  part: ReportAnswer['parts'][number],
  answer: ReportAnswer,
  view: View,
  say: Say,
): Markup => {
  const { title, paragraphs: texts, tables, written } = part;
  const missing =
    written && written.text === null
      ? html`<p>${say('（待填写）', '(not written yet)')}</p>`
      : nothing;
  const facts =
    written && written.facts.length > 0
      ? html`<div class="note"><h3>${say('供填写时参考', 'Facts for whoever writes this')}</h3>${paragraphs(written.facts)}</div>`
      : nothing;
  return html`<section><h2>${title}</h2>
${paragraphs(texts)}${missing}${facts}${writing(part, answer, view, say)}${tables.map((each) => tableOf(each, answer.language))}</section>
`;
};

/** The other forms of the report: those of a final one are public, a draft's are for those in a session. */
const filesOf = ({ period, status }: ReportAnswer, { signedIn }: View, say: Say): Markup => {
  if (!signedIn && status === 'draft') return nothing;
  const kind = period.length === 4 ? 'reports' : 'bulletins';
  const path = `${status === 'draft' ? '/pages' : ''}/${kind}/${period}`;
  return html`<div class="screen">${links([
    { href: `${path}.xlsx`, text: say('下载工作簿（XLSX）', 'Workbook (XLSX)') },
    { href: `${path}.csv`, text: say('下载数据（CSV）', 'Data (CSV)') },
    ...(signedIn && status !== 'draft'
      ? [{ href: path, text: say('公开页面', 'The public page') }]
      : []),
  ])}</div>`;
};

/** A report as a page to read, to print on A4 and to paste from, in one language. */
export const renderPage = (answer: ReportAnswer, _: unknown, view: View): Representation => {
  const say = sayIn(answer.language);
  const { title, head, parts, totals, annexes, length, language, period } = answer;
  const year = period.slice(0, 4);
  return pageOf(view, {
    title,
    trail: [
      period.length === 4
        ? { href: `/totals/${year}`, text: say('全年统计', 'Figures of the year') }
        : { href: `/dashboards/${period}`, text: say('本月统计', 'Figures of the month') },
    ],
    body: html`<div class="paper"><div class="soft">${paragraphs(head)}</div>
${filesOf(answer, view, say)}${parts.map((part) => partOf(part, answer, view, say))}<section><h2>${say('附表', 'Annexes')}</h2>
${[totals, ...annexes].map((each) => tableOf(each, language))}</section></div>`,
    facts: [
      `${say('正文', 'Characters of the text: ')}${length.shown}${say('字（公文以五千字为限）。', ' (official limit: five thousand).')}`,
    ],
  });
};
