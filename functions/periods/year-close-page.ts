import type * as z from 'zod';
import { dateText } from '../html/dates.ts';
import { form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { links, note, numberText, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import { closingNote } from './close-page.ts';
import type { periods } from './contract.ts';

type PreparedYear = z.output<typeof periods.yearClosePage.answer>;
type PreparedMonth = PreparedYear['months'][number];

const isClosed = ({ status }: Pick<PreparedMonth, 'status'>): boolean =>
  status === 'closed' || status === 'restated';

const standing = ({ status, isOver }: PreparedMonth, say: Say): string =>
  ({
    open: isOver ? say('未关账', 'open') : say('尚未结束', 'not over'),
    closing: say('正在关账', 'being closed'),
    closed: say('已关账', 'closed'),
    restated: say('已关账，有更正', 'closed, and corrected'),
  })[status];

/** What is open in a month, without those that are counted among others; null once it is being closed. */
const openIn = ({ open }: PreparedMonth): number | null =>
  open &&
  open.waitingEntries +
    open.openObjections +
    open.activitiesNotCompleted +
    open.activitiesNotVerified;

const statusText = ({ period, status, progress }: PreparedYear, say: Say): Markup => {
  if (status === 'closing')
    return closingNote(progress?.rows ?? 0, `/pages/years/${period}/close`, say);
  return {
    open: note('', say('本年尚未关账。', 'This year is open.')),
    closed: note('good', say('本年已关账。', 'This year is closed.')),
    restated: note(
      '',
      say('本年已关账，之后有更正。', 'This year is closed, and was corrected since.'),
    ),
  }[status];
};

const monthTable = ({ period, months }: PreparedYear, say: Say): Markup =>
  table({
    caption: say(`${period}年各月`, `The months of ${period}`),
    headings: [
      say('月份', 'Month'),
      say('状态', 'Where it stands'),
      { number: say('未办事项', 'Still open') },
      say('办理', 'To do'),
    ],
    rows: months.map((month) => [
      dateText(month.period, say),
      standing(month, say),
      { number: numberText(openIn(month)) },
      html`<a href="/pages/months/${month.period}/close">${
        isClosed(month) || !month.isOver
          ? say(`查看${dateText(month.period, say)}`, `See ${dateText(month.period, say)}`)
          : say(`${dateText(month.period, say)}关账`, `Close ${dateText(month.period, say)}`)
      }</a>`,
    ]),
  });

const partWords = {
  problems: { zh: '十、存在的问题', en: '10. Problems' },
  'next-year': { zh: '十一、下一年度计划', en: '11. Next year' },
} as const;

/** The parts of the summary that nobody has written: they would be published empty. */
const unwrittenNote = ({ period, unwritten }: PreparedYear, say: Say): Markup =>
  unwritten.length === 0
    ? nothing
    : html`${note(
        '',
        say(
          '年度工作总结尚有部分未填写；关账后总结即公开，空着的部分也照样公开。',
          'Parts of the summary of the year are not written yet. It is public after the close, with them empty.',
        ),
      )}${links(
        unwritten.map((part) => ({
          href: `/pages/reports/${period}/texts/${part}`,
          text: say(`填写“${partWords[part].zh}”`, `Write “${partWords[part].en}”`),
        })),
      )}`;

const forms = ({ period, status, months }: PreparedYear, view: View, say: Say): Markup => {
  if (status !== 'open' || !view.signedIn?.roles.includes('district-admin')) return nothing;
  const empty = months.filter((month) => month.status === 'open' && month.isOver && month.isEmpty);
  const named = empty.map((each) => dateText(each.period, say));
  const action = `/pages/years/${period}/close`;
  const ofEmpty =
    empty.length === 0
      ? nothing
      : html`<h2>${say('空白月份', 'Months with nothing in them')}</h2>${form(view, {
          key: 'POST /pages/years/{year}/close-empty-months',
          action: `${action}-empty-months`,
          submit: say('空白月份一并关账', 'Close the empty months'),
          body: html`<p>${say(
            `没有活动、没有数字、没有未办事项：${named.join('、')}。`,
            `No activities, no figures, nothing open: ${named.join(', ')}.`,
          )}</p>`,
        })}`;
  const ofYear = months.every(isClosed)
    ? html`<h2>${say('年度关账', 'Close the year')}</h2>${form(view, {
        key: 'POST /pages/years/{year}/close',
        action,
        submit: say('年度关账', 'Close the year'),
        body: html`<p>${say(
          '年度数字包含各月关账后至今的更正；以后的更改另列为更正。关账不能撤销。',
          'The figures of the year contain what was corrected in its months until now; later changes are listed beside them. A close cannot be undone.',
        )}</p>`,
      })}`
    : html`<p>${say('十二个月都关账后，才能年度关账。', 'The year is closed after its twelve months.')}</p>`;
  return html`${ofEmpty}${ofYear}`;
};

/** The page on which a person sees where the months of a year stand, and closes it. */
export const renderYearClose = (prepared: PreparedYear, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, status } = prepared;
  return pageOf(view, {
    title: say(`${period}年关账`, `Closing ${period}`),
    trail: [{ href: `/totals/${period}`, text: say(`${period}年统计`, `Figures of ${period}`) }],
    body: html`${refusalNote(view)}${statusText(prepared, say)}
${monthTable(prepared, say)}
${view.signedIn?.roles.includes('district-admin') ? unwrittenNote(prepared, say) : nothing}
${forms(prepared, view, say)}
${links([
  status === 'closed' || status === 'restated'
    ? { href: `/reports/${period}`, text: say(`${period}年度工作总结`, `The summary of ${period}`) }
    : {
        href: `/pages/reports/${period}`,
        text: say(`${period}年度工作总结初稿`, `The draft of the summary of ${period}`),
      },
])}`,
    facts: [say(`统计时段 ${period}年。`, `Period ${period}.`)],
  });
};
