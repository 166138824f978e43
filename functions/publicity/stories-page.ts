import type * as z from 'zod';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { links, note } from '../html/parts.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import type { publicity } from './contract.ts';
import { kindWords, noticeText } from './story-words.ts';

type Listed = z.output<typeof publicity.listStories.answer>['items'][number];

/** The line below a story in the list: its kind, its day, and where an exemplar stands. */
const aboutText = (
  {
    kind,
    publishedOn,
    corrections,
    ...notice
  }: Pick<Listed, 'kind' | 'publishedOn' | 'corrections' | 'noticeUntil' | 'confirmedOn'>,
  { locale }: View,
): string => {
  const say = sayIn(locale);
  return [
    inLanguage(locale, kindWords[kind]),
    publishedOn,
    ...(corrections > 0 ? [say('已更正', 'corrected')] : []),
    ...[noticeText(notice, say)].flatMap((text) => text ?? []),
  ].join(' · ');
};

/** Published stories, newest first. */
export const renderStories = (
  { items, next }: z.output<typeof publicity.listStories.answer>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('宣传报道、经验做法与先进典型', 'Stories, practices and exemplars'),
    body: html`${
      items.length === 0
        ? note('', say('还没有发布的稿件。', 'Nothing has been published yet.'))
        : html`<ul class="stories">${items.map(
            ({ id, title, summary, ...about }) =>
              html`<li><h2><a href="/stories/${id}">${title}</a></h2><p>${summary}</p><p class="soft"><small>${aboutText(about, view)}</small></p></li>`,
          )}</ul>`
    }${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}
${links([
  { href: '/stories?kind=practice-note', text: say('只看经验做法', 'Practice notes only') },
  { href: '/stories?kind=exemplar', text: say('只看先进典型', 'Exemplars only') },
  { href: '/feeds/stories.atom', text: say('订阅（Atom）', 'Subscribe (Atom)') },
])}`,
    facts: [say('按发布日期排列。', 'In the order of the days of publication.')],
  });
};
