import type * as z from 'zod';
import { dateText } from '../html/dates.ts';
import { form } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, hoursText, links, note, table } from '../html/parts.ts';
import { isStaff, roleWords } from '../html/role-words.ts';
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
      dateText(month, say),
      { number: hoursText(pendingMinutes) },
      html`<a href="/pages/dashboards/${month}/lines?metric=pendingMinutes">${say(`${dateText(month, say)}明细`, `Lines of ${dateText(month, say)}`)}</a>`,
    ]),
  })}`;
};

/** Where a period is closed while it is open, and what it was closed with afterwards. */
const periodLinks = (period: string, { roles, months, closed }: Home, say: Say) => {
  const name = dateText(period, say);
  const isYear = period.length === 4;
  const isOver = period < (isYear ? months.present.slice(0, 4) : months.present);
  if (closed.includes(period))
    return isYear
      ? [
          {
            href: `/reports/${period}`,
            text: say(`${period}年度工作总结`, `The summary of ${period}`),
          },
        ]
      : [{ href: `/bulletins/${period}`, text: say(`${name}工作简报`, `Bulletin of ${name}`) }];
  return [
    {
      href: `/pages/${isYear ? 'years' : 'months'}/${period}/close`,
      text:
        isOver && roles.includes('district-admin')
          ? say(`${name}关账`, `Close ${name}`)
          : say(`${name}未办事项`, `What is still open in ${name}`),
    },
    isYear
      ? {
          href: `/pages/reports/${period}`,
          text: say(`${period}年度工作总结初稿`, `Draft of the summary of ${period}`),
        }
      : {
          href: `/pages/bulletins/${period}`,
          text: say(`${name}工作简报初稿`, `Draft of the bulletin of ${name}`),
        },
  ];
};

/** What staff see of periods; the district's own staff also close them, and hand in plans. */
const staffLinks = (answer: Home, { year }: View, say: Say) => {
  const { roles, months } = answer;
  if (!isStaff(roles)) return [];
  return [
    ...(roles.includes('district-admin')
      ? [{ href: '/pages/plans', text: say('导入年度方案', 'Hand in a plan') }]
      : []),
    ...[months.present, months.previous].flatMap((month) => [
      ...periodLinks(month, answer, say),
      {
        href: `/pages/dashboards/${month}/lines?metric=activitiesPublished`,
        text: say(
          `${dateText(month, say)}发布的活动`,
          `Activities published in ${dateText(month, say)}`,
        ),
      },
    ]),
    ...[year, year - 1].flatMap((each) => periodLinks(String(each), answer, say)),
  ];
};

/** What a volunteer does who has no record here yet. */
const withoutRecord = ({ roles, hasRecord }: Home, say: Say): Markup =>
  hasRecord || !roles.includes('volunteer')
    ? nothing
    : note(
        '',
        say(
          '您还没有志愿服务记录。请向所在社区居民委员会或服务队登记，确认后即可在这里查看。',
          'You have no service record yet. Register with your residents’ committee or a team; once you have confirmed, you find it here.',
        ),
      );

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
${withoutRecord(answer, say)}
${waitingBlock(answer, say)}
<h2>${say('可办理的事', 'What you can do')}</h2>
${links([
  ...(hasRecord
    ? [
        { href: '/pages/record', text: say('我的志愿服务记录', 'My service record') },
        { href: '/pages/certificates', text: say('我的证明', 'My certificates') },
      ]
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
  body: html`<p class="hint">${say('在公用电脑上，请同时退出统一登录平台。', 'On a shared computer, also sign out at the identity provider.')}</p>`,
})}`,
  });
};
