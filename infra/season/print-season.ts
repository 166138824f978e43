import { outputs } from '../../events/outputs.ts';
import type { Client } from './client.ts';

type Metrics = Readonly<
  Record<string, { readonly value: number | null; readonly estimated?: number | null }>
>;

/** A month of the campaign, or the whole year, with the figures of its dashboard. */
export interface Period {
  readonly label: string;
  readonly title: string;
  readonly metrics: Metrics;
}

interface Column {
  readonly zh: string;
  readonly en: string;
  readonly cell: (metrics: Metrics) => string;
}

/** Null is unknown, not 0, and is shown as a dash. */
const whole = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(value);
const hours = (minutes: number | null | undefined): string =>
  minutes === null || minutes === undefined ? '–' : (minutes / 60).toFixed(2);

const figure =
  (name: string) =>
  (metrics: Metrics): string =>
    whole(metrics[name]?.value);

/** The most important first. A narrow terminal shows as many as fit. */
const columns: readonly Column[] = [
  { zh: '开展', en: 'activities held', cell: figure('activitiesHeld') },
  { zh: '人次', en: 'participations', cell: figure('participations') },
  { zh: '人数', en: 'volunteers who took part', cell: figure('distinctVolunteers') },
  {
    zh: '服务小时',
    en: 'hours credited',
    cell: ({ creditedMinutes }) => hours(creditedMinutes?.value),
  },
  { zh: '服务群众', en: 'beneficiaries, counted', cell: figure('beneficiaries') },
  {
    zh: '另估',
    en: 'beneficiaries, estimated besides',
    cell: ({ beneficiaries }) => whole(beneficiaries?.estimated),
  },
  { zh: '新注册', en: 'volunteers registered', cell: figure('volunteersRegistered') },
  {
    zh: '待核小时',
    en: 'hours waiting to be verified',
    cell: ({ pendingMinutes }) => hours(pendingMinutes?.value),
  },
  {
    zh: '党员人次',
    en: 'participations of Party members',
    cell: figure('partyMemberParticipations'),
  },
  {
    zh: '期末注册',
    en: 'registered volunteers at the end',
    cell: figure('registeredVolunteers'),
  },
  { zh: '发布', en: 'activities published', cell: figure('activitiesPublished') },
  { zh: '共建', en: 'partners', cell: figure('partners') },
];

/** A Chinese character takes two columns of a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));
const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** The text cut to at most `width` columns of a terminal, with an ellipsis if it was cut. */
const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
};

/** Parts, separated by ` · `, in lines of at most `width` columns; further lines are indented. */
const wrap = (first: string, parts: readonly string[], width: number): string => {
  const lines = [first];
  for (const [index, part] of parts.entries()) {
    const piece = index < parts.length - 1 ? `${part} ·` : part;
    const line = `${lines.at(-1)} ${piece}`;
    if (widthOf(line) <= width) lines[lines.length - 1] = line;
    else lines.push(`${' '.repeat(widthOf(first))} ${piece}`);
  }
  return lines.join('\n');
};

const gap = 2;
const narrowestTitle = 16;

/**
 * A table of the periods, the meaning of its columns, and what the activities of each period produced,
 * in lines of at most `width` columns of a terminal.
 */
export const seasonTable = (name: string, periods: readonly Period[], width: number): string => {
  const rows = periods.map(({ metrics }) => columns.map(({ cell }) => cell(metrics)));
  const widths = columns.map(({ zh }, index) =>
    Math.max(widthOf(zh), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const labels = periods.map(({ label, title }) => `${label} ${title}`.trimEnd());
  const widest = Math.max(...labels.map(widthOf));
  // Titles are shortened before figures are left out, and get the remaining width.
  const narrow = Math.min(widest, narrowestTitle);
  let taken = narrow;
  const shown = columns.flatMap((column, index) => {
    const more = gap + (widths[index] ?? 0);
    if (taken + more > width) return [];
    taken += more;
    return [{ ...column, index }];
  });
  const first = Math.min(widest, narrow + width - taken);
  const line = (label: string, cells: readonly string[]): string =>
    padEnd(cut(label, first), first) +
    cells
      .map((cell, place) => padStart(cell, gap + (widths[shown[place]?.index ?? 0] ?? 0)))
      .join('');
  const table = [
    line(
      name,
      shown.map(({ zh }) => zh),
    ),
    ...labels.map((label, row) =>
      line(
        label,
        shown.map(({ index }) => rows[row]?.[index] ?? ''),
      ),
    ),
  ];
  const legend = wrap(
    '',
    shown.map(({ zh, en }) => `${zh} ${en}`),
    width,
  );
  const produced = periods.flatMap(({ label, metrics }) => {
    const parts = Object.entries(outputs).flatMap(([key, { zh }]) => {
      const value = metrics[`outputs.${key}`]?.value;
      return value ? [`${zh} ${value}`] : [];
    });
    return parts.length > 0 ? [wrap(label, parts, width)] : [];
  });
  return [...table, '', legend, '', '产出 outputs', ...produced].join('\n');
};

interface Campaign {
  readonly themes: readonly { readonly months: readonly number[]; readonly title: string }[];
}

/** The months of the campaign with their themes, and the year, from the dashboards. */
export const readSeason = async (client: Client, year: number): Promise<readonly Period[]> => {
  const { themes } = await client.get<Campaign>(`/campaigns/${year}`);
  const read = async (path: string): Promise<Metrics> =>
    (await client.get<{ readonly metrics: Metrics }>(path)).metrics;
  const periods: Period[] = [];
  const months = new Set(themes.flatMap((theme) => theme.months));
  for (const month of [...months].sort((a, b) => a - b)) {
    const ofMonth = themes.filter((theme) => theme.months.includes(month));
    const title = ofMonth.map((theme) => theme.title).join('；');
    const metrics = await read(`/dashboards/${year}-${String(month).padStart(2, '0')}`);
    periods.push({ label: `${String(month).padStart(2)}月`, title, metrics });
  }
  return [...periods, { label: '全年', title: '', metrics: await read(`/totals/${year}`) }];
};
