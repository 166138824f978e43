import type * as z from 'zod';
import { dateText } from '../html/dates.ts';
import { form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, links, note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import type { campaigns } from './contract.ts';
import { unitsText } from './shown-theme.ts';

type Campaign = z.output<typeof campaigns.readCampaign.answer>;

const months = Array.from({ length: 12 }, (_, at) => at + 1);

/** Themes down, months across: a mark where a theme is planned, and what it is in words for who does not see it. */
const calendar = ({ themes, routines }: Campaign, say: Say): Markup => {
  const caption = say('各主题安排的月份', 'The months of each theme');
  const cell = (on: boolean): Markup =>
    on
      ? html`<td class="on"><span role="img" aria-label="${say('安排', 'planned')}">●</span></td>`
      : html`<td></td>`;
  const row = (title: string, planned: readonly number[]): Markup =>
    html`<tr><th scope="row">${title}</th>${months.map((month) => cell(planned.includes(month)))}</tr>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="calendar"><caption>${caption}</caption><thead><tr><th scope="col">${say('主题', 'Theme')}</th>${months.map((month) => html`<th scope="col">${month}</th>`)}</tr></thead><tbody>${themes.map((theme) => row(theme.title, theme.months))}${routines.map(({ title }) => row(say(`${title}（常年）`, `${title} (all year)`), months))}</tbody></table></div>`;
};

const themeList = ({ year, themes }: Campaign, say: Say): Markup =>
  html`${themes.map(
    (theme) => html`<h3>${monthsText(theme.months, say)} · ${theme.title}</h3>
${factList([
  ...(theme.dates.length === 0
    ? []
    : [
        [
          say('日期', 'Days'),
          theme.dates.map((date) => dateText(date, say)).join(say('、', ', ')),
        ] as const,
      ]),
  [say('单位', 'Units'), unitsText(theme, say)],
  [say('对象', 'For whom'), theme.audience || null],
  [say('内容', 'What is done'), theme.content || null],
])}
<p class="screen"><a href="/totals/${year}?theme=${theme.key}" aria-label="${say('本主题的统计', 'Figures of this theme')} ${theme.title}">${say('本主题的统计', 'Figures of this theme')}</a></p>`,
  )}`;

const monthsText = (planned: readonly number[], say: Say): string =>
  say(`${planned.join('、')}月`, `Month ${planned.join(', ')}`);

const statusWords = (status: Campaign['status'], say: Say): string =>
  ({
    planned: say('方案已制定，尚未启动。', 'Planned, and not opened yet.'),
    open: say('本年度活动已启动。', 'The year is open.'),
    closed: say('本年度活动已结束。', 'The year is closed.'),
  })[status];

/** The route that opens a year from its page. */
const openKey = 'POST /pages/campaigns/{year}/open';

/** Opening, revising and copying: on the page of whoever may, and a link to it on the page for everybody. */
const running = ({ year, status }: Campaign, view: View, say: Say): Markup => {
  const page = `/pages/campaigns/${year}`;
  if (!view.signedIn) {
    if (view.hasSession && !view.roles.includes('district-admin')) return nothing;
    const text = say('启动、修订或复制方案', 'Open, revise or copy the plan');
    const only = view.hasSession ? '' : say('（须登录）', ' (sign in)');
    return html`<p class="screen"><a href="${page}">${text}${only}</a></p>`;
  }
  if (!view.signedIn.roles.includes('district-admin')) return nothing;
  const opening = form(view, {
    key: openKey,
    action: `${page}/open`,
    submit: say('启动年度活动', 'Open the year'),
    body: html`<p>${say('启动后，组织者可以发布本年度的活动；方案在年度结束前仍可修订。', 'Organisers can then publish activities of this year; the plan can still be revised.')}</p>`,
  });
  const revising = { href: `${page}/revise`, text: say('修订方案', 'Revise the plan') };
  const copying = { href: `${page}/copy`, text: say('复制到新年度', 'Copy to another year') };
  return html`${status === 'planned' ? opening : nothing}<div class="screen">${links([...(status === 'closed' ? [] : [revising]), copying])}</div>`;
};

/** The plan of a year: its calendar, and each theme. */
export const renderCampaign = (campaign: Campaign, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { year, title, slogan, responsibleUnit, routines, status, version } = campaign;
  return pageOf(view, {
    title: say(`${year}年度方案`, `The plan of ${year}`),
    body: html`${refusalNote(view)}<p class="lead">${title}</p>${slogan === '' ? nothing : html`<p>${slogan}</p>`}${
      responsibleUnit === null
        ? nothing
        : html`<p>${say(`责任单位：${responsibleUnit.name}`, `Unit that answers for the year: ${responsibleUnit.name}`)}</p>`
    }
${note(status === 'open' ? 'good' : '', statusWords(status, say))}
${running(campaign, view, say)}
<h2>${say('月历', 'Calendar')}</h2>
${calendar(campaign, say)}
<h2>${say('各主题', 'Themes')}</h2>
${themeList(campaign, say)}
<h2>${say('常年服务', 'All year')}</h2>
${links(routines.map((each) => ({ href: `/totals/${year}?theme=${each.key}`, text: each.title })))}`,
    facts: [
      say(`${year}年度，方案第${version}版。`, `Year ${year}, version ${version} of the plan.`),
    ],
  });
};
