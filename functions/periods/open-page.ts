import type * as z from 'zod';
import { readAreaNames } from '../figures/area-tree.ts';
import { readSourceNames } from '../figures/source-names.ts';
import { dateText, daysText } from '../html/dates.ts';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { numberText, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import type { periods } from './contract.ts';
import { openWords } from './open-words.ts';

type Open = z.output<typeof periods.openPage.answer>;

/** The sheets or activities of a month in which something is still open. */
export const renderOpen = async (
  { period, what, things, others }: Open,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  const [areas, nameOf] = await Promise.all([readAreaNames(), readSourceNames(things)]);
  const name = dateText(period, say);
  const title = say(...openWords[what].name);
  return pageOf(view, {
    title: `${title} · ${name}`,
    trail: [{ href: `/pages/months/${period}/close`, text: say(`${name}关账`, `Closing ${name}`) }],
    body: html`<p>${say(...openWords[what].todo)}</p>
${
  things.length === 0
    ? nothing
    : table({
        caption: say('按日期排列', 'By day'),
        headings: [
          say('活动', 'Activity'),
          say('日期', 'Date'),
          say('单位', 'Unit'),
          say('区域', 'Area'),
          { number: say('件数', 'Count') },
          say('编号', 'Id'),
        ],
        rows: things.map((thing) => {
          const { title: called, days, unit, href } = nameOf(thing);
          return [
            html`<a href="${href}">${called ?? thing.id}</a>`,
            days && daysText(...days, say),
            unit,
            areas.get(thing.areaId) ?? thing.areaId,
            { number: numberText(thing.count) },
            html`<small>${thing.id}</small>`,
          ];
        }),
      })
}
${
  others > 0
    ? html`<p>${say(
        `另有 ${numberText(others)} 件不在您的工作范围，或排在以上各项之后。`,
        `${numberText(others)} more are not where you work, or come after these.`,
      )}</p>`
    : nothing
}
${things.length === 0 && others === 0 ? html`<p>${say('已全部办结。', 'Nothing is open.')}</p>` : nothing}`,
  });
};
