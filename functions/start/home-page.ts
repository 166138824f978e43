import type * as z from 'zod';
import { form } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, hoursText, links, table } from '../html/parts.ts';
import { roleWords } from '../html/role-words.ts';
import type { View } from '../html/view.ts';
import { inLanguage, type Say, sayIn } from '../html/words.ts';
import { start } from './contract.ts';

type Home = z.output<typeof start.home.answer>;

const waitingBlock = ({ waiting }: Home, say: Say): Markup => {
  if (waiting === null) return nothing;
  const heading = html`<h2>${say('待查验的时长', 'Hours that wait to be verified')}</h2>`;
  if (waiting.length === 0)
    return html`${heading}<p>${say('上年以来没有待查验的时长。', 'None since the beginning of last year.')}</p>`;
  return html`${heading}${table({
    caption: say('上年以来已录入、尚未查验的时长', 'Entered since last year and not verified yet'),
    headings: [say('月份', 'Month'), { number: say('小时', 'Hours') }, say('明细', 'Lines')],
    rows: waiting.map(({ month, pendingMinutes }) => [
      month,
      { number: hoursText(pendingMinutes) },
      html`<a href="/pages/dashboards/${month}/lines?metric=pendingMinutes">${say(`${month} 明细`, `Lines of ${month}`)}</a>`,
    ]),
  })}`;
};

/** The roles that may see what is open in a period, the lines of its figures, and the draft of its report. */
const staffRoles: readonly string[] = ['district-admin', 'organiser', 'verifier', 'auditor'];

/** What staff see of periods; the district's own staff also close them, and hand in plans. */
const staffLinks = ({ roles, months }: Home, { year }: View, say: Say) => {
  if (!roles.some((role) => staffRoles.includes(role))) return [];
  const isDistrict = roles.includes('district-admin');
  const { present, previous } = months;
  const stillOpen = (period: string | number): string => {
    const zh = typeof period === 'number' ? `${period}年` : `${period} `;
    return isDistrict
      ? say(`${zh}关账`, `Close ${period}`)
      : say(`${zh}未办事项`, `What is still open in ${period}`);
  };
  return [
    ...(isDistrict ? [{ href: '/pages/plans', text: say('导入年度方案', 'Hand in a plan') }] : []),
    ...[present, previous].flatMap((month) => [
      { href: `/pages/months/${month}/close`, text: stillOpen(month) },
      {
        href: `/pages/dashboards/${month}/lines?metric=activitiesPublished`,
        text: say(`${month} 发布的活动`, `Activities published in ${month}`),
      },
      {
        href: `/pages/bulletins/${month}`,
        text: say(`${month} 工作简报初稿`, `Draft of the bulletin of ${month}`),
      },
    ]),
    ...[year, year - 1].flatMap((each) => [
      { href: `/pages/years/${each}/close`, text: stillOpen(each) },
      {
        href: `/pages/reports/${each}`,
        text: say(`${each}年度工作总结初稿`, `Draft of the summary of ${each}`),
      },
    ]),
  ];
};

/** What waits for whoever signed in. */
export const renderHome = (answer: Home, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { roles, organisation, areas, hasRecord } = answer;
  const none = say('无', 'none');
  return pageOf(view, {
    title: say('我的事项', 'My tasks'),
    body: html`${factList([
      [
        say('身份', 'Role'),
        roles.map((role) => inLanguage(view.locale, roleWords[role])).join(say('、', ', ')) || none,
      ],
      [say('单位', 'Organisation'), organisation ?? none],
      [
        say('工作区域', 'Areas'),
        areas.map(({ name }) => name).join(say('、', ', ')) ||
          (roles.includes('district-admin') ? say('全区', 'the whole district') : none),
      ],
    ])}
${waitingBlock(answer, say)}
<h2>${say('可办理的事', 'What you can do')}</h2>
${links([
  ...(hasRecord
    ? [{ href: '/pages/record', text: say('我的志愿服务记录', 'My service record') }]
    : []),
  { href: `/totals/${view.year}`, text: say('本年统计', 'Figures of this year') },
  ...(answer.hasPlan
    ? [{ href: `/pages/campaigns/${view.year}`, text: say('年度方案', 'Plan of the year') }]
    : []),
  ...staffLinks(answer, view, say),
])}
${form(view, {
  key: start.signOut.key,
  action: '/pages/sign-out',
  submit: say('退出登录', 'Sign out'),
  body: html`<p class="hint">${say('在公用电脑上，请同时退出身份提供方。', 'On a shared computer, also sign out at the identity provider.')}</p>`,
})}`,
  });
};
