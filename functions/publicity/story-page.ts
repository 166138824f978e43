import type * as z from 'zod';
import { channelKinds } from '../../events/publicity.ts';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { note, numberText, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import { localTimeOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { publicity } from './contract.ts';
import { kindWords, noticeText } from './story-words.ts';

type Shown = z.output<typeof publicity.readStory.answer>;

const standingWords = {
  same: { zh: '未变', en: 'as published' },
  corrected: { zh: '已更正', en: 'corrected' },
  updated: { zh: '已更新', en: 'updated' },
  'not-shown': { zh: '不再公布', en: 'not published any more' },
} as const;

const figuresOf = ({ figures }: Shown, { locale }: View) => {
  const say = sayIn(locale);
  if (figures.length === 0) return nothing;
  return table({
    caption: say('文中数据的来源', 'The figures of the text'),
    isHeaded: true,
    headings: [
      say('指标', 'Figure'),
      say('现在', 'Now'),
      say('发布时', 'When published'),
      say('说明', 'Standing'),
    ],
    rows: figures.map(({ name, shown, published, standing }) => [
      name,
      shown,
      published,
      inLanguage(locale, standingWords[standing]),
    ]),
  });
};

const channelsOf = ({ channels }: Shown, { locale }: View) => {
  const say = sayIn(locale);
  if (channels.length === 0) return nothing;
  return html`${table({
    caption: say('发布渠道（按日期）', 'Where it appeared, by day'),
    isHeaded: true,
    headings: [
      say('日期', 'Day'),
      say('渠道', 'Channel'),
      say('网址', 'Address'),
      { number: say('渠道自报触达人数', 'Reach, as the channel says') },
    ],
    rows: channels.map(({ on, kind, url, reach }) => [
      on,
      inLanguage(locale, channelKinds[kind]),
      url === null ? null : html`<a href="${url}" rel="nofollow noopener">${new URL(url).host}</a>`,
      { number: numberText(reach) },
    ]),
  })}<p class="soft"><small>${say('触达人数仅供参考，不汇总、不排名、不考核。', 'Reach is for information only: it is not summed, ranked or assessed.')}</small></p>`;
};

/** What those who read an exemplar in its notice can do. */
const noticeOf = ({ id, confirmedOn, ...rest }: Shown, { locale }: View) => {
  const say = sayIn(locale);
  const text = noticeText({ confirmedOn, ...rest }, say);
  if (text === undefined) return nothing;
  if (confirmedOn !== null)
    return note('good', say(`先进典型，${text}。`, `An exemplar, ${text}.`));
  const form = `/pages/complaints?page=${encodeURIComponent(`/stories/${id}`)}`;
  const objecting = html`<a href="${form}">${say('如有异议，请在此提出', 'If you object, say so here')}</a>`;
  return note('', html`${say(`先进典型${text}。`, `An exemplar ${text}. `)}${objecting}`);
};

/** A published story; of one that was taken down only that, and why. */
export const renderStory = (story: Shown, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { title, summary, text, status, withdrawal, kind, publishedOn, corrections, correction } =
    story;
  const trail = [
    {
      href: '/stories',
      text: say('宣传报道、经验做法与先进典型', 'Stories, practices and exemplars'),
    },
  ];
  if (status === 'withdrawn' || title === null || text === null)
    return pageOf(view, {
      title: say('该稿件已撤回', 'This story was taken down'),
      trail,
      body: note('bad', say(`原因：${withdrawal ?? ''}`, `Reason: ${withdrawal ?? ''}`)),
    });
  return pageOf(view, {
    title,
    trail,
    body: html`<p class="lead">${summary}</p>
${noticeOf(story, view)}
${corrections > 0 ? note('', say(`本文已更正 ${corrections} 次。最近一次原因：${correction ?? ''}`, `Corrected ${corrections} times, the last time because: ${correction ?? ''}`)) : nothing}
${text
  .split('\n')
  .filter((paragraph) => paragraph.trim() !== '')
  .map((paragraph) => html`<p>${paragraph}</p>`)}
${figuresOf(story, view)}
${channelsOf(story, view)}`,
    facts: [
      `${inLanguage(view.locale, kindWords[kind])} · ${say('发布于', 'Published on')} ${publishedOn} · ${say('更新于', 'Updated at')} ${localTimeOf(story.updatedAt, settings().timezone)}`,
    ],
  });
};
