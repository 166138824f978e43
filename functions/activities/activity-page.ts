import type * as z from 'zod';
import type { Activity } from '../../events/activities.ts';
import type { Entry } from '../../events/participation.ts';
import { readAreaNames } from '../figures/area-tree.ts';
import { metricsOf } from '../figures/metrics.ts';
import { dateText, daysText } from '../html/dates.ts';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, hoursText, links, numberText, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { inLanguage, type Say, sayIn, type Word } from '../html/words.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { monthOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { activities } from './contract.ts';

type Shown = z.output<typeof activities.activityPage.answer>;
type Sheet = Shown['sheets'][number];

const statusWords: Readonly<Record<Activity['status'], Word>> = {
  published: { zh: '已发布，未办结', en: 'published, not completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  completed: { zh: '已填报成果，待核对', en: 'reported, not verified' },
  rejected: { zh: '成果已驳回，待重新填报', en: 'sent back, to be reported again' },
  verified: { zh: '已核对', en: 'verified' },
};

const lineWords: Readonly<Record<Entry['status'], Word>> = {
  pending: { zh: '待查验', en: 'waiting' },
  verified: { zh: '已查验', en: 'verified' },
  rejected: { zh: '已驳回', en: 'rejected' },
  voided: { zh: '已作废', en: 'voided' },
};
const lineStatuses = Object.keys(lineWords) as readonly Entry['status'][];

const basisText = (basis: 'counted' | 'estimated', say: Say): string =>
  basis === 'counted' ? say('清点', 'counted') : say('估计', 'estimated');

/** What was reported, each number with how it was found. */
const outcomeRows = ({ outcome }: Shown, view: View): [string, string][] => {
  const say = sayIn(view.locale);
  if (!outcome) return [];
  const metrics = metricsOf(settings().outputs);
  const { beneficiaries, outputs } = outcome;
  return [
    ...(beneficiaries
      ? [
          [
            say('服务群众', 'People served'),
            `${numberText(beneficiaries.count)}（${basisText(beneficiaries.basis, say)}）`,
          ] as [string, string],
        ]
      : []),
    ...Object.entries(outputs).map(([key, { quantity, basis }]): [string, string] => {
      const metric = metrics[`outputs.${key}`];
      const name = metric ? inLanguage(view.locale, metric) : key;
      const unit = metric ? (view.locale === 'en' ? metric.unit : metric.unitZh) : '';
      return [name, `${numberText(quantity)} ${unit}（${basisText(basis, say)}）`];
    }),
  ];
};

const sheetName = ({ serviceDate, number }: Sheet, say: Say): string =>
  say(
    `${dateText(serviceDate, say)} 第${number}张`,
    `${dateText(serviceDate, say)}, no. ${number}`,
  );

/** The accounts that somebody verified lines of a sheet with. */
const verifiersOf = ({ read }: Sheet): string =>
  [...new Set((read?.lines ?? []).flatMap(({ verifiedBy }) => verifiedBy))].join(', ');

const sheetTable = ({ id, sheets }: Shown, view: View) => {
  const say = sayIn(view.locale);
  return table({
    caption: say(
      '各行人数按状态分列；没有权限或未展开的显示“—”，点日期展开',
      'Lines by status; “—” where it is not open or you may not read it; open one by its day',
    ),
    headings: [
      say('签到表', 'Sheet'),
      ...lineStatuses.map((status) => ({ number: inLanguage(view.locale, lineWords[status]) })),
      { number: say('异议', 'Objections') },
      { number: say('已计小时', 'Hours counted') },
      { number: say('待核小时', 'Hours waiting') },
      say('查验人', 'Verified by'),
      say('编号', 'Id'),
    ],
    rows: sheets.map((sheet) => {
      const { read } = sheet;
      const count = (status: Entry['status']) =>
        read?.lines.filter((line) => line.status === status).length;
      return [
        html`<a href="/pages/activities/${id}?sheet=${encodeURIComponent(sheet.id)}">${sheetName(sheet, say)}</a>`,
        ...lineStatuses.map((status) => ({ number: numberText(count(status)) })),
        { number: numberText(read?.sums.objected) },
        { number: hoursText(read?.sums.creditedMinutes) },
        { number: hoursText(read?.sums.pendingMinutes) },
        html`<small>${verifiersOf(sheet) || '—'}</small>`,
        html`<small>${sheet.id}</small>`,
      ];
    }),
  });
};

/** An activity with its sheets, as staff see them. */
export const renderActivity = async (activity: Shown, _: unknown, view: View) => {
  const say = sayIn(view.locale);
  const { title, startsOn, endsOn, areaId, organisationId, theme, status, rejection } = activity;
  const [areas, organisation, plan] = await Promise.all([
    readAreaNames(),
    aggregate('organisation').stateNow(organisationId, false),
    aggregate('campaign').stateNow(yearOf(startsOn), false),
  ]);
  const planned = [...(plan?.themes ?? []), ...(plan?.routines ?? [])];
  const month = monthOf(startsOn);
  const outcome = outcomeRows(activity, view);
  return pageOf(view, {
    title,
    trail: [
      {
        href: `/dashboards/${month}`,
        text: say(`${dateText(month, say)}统计`, `Figures of ${dateText(month, say)}`),
      },
    ],
    body: html`${factList([
      [say('日期', 'Days'), daysText(startsOn, endsOn, say)],
      [say('区域', 'Area'), areas.get(areaId) ?? areaId],
      [say('单位', 'Unit'), organisation?.name ?? null],
      [say('主题', 'Theme'), planned.find(({ key }) => key === theme)?.title ?? theme],
      [say('状态', 'Status'), inLanguage(view.locale, statusWords[status])],
      ...(rejection === null
        ? []
        : [[say('驳回理由', 'Why it was sent back'), rejection] as [string, string]]),
    ])}
<h2>${say('成果', 'What came of it')}</h2>
${outcome.length === 0 ? html`<p>${say('尚未填报。', 'Nothing is reported.')}</p>` : factList(outcome)}
<h2>${say('签到表', 'Sheets')}</h2>
${activity.sheets.length === 0 ? html`<p>${say('尚未录入。', 'None are entered.')}</p>` : sheetTable(activity, view)}
${view.query.sheet === undefined ? nothing : html`<p><a href="/pages/activities/${activity.id}">${say('全部签到表', 'All sheets')}</a></p>`}
${links([
  {
    href: `/pages/months/${month}/close`,
    text: say(`${dateText(month, say)}未办事项`, `What is still open in ${dateText(month, say)}`),
  },
])}`,
    facts: [say(`编号 ${activity.id}`, `Id ${activity.id}`)],
  });
};
