import type * as z from 'zod';
import { dateText } from '../html/dates.ts';
import { form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { hoursText, links, note, numberText, type Row, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import type { periods } from './contract.ts';
import { openKinds, openWords } from './open-words.ts';

export type Prepared = z.output<typeof periods.monthClosePage.answer>;

/** The route that takes the form. */
export const closeKey = 'POST /pages/months/{month}/close';

/**
 * How far a close is. The page does not load itself again: that would take a screen reader back to its top.
 * @param rows records that were read
 */
export const closingNote = (rows: number, href: string, say: Say): Markup =>
  note(
    '',
    say(
      `正在关账，已核对 ${numberText(rows)} 条记录，请稍候。`,
      `It is being closed: ${numberText(rows)} records checked so far.`,
    ),
    html`<a href="${href}">${say('刷新进度', 'Load the progress again')}</a>`,
  );

const statusText = ({ period, status, progress, stopped, isOver }: Prepared, say: Say): Markup => {
  if (status === 'closing')
    return closingNote(progress?.rows ?? 0, `/pages/months/${period}/close`, say);
  if (status === 'closed') return note('good', say('本月已关账。', 'This month is closed.'));
  if (status === 'restated')
    return note(
      '',
      say('本月已关账，之后有更正。', 'This month is closed, and was corrected since.'),
    );
  if (!isOver)
    return note(
      '',
      say('本月尚未结束，结束后才能关账。', 'This month is not over: it can be closed then.'),
    );
  return stopped
    ? note(
        'bad',
        say('上次关账已停止：仍有未办事项。', 'The last close stopped: something is still open.'),
      )
    : note('', say('本月尚未关账。', 'This month is open.'));
};

/** What is open, one kind a row; its count leads to the list of it. */
const openRows = ({ period, open }: Prepared, say: Say): readonly Row[] =>
  openKinds.map((what) => {
    const count = open[what];
    const name = say(...openWords[what].name);
    const number = numberText(count) ?? '';
    const href = `/pages/months/${period}/open?what=${what}`;
    return [
      name,
      count === 0
        ? { number }
        : html`<a href="${href}" aria-label="${name} ${number}">${say(`${number}（查看）`, `${number} (see)`)}</a>`,
      count > 0 ? say(...openWords[what].todo) : '',
    ];
  });

/** The page on which a person sees what is still open in a month, and closes it. */
export const renderClose = (prepared: Prepared, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, status, open, isOver } = prepared;
  const name = dateText(period, say);
  const year = period.slice(0, 4);
  const isOpen = openKinds.some((what) => open[what] > 0);
  const action = `/pages/months/${period}/close`;
  return pageOf(view, {
    title: say(`${name}关账`, `Closing ${name}`),
    trail: [
      { href: `/dashboards/${period}`, text: say(`${name}统计`, `Figures of ${name}`) },
      { href: `/pages/years/${year}/close`, text: say(`${year}年关账`, `Closing ${year}`) },
    ],
    body: html`${refusalNote(view)}${statusText(prepared, say)}
<h2>${say('未办事项', 'What is still open')}</h2>
${table({
  caption: say('关账前应办的事', 'What should be done before the close'),
  headings: [say('事项', 'What'), say('件数', 'Count'), say('处理', 'What to do')],
  rows: openRows(prepared, say),
})}
<p>${say(
      `待查验时长 ${hoursText(open.waitingMinutes)} 小时，不计入本月。`,
      `${hoursText(open.waitingMinutes)} hours wait, and do not count in this month.`,
    )}</p>
${
  status === 'open' && isOver && view.signedIn?.roles.includes('district-admin')
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
    facts: [say(`统计时段 ${name}。`, `Period ${name}.`)],
  });
};
