import type * as z from 'zod';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { note, table } from '../html/parts.ts';
import { starWords } from '../html/star-words.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import type { stars } from './contract.ts';

/** The stars in their public notice, with the way to object. */
export const renderNotice = (
  { items, next }: z.output<typeof stars.starNotice.answer>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('星级志愿者公示', 'Public notice of star levels'),
    body: html`<p>${say(
      '下列志愿者拟授予星级。对公示有异议的，请在公示期内提出，可匿名：',
      'These volunteers are to be granted a star level. Whoever objects says so during the notice, without a name if they like:',
    )} <a href="/pages/complaints?page=${encodeURIComponent('/stars/notice')}">${say('提出异议', 'Object')}</a></p>
${
  items.length === 0
    ? note('', say('现在没有公示。', 'There is no notice now.'))
    : table({
        caption: say(
          '公示中的星级，按区域和编号排列',
          'Star levels in their notice, by area and number',
        ),
        headings: [
          say('公示编号', 'Number'),
          say('区域', 'Area'),
          say('姓名', 'Name'),
          say('星级', 'Level'),
          say('公示至', 'Until'),
          say('说明', 'Note'),
        ],
        rows: items.map(({ id, areaId, area, name, level, noticeUntil, underReview }) => [
          id,
          area ?? areaId,
          name ?? say('（不公开姓名）', '(not named)'),
          inLanguage(view.locale, starWords(level)),
          noticeUntil,
          underReview ? say('复核中', 'under review') : '',
        ]),
      })
}${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}`,
    facts: [
      say('按区域和编号排列，不按时长。', 'In the order of areas and numbers, not of hours.'),
    ],
  });
};
