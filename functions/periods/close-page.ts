import type * as z from 'zod';
import { form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { hoursText, links, note, numberText, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import type { periods } from './contract.ts';

export type Prepared = z.output<typeof periods.prepareMonth.answer>;

/** The route that takes the form. */
export const closeKey = 'POST /pages/months/{month}/close';

/**
 * How far a close is. The page does not load itself again: that would take a screen reader back to its top.
 * @param rows of the Ledger that were read
 */
export const closingNote = (rows: number, href: string, say: Say): Markup =>
  note(
    '',
    say(
      `正在关账，已读取 ${numberText(rows)} 行。`,
      `It is being closed: ${numberText(rows)} rows read.`,
    ),
    html`<a href="${href}">${say('刷新进度', 'Load the progress again')}</a>`,
  );

const statusText = ({ period, status, progress, stopped }: Prepared, say: Say): Markup => {
  if (status === 'closing')
    return closingNote(progress?.rows ?? 0, `/pages/months/${period}/close`, say);
  if (status === 'closed') return note('good', say('本月已关账。', 'This month is closed.'));
  if (status === 'restated')
    return note(
      '',
      say('本月已关账，之后有更正。', 'This month is closed, and was corrected since.'),
    );
  return stopped
    ? note(
        'bad',
        say('上次关账已停止：仍有未办事项。', 'The last close stopped: something is still open.'),
      )
    : note('', say('本月尚未关账。', 'This month is open.'));
};

const openRows = ({ open }: Prepared, say: Say) =>
  [
    [
      say('待查验的条目', 'Entries that wait'),
      open.waitingEntries,
      say('请查验或退回', 'Verify or reject them'),
    ],
    [
      say('未答复的异议', 'Objections without an answer'),
      open.openObjections,
      say('请答复', 'Answer them'),
    ],
    [
      say('未办结的活动', 'Activities not completed'),
      open.activitiesNotCompleted,
      say('请填报成果或取消', 'Report their outcome, or cancel them'),
    ],
    [
      say('未核对的成果', 'Outcomes not verified'),
      open.activitiesNotVerified,
      say('请核对', 'Verify them'),
    ],
    [
      say('超期未查验的条目', 'Entries overdue'),
      open.overdueRecords,
      say('超过十个工作日', 'More than ten working days old'),
    ],
  ] as const;

/** The page on which a person sees what is still open in a month, and closes it. */
export const renderClose = (prepared: Prepared, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, status, open } = prepared;
  const rows = openRows(prepared, say);
  const year = period.slice(0, 4);
  const isOpen = rows.some(([, count]) => count > 0);
  const action = `/pages/months/${period}/close`;
  return pageOf(view, {
    title: say(`${period} 关账`, `Closing ${period}`),
    trail: [
      { href: `/dashboards/${period}`, text: say(`${period} 统计`, `Figures of ${period}`) },
      { href: `/pages/years/${year}/close`, text: say(`${year}年关账`, `Closing ${year}`) },
    ],
    body: html`${refusalNote(view)}${statusText(prepared, say)}
<h2>${say('未办事项', 'What is still open')}</h2>
${table({
  caption: say('关账前应办的事', 'What should be done before the close'),
  headings: [say('事项', 'What'), { number: say('件数', 'Count') }, say('处理', 'What to do')],
  rows: rows.map(([name, count, todo]) => [
    name,
    { number: numberText(count) },
    count > 0 ? todo : '',
  ]),
})}
<p>${say(
      `待查验时长 ${hoursText(open.waitingMinutes)} 小时，不计入本月。`,
      `${hoursText(open.waitingMinutes)} hours wait, and do not count in this month.`,
    )}</p>
${
  status === 'open' && view.signedIn?.roles.includes('district-admin')
    ? html`<h2>${say('关账', 'Close the month')}</h2><p>${say(
        '关账后，本月的数字固定不变；以后的更改列为更正，写明理由和经办人。关账不能撤销。',
        'Its figures are then fixed. Later changes are listed as corrections, with reason and author. A close cannot be undone.',
      )}</p>${form(view, {
        key: closeKey,
        action,
        submit: say('关账', 'Close the month'),
        body: isOpen
          ? html`<label class="check"><input type="checkbox" name="acceptOpen" value="true">${say('仍有未办事项，我确认照此关账', 'Something is still open; I close the month all the same')}</label>`
          : nothing,
      })}`
    : nothing
}
${links([
  status === 'closed' || status === 'restated'
    ? { href: `/bulletins/${period}`, text: say('本月工作简报', 'The bulletin of the month') }
    : {
        href: `/pages/bulletins/${period}`,
        text: say('本月工作简报初稿', 'The draft of the bulletin'),
      },
  { href: `/pages/years/${year}/close`, text: say(`${year}年关账`, `Closing ${year}`) },
])}`,
    facts: [say(`统计时段 ${period}。`, `Period ${period}.`)],
  });
};
