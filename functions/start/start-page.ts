import type * as z from 'zod';
import { html } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { links } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import type { start } from './contract.ts';

/** The first page: where figures, plan, pages and documents are. */
export const renderStart = (
  { year, links: to }: z.output<typeof start.readStart.answer>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('全年学雷锋志愿服务', 'A year of volunteer service'),
    body: html`<p class="lead">${say(
      '这里公布本区志愿服务的计划与结果。每个数字都可以查到明细，未经查验的时长不计入。',
      'The plan and the results of this district’s volunteer service. Every figure can be opened down to its lines, and nothing counts before it was verified.',
    )}</p>
<h2>${say('公开数据', 'Public figures')}</h2>
${links([
  { href: to.year, text: say(`${year}年统计`, `Figures of ${year}`) },
  { href: to.month, text: say('本月统计', 'Figures of this month') },
  { href: `/totals/${year - 1}`, text: say(`${year - 1}年统计`, `Figures of ${year - 1}`) },
  { href: to.plan, text: say(`${year}年度活动方案`, `The plan of ${year}`) },
  { href: to.areas, text: say('各区域', 'Areas') },
  { href: to.stories, text: say('宣传报道与先进典型', 'Stories and exemplars') },
  { href: to.stars, text: say('星级志愿者公示', 'Public notice of star levels') },
])}
<h2>${say('办理', 'For those who take part')}</h2>
<p>${say(
      '志愿者可以查看自己的服务记录；工作人员可以查看明细、导入方案和关账。',
      'Volunteers see their own record; staff see lines, hand in plans and close months.',
    )}</p>
${links([
  {
    href: to.verify,
    text: say('查验志愿服务记录证明', 'Verify a certificate of service'),
  },
  { href: to.complaints, text: say('投诉与意见', 'Complaints and suggestions') },
])}
<p><a class="button" href="/pages">${view.hasSession ? say('我的事项', 'My tasks') : say('登录', 'Sign in')}</a></p>
<h2>${say('接口', 'For programs')}</h2>
${links([
  { href: to.openApi, text: say('接口说明（OpenAPI）', 'The API (OpenAPI)') },
  { href: to.asyncApi, text: say('事件说明（AsyncAPI）', 'The events (AsyncAPI)') },
])}`,
  });
};
