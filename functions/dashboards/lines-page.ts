import type * as z from 'zod';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { note, table } from '../html/parts.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, sayIn, type Word } from '../html/words.ts';
import type { dashboards } from './contract.ts';
import type { Line } from './line.ts';
import { readNames } from './read-names.ts';
import { besideText, metricName, unitText, valueText } from './shown-figure.ts';

type Lines = z.output<typeof dashboards.listMonthLines.answer>;

const kindWords: Readonly<Record<Line['kind'], Word>> = {
  sheet: { zh: '签到表', en: 'sheet' },
  activity: { zh: '活动', en: 'activity' },
  person: { zh: '志愿者', en: 'person' },
  partner: { zh: '共建单位', en: 'partner' },
  volunteer: { zh: '注册', en: 'registration' },
  team: { zh: '服务队', en: 'team' },
};

/** The lines behind a figure, beside the figure that they add up to. */
export const renderLines = async (lines: Lines, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, metric, items, next, restarted } = lines;
  const figure = { ...lines, aggregation: 'sum' as const };
  const names = await readNames(period.slice(0, 4));
  const title = metricName(metric, view.locale);
  const unit = unitText(figure, view.locale);
  return pageOf(view, {
    title: `${title} · ${period}`,
    trail: [
      {
        href: period.length === 4 ? `/totals/${period}` : `/dashboards/${period}`,
        text: say(`${period} 统计`, `Figures of ${period}`),
      },
    ],
    body: html`<p class="lead">${say('合计', 'In all')} ${valueText(figure) ?? '—'} ${unit}</p>
${[besideText(figure, say)].map((text) => (text ? html`<p>${text}</p>` : nothing))}
${restarted ? note('', say('数据已更新，从第一页重新列出。', 'The figures have changed: this is the first page again.')) : nothing}
${
  items.length === 0
    ? html`<p>${say('没有明细。', 'There are no lines.')}</p>`
    : table({
        caption: say('每行是一项来源的最新状态', 'Each line is the newest state of one source'),
        headings: [
          say('来源', 'Source'),
          say('月份', 'Month'),
          say('区域', 'Area'),
          say('主题', 'Theme'),
          { number: `${say('数值', 'Value')}（${unit}）` },
          { number: say('估计数', 'Estimated') },
          say('编号', 'Id'),
        ],
        rows: items.map((line) => [
          inLanguage(view.locale, kindWords[line.kind]),
          line.month,
          line.areaId && names.area(line.areaId),
          line.theme && names.theme(line.theme),
          { number: valueText(figure, line.value) },
          { number: valueText(figure, line.estimated ?? null) },
          html`<small>${line.id}${line.version === null ? '' : ` v${line.version}`}</small>`,
        ]),
      })
}
${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}`,
  });
};
