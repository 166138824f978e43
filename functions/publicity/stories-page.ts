import type * as z from 'zod';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { links, note } from '../html/parts.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import type { publicity } from './contract.ts';
import { kindWords } from './story-words.ts';

/** Published stories, newest first. */
export const renderStories = (
  { items, next }: z.output<typeof publicity.listStories.answer>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('宣传报道与经验做法', 'Stories and practices'),
    body: html`${
      items.length === 0
        ? note('', say('还没有发布的稿件。', 'Nothing has been published yet.'))
        : html`<ul class="stories">${items.map(
            ({ id, kind, title, summary, publishedOn, corrections }) =>
              html`<li><h2><a href="/stories/${id}">${title}</a></h2><p>${summary}</p><p class="soft"><small>${inLanguage(view.locale, kindWords[kind])} · ${publishedOn}${corrections > 0 ? say(' · 已更正', ' · corrected') : ''}</small></p></li>`,
          )}</ul>`
    }${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}
${links([
  { href: '/stories?kind=practice-note', text: say('只看经验做法', 'Practice notes only') },
  { href: '/feeds/stories.atom', text: say('订阅（Atom）', 'Subscribe (Atom)') },
])}`,
    facts: [say('按发布日期排列。', 'In the order of the days of publication.')],
  });
};
