import type * as z from 'zod';
import { readSourceNames, type Source, type SourceName } from '../figures/source-names.ts';
import { dateText, daysText } from '../html/dates.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { note, numberText, table } from '../html/parts.ts';
import { addressOf, type View } from '../html/view.ts';
import { inLanguage, type Say, sayIn, type Word } from '../html/words.ts';
import type { dashboards } from './contract.ts';
import type { Line } from './line.ts';
import { type Names, readNames } from './read-names.ts';
import { besideText, metricName, unitText, valueText } from './shown-figure.ts';

type Lines = z.output<typeof dashboards.listMonthLines.answer>;
type Item = Lines['items'][number];

const kindWords: Readonly<Record<Line['kind'], Word>> = {
  sheet: { zh: '签到表', en: 'sheet' },
  activity: { zh: '活动', en: 'activity' },
  person: { zh: '志愿者', en: 'person' },
  partner: { zh: '共建单位', en: 'partner' },
  volunteer: { zh: '注册', en: 'registration' },
  team: { zh: '服务队', en: 'team' },
};

/** Of the sheets of a person, or the activities of a partner, so many are named. */
const namedParts = 3;

const sourceOf = ({ kind, id, organisationId }: Item): Source => ({ kind, id, organisationId });

/** The parts of a line that are named: sheets of a person, activities of a partner. */
const partsOf = ({ kind, parts = [] }: Item): readonly Source[] =>
  parts.slice(0, namedParts).map(({ id }) => ({
    ...{ id, organisationId: null },
    kind: kind === 'partner' ? 'activity' : 'sheet',
  }));

const linked = ({ href }: SourceName, text: string): string | Markup =>
  href === null ? text : html`<a href="${href}">${text}</a>`;

type NameOf = (source: Source) => SourceName;

/** What the line is, and what it is made of. */
const sourceCell = (line: Item, nameOf: NameOf, view: View): Markup => {
  const say = sayIn(view.locale);
  const kind = inLanguage(view.locale, kindWords[line.kind]);
  const name = nameOf(sourceOf(line));
  const parts = partsOf(line).map((part) => {
    const { title, days, ...rest } = nameOf(part);
    const date = days ? daysText(...days, say) : '';
    return html`<br><small>${linked({ title, days, ...rest }, [date, title].filter(Boolean).join(' '))}</small>`;
  });
  const more = (line.partCount ?? 0) - parts.length;
  return html`${name.title === null ? linked(name, kind) : html`${linked(name, name.title)} <small>${kind}</small>`}${parts}${
    more > 0 ? html`<br><small>${say(`另有 ${more} 项`, `and ${more} more`)}</small>` : nothing
  }`;
};

/** The day of a sheet, the days of an activity; the month of anything else. */
const whenText = (line: Item, nameOf: NameOf, say: Say): string | null => {
  const { days } = nameOf(sourceOf(line));
  if (days) return daysText(...days, say);
  return line.month && dateText(line.month, say);
};

/** What a line gives to a ratio, as a fraction: a share of each line alone does not add up. */
const partsText = ({ numerator, denominator }: Pick<Item, 'numerator' | 'denominator'>): string =>
  `${numberText(numerator) ?? '—'} / ${numberText(denominator) ?? '—'}`;

/** The figure, with what is divided where it is a ratio. */
const totalText = (lines: Lines, unit: string, say: Say): string => {
  const { numerator, denominator } = lines;
  const value = `${valueText({ ...lines, aggregation: 'sum' }) ?? '—'} ${unit}`;
  if (denominator === undefined) return value;
  const parts = partsText({
    ...(numerator === null ? {} : { numerator }),
    ...(denominator === null ? {} : { denominator }),
  });
  return say(`${value}（${parts}）`, `${value} (${parts})`);
};

const lineTable = (
  lines: Lines,
  nameOf: NameOf,
  view: View,
  unit: string,
  names: Names,
): Markup => {
  const say = sayIn(view.locale);
  const figure = { ...lines, aggregation: 'sum' as const };
  const isRatio = lines.denominator !== undefined;
  const hasEstimates = lines.estimated !== undefined;
  return table({
    caption: say('每行是一项来源的最新状态', 'Each line is the newest state of one source'),
    headings: [
      say('来源', 'Source'),
      say('日期', 'Date'),
      say('单位', 'Unit'),
      say('区域', 'Area'),
      say('主题', 'Theme'),
      {
        number: isRatio
          ? say('分子 / 分母', 'Part / whole')
          : say(`数值（${unit}）`, `Value (${unit})`),
      },
      ...(hasEstimates ? [{ number: say('估计数', 'Estimated') }] : []),
      say('编号', 'Id'),
    ],
    rows: lines.items.map((line) => [
      sourceCell(line, nameOf, view),
      whenText(line, nameOf, say),
      nameOf(sourceOf(line)).unit,
      line.areaId && names.area(line.areaId),
      line.theme && names.theme(line.theme),
      { number: isRatio ? partsText(line) : valueText(figure, line.value) },
      ...(hasEstimates ? [{ number: valueText(figure, line.estimated ?? null) }] : []),
      html`<small>${line.id}${line.version === null ? '' : ` v${line.version}`}</small>`,
    ]),
  });
};

/** The lines behind a figure, beside the figure that they add up to. */
export const renderLines = async (lines: Lines, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, metric, items, next, restarted } = lines;
  const figure = { ...lines, aggregation: 'sum' as const };
  const [names, nameOf] = await Promise.all([
    readNames(period.slice(0, 4)),
    readSourceNames(items.flatMap((line) => [sourceOf(line), ...partsOf(line)])),
  ]);
  const name = dateText(period, say);
  const unit = unitText(figure, view.locale);
  return pageOf(view, {
    title: `${metricName(metric, view.locale)} · ${name}`,
    trail: [
      {
        href: period.length === 4 ? `/totals/${period}` : `/dashboards/${period}`,
        text: say(`${name}统计`, `Figures of ${name}`),
      },
    ],
    body: html`<p class="lead">${say('合计', 'In all')} ${totalText(lines, unit, say)}</p>
${[besideText(figure, say)].map((text) => (text ? html`<p>${text}</p>` : nothing))}
${restarted ? note('', say('数据已更新，从第一页重新列出。', 'The figures have changed: this is the first page again.')) : nothing}
${
  items.length === 0
    ? html`<p>${say('没有明细。', 'There are no lines.')}</p>`
    : lineTable(lines, nameOf, view, unit, names)
}
${next === null ? nothing : html`<p><a href="${addressOf(view, { cursor: next })}">${say('下一页', 'Next page')}</a></p>`}`,
  });
};
