import { bar, columns } from '../html/chart.ts';
import { dateText } from '../html/dates.ts';
import { asMarkup, html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { hoursText, links, note, numberText, table } from '../html/parts.ts';
import { forStaffOnly, leadsToStaff } from '../html/role-words.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import { localTimeOf, monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { meanings } from './meanings.ts';
import { readMonths } from './read-months.ts';
import { type Names, readNames } from './read-names.ts';
import {
  besideText,
  closedText,
  type Dashboard,
  type Figure,
  type Figures,
  metricName,
  unitText,
  valueText,
} from './shown-figure.ts';

/** The four figures that a year is told by first. */
const mainFigures = ['activitiesHeld', 'participations', 'creditedMinutes', 'beneficiaries'];
/** The columns of the tables by area, theme and month. */
const tableFigures = ['activitiesHeld', 'participations', 'creditedMinutes', 'beneficiaries'];

interface Shown {
  readonly dashboard: Dashboard;
  readonly view: View;
  readonly say: Say;
  readonly names: Names;
}

const meaningOf = (name: string, say: Say): string | undefined => {
  const meaning = meanings[name];
  return meaning && say(meaning.zh, meaning.en);
};

const isYear = ({ period }: Dashboard): boolean => period.length === 4;

const addressOf = (period: string, filter: Partial<Dashboard['filter']> = {}): string => {
  const { areaId, within, theme } = filter;
  const query = new URLSearchParams(
    Object.entries({ areaId, within, theme }).filter((each): each is [string, string] =>
      Boolean(each[1]),
    ),
  ).toString();
  const path = period.length === 4 ? `/totals/${period}` : `/dashboards/${period}`;
  return query === '' ? path : `${path}?${query}`;
};

const linesOf = ({ period, filter }: Dashboard, metric: string): string => {
  const [path = '', query = ''] = addressOf(period, filter).split('?');
  return `/pages${path}/lines?metric=${encodeURIComponent(metric)}${query && `&${query}`}`;
};

/** A month of the year that the page is about. */
const monthText = (month: string, say: Say): string => say(`${Number(month.slice(5))}月`, month);

const linesLink = ({ dashboard, say }: Shown, name: string, title: string): Markup =>
  html`<a class="screen" href="${linesOf(dashboard, name)}" aria-label="${title} ${say('明细', 'lines')}">${say('明细', 'Lines')}</a>`;

/** One of the main figures, with what it counts. */
const figureBox = (shown: Shown, name: string, figure: Figure): Markup => {
  const { view, say } = shown;
  const title = metricName(name, view.locale);
  const value = valueText(figure);
  const unit = value === null ? nothing : html` <small>${unitText(figure, view.locale)}</small>`;
  const about = [besideText(figure, say), meaningOf(name, say)].map((text) =>
    text ? html`<dd class="about">${text}</dd>` : nothing,
  );
  const lines = leadsToStaff(view)
    ? html`<dd class="about">${linesLink(shown, name, title)}</dd>`
    : nothing;
  return html`<div><dt>${title}</dt><dd class="value">${value ?? '—'}${unit}</dd>${about}${lines}</div>`;
};

/** A value with its measure word; null stays unknown. */
const withUnit = (figure: Figure, value: string | null, { locale }: View): string | null =>
  value === null ? null : `${value} ${unitText(figure, locale)}`;

const isOutput = (name: string): boolean => name.startsWith('outputs.');

/** The main figures in boxes, and all others in a table below. */
const figures = (shown: Shown): Markup => {
  const { view, say, dashboard } = shown;
  const all = dashboard.metrics;
  const others = Object.entries(all).filter(
    ([name]) => !isOutput(name) && !mainFigures.includes(name),
  );
  const boxes = mainFigures.flatMap((name) => {
    const figure = all[name];
    return figure ? [figureBox(shown, name, figure)] : [];
  });
  return html`<dl class="figures">${boxes}</dl>${table({
    caption: say('其他数字', 'Other figures'),
    headings: [
      say('指标', 'Figure'),
      { number: say('数值', 'Value') },
      say('说明', 'What it counts'),
      ...(leadsToStaff(view) ? [`${say('明细', 'Lines')}${forStaffOnly(view, say)}`] : []),
    ],
    rows: others.map(([name, figure]) => {
      const title = metricName(name, view.locale);
      return [
        title,
        { number: withUnit(figure, valueText(figure), view) },
        [besideText(figure, say), meaningOf(name, say)].filter(Boolean).join(say('；', '; ')),
        ...(leadsToStaff(view) ? [linesLink(shown, name, title)] : []),
      ];
    }),
  })}`;
};

const outputs = (shown: Shown): Markup => {
  const { dashboard, view, say } = shown;
  const all = Object.entries(dashboard.metrics).filter(([name]) => isOutput(name));
  if (all.length === 0) return nothing;
  const wasOther = all.some(([, figure]) => closedText(figure, say));
  const isSilent = all.some(([, figure]) => figure.reason !== undefined);
  return html`<h2>${say('成果', 'What came of it')}</h2>${table({
    caption: say(
      '活动填报的成果；估计数另列，不相加',
      'Outputs that activities reported; estimates are not added',
    ),
    headings: [
      say('成果', 'Output'),
      { number: say('清点数', 'Counted') },
      { number: say('估计数', 'Estimated') },
      ...(wasOther ? [say('关账时', 'When closed')] : []),
      ...(isSilent ? [say('说明', 'Why not')] : []),
    ],
    rows: all.map(([name, figure]) => [
      leadsToStaff(view)
        ? html`<a href="${linesOf(dashboard, name)}">${metricName(name, view.locale)}</a>`
        : metricName(name, view.locale),
      { number: withUnit(figure, valueText(figure), view) },
      { number: withUnit(figure, valueText(figure, figure.estimated ?? null), view) },
      ...(wasOther ? [closedText(figure, say) ?? ''] : []),
      ...(isSilent ? [figure.reason === undefined ? '' : (besideText(figure, say) ?? '')] : []),
    ]),
  })}`;
};

const headingsOf = ({ say }: Shown, first: string) => [
  first,
  ...[
    say('活动场次', 'Activities'),
    say('参与人次', 'Participations'),
    say('服务小时', 'Hours'),
    say('服务群众', 'People served'),
  ].map((number) => ({ number })),
];

const cellsOf = (figures: Figures) =>
  tableFigures.map((name) => ({ number: valueText(figures[name]) }));

/** By area, in the order of their ids and never by value: no area is first or last. */
const byArea = (shown: Shown): Markup => {
  const { dashboard, say, names } = shown;
  const { areaId } = dashboard.filter;
  const parts = Object.entries(dashboard.breakdown.area).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const [only, ...more] = parts;
  if (!only || (more.length === 0 && only[0] === areaId)) return nothing;
  // The district itself: its figures are those above.
  if (more.length === 0)
    return html`<h2>${say('按区域', 'By area')}</h2><p><a href="${addressOf(dashboard.period, { ...dashboard.filter, areaId: only[0] })}">${say(`${names.area(only[0])}各街道、社区`, `The subdistricts of ${names.area(only[0])}`)}</a></p>`;
  return html`<h2>${say('按区域', 'By area')}</h2>${table({
    caption: say(
      '按区域编号排列，含其下各级；人数、单位数不能相加',
      'In the order of area codes, each with all below it',
    ),
    headings: headingsOf(shown, say('区域', 'Area')),
    rows: parts.map(([id, figures]) => [
      id === areaId
        ? say(`${names.area(id)}（本级）`, `${names.area(id)} (itself)`)
        : html`<a href="${addressOf(dashboard.period, { ...dashboard.filter, areaId: id, within: null })}">${names.area(id)}</a>`,
      ...cellsOf(figures),
    ]),
  })}`;
};

/** By theme, in the order of the plan, with a bar of the hours. */
const byTheme = (shown: Shown): Markup => {
  const { dashboard, say, names } = shown;
  const { theme: parts } = dashboard.breakdown;
  const keys = names.inPlanOrder(Object.keys(parts));
  if (keys.length === 0) return nothing;
  const hours = (key: string): number | null => parts[key]?.creditedMinutes?.value ?? null;
  const most = Math.max(...keys.map((key) => hours(key) ?? 0));
  return html`<h2>${say('按主题', 'By theme')}</h2>${table({
    caption: say(
      '按年度方案的顺序；条形为服务时长',
      'In the order of the plan; the bars are hours',
    ),
    headings: [...headingsOf(shown, say('主题', 'Theme')), say('时长', 'Hours')],
    rows: keys.map((key) => [
      html`<a href="${addressOf(dashboard.period, { ...dashboard.filter, theme: key })}">${names.theme(key)}</a>`,
      ...cellsOf(parts[key] ?? {}),
      { bar: bar(hours(key), most) },
    ]),
  })}`;
};

/** The columns of a year's months, and the table beside them. */
const byMonth = async (shown: Shown): Promise<Markup> => {
  const { dashboard, say } = shown;
  if (!isYear(dashboard)) return nothing;
  const { areaId, within, theme } = dashboard.filter;
  const cell = { period: dashboard.period, areaId, alone: within !== null, theme };
  const months = await readMonths(cell);
  const all = months.map(({ month, figures }) => ({
    label: String(Number(month.slice(5))),
    value: figures.creditedMinutes ?? null,
    text: numberText(Math.round((figures.creditedMinutes ?? 0) / 60)) ?? '',
  }));
  const title = say('各月服务时长（小时）', 'Hours of service by month');
  const described = all
    .filter(({ value }) => value !== null)
    .map(({ label, value }) =>
      say(`${label}月 ${hoursText(value)}`, `${label}: ${hoursText(value)}`),
    )
    .join(say('，', ', '));
  return html`<h2>${say('按月', 'By month')}</h2>${columns('months', { title, described, all })}${table(
    {
      caption: title,
      headings: headingsOf(shown, say('月份', 'Month')),
      rows: months.map(({ month, figures }) => [
        html`<a href="${addressOf(month, dashboard.filter)}">${monthText(month, say)}</a>`,
        ...tableFigures.map((name) => {
          const figure = dashboard.metrics[name];
          return { number: figure ? valueText(figure, figures[name] ?? null) : null };
        }),
      ]),
    },
  )}`;
};

/** The periods beside this one. */
const neighbours = ({ dashboard: { period, filter }, say }: Shown): Markup => {
  const year = period.slice(0, 4);
  const months = monthsOf(year);
  const at = months.indexOf(period);
  const near =
    at < 0
      ? [String(Number(year) - 1), String(Number(year) + 1)]
      : [months[at - 1] ?? `${Number(year) - 1}-12`, months[at + 1] ?? `${Number(year) + 1}-01`];
  // A theme is of one year's plan.
  const filterOf = (each: string) => (each.startsWith(year) ? filter : { ...filter, theme: null });
  return html`<nav class="screen" aria-label="${say('相邻时段', 'Other periods')}"><ul>${near.map(
    (each, index) =>
      html`<li><a href="${addressOf(each, filterOf(each))}">${asMarkup(index === 0 ? '‹ ' : '')}${dateText(each, say)}${asMarkup(index === 1 ? ' ›' : '')}</a></li>`,
  )}</ul></nav>`;
};

const statusNote = ({ dashboard, say }: Shown): Markup => {
  const text = {
    open: say('本期尚未关账，数据仍会变化。', 'This period is open: its figures still change.'),
    closing: say('本期正在关账。', 'This period is being closed.'),
    closed: say('本期已关账。', 'This period is closed.'),
    restated: say('本期关账后有更正。', 'This period was corrected after its close.'),
  }[dashboard.status];
  return note(dashboard.status === 'closed' ? 'good' : '', text);
};

/** Where the text of the period is, and where it is closed, which asks to sign in. */
const periodLinks = ({ dashboard, view, say }: Shown) => {
  const { period, status } = dashboard;
  const isClosed = status === 'closed' || status === 'restated';
  const [places, text, draft] = isYear(dashboard)
    ? ([
        'reports',
        say('年度工作总结', 'The summary of the year'),
        say('年度工作总结初稿', 'The draft of the summary'),
      ] as const)
    : ([
        'bulletins',
        say('本月工作简报', 'The bulletin of the month'),
        say('本月工作简报初稿', 'The draft of the bulletin'),
      ] as const);
  const closing = `/pages/${isYear(dashboard) ? 'years' : 'months'}/${period}/close`;
  const only = forStaffOnly(view, say);
  return [
    ...(isClosed ? [{ href: `/${places}/${period}`, text }] : []),
    ...(leadsToStaff(view)
      ? [
          ...(isClosed ? [] : [{ href: `/pages/${places}/${period}`, text: `${draft}${only}` }]),
          { href: closing, text: `${say('关账', 'Closing')}${only}` },
        ]
      : []),
  ];
};

/** A month's or year's figures as a page for people. */
export const renderDashboard = async (dashboard: Dashboard, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { period, filter, asOf } = dashboard;
  const year = period.slice(0, 4);
  const names = await readNames(year);
  const shown = { dashboard, view, say, names };
  const where = [
    ...(filter.areaId ? [names.area(filter.areaId)] : []),
    ...(filter.theme ? [names.theme(filter.theme)] : []),
  ];
  const name = dateText(period, say);
  const until = asOf === null ? '—' : localTimeOf(asOf, settings().timezone);
  const title = say(`${name}志愿服务统计`, `Volunteer service in ${name}`);
  return pageOf(view, {
    title: [title, ...where].join(' · '),
    trail: [
      ...(isYear(dashboard) ? [] : [{ href: addressOf(year, filter), text: dateText(year, say) }]),
      ...(where.length > 0 ? [{ href: addressOf(period), text: say('全部', 'All') }] : []),
    ],
    body: html`${neighbours(shown)}${statusNote(shown)}
${figures(shown)}
${await byMonth(shown)}
${byTheme(shown)}
${byArea(shown)}
${outputs(shown)}
<h2>${say('更多', 'More')}</h2>
${links([
  ...periodLinks(shown),
  ...(dashboard.plan
    ? [{ href: `/campaigns/${year}`, text: say(`${year}年度活动方案`, `The plan of ${year}`) }]
    : []),
  { href: '/areas', text: say('各区域', 'Areas') },
])}`,
    facts: [say(`统计时段 ${name}；数据截至 ${until}。`, `Period ${name}; as of ${until}.`)],
  });
};
