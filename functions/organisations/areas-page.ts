import type * as z from 'zod';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { table } from '../html/parts.ts';
import { addressOf, type View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import { chineseFor } from '../refusals/words.ts';
import type { organisations } from './contract.ts';

/** All areas by id, each with the way to its figures. */
export const renderAreas = (
  { items, next }: z.output<typeof organisations.listAreas.answer>,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return pageOf(view, {
    title: say('区域', 'Areas'),
    body: html`${table({
      caption: say('按区域编号排列', 'In the order of their codes'),
      headings: [
        say('名称', 'Name'),
        say('级别', 'Level'),
        say('上级', 'Lies in'),
        say('编号', 'Code'),
      ],
      rows: items.map(({ id, name, kind, parentId }) => [
        html`<a href="/totals/${view.year}?areaId=${id}">${name}</a>`,
        say(chineseFor('kind', kind), kind),
        parentId === null ? null : (names.get(parentId) ?? parentId),
        id,
      ]),
    })}${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}`,
  });
};
