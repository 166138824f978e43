import type { Client } from './client.ts';

interface Dashboard {
  readonly metrics: Readonly<
    Record<string, { readonly value: number | null; readonly estimated?: number | null }>
  >;
}
interface Campaign {
  readonly themes: readonly { readonly month: number; readonly title: string }[];
}

/** A Chinese character takes two columns of a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));
const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** Null is not 0: what nobody has said anything about is a dash. */
const whole = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(value);
const hours = (minutes: number | null | undefined): string =>
  minutes === null || minutes === undefined ? '–' : (minutes / 60).toFixed(2);

const columns: readonly (readonly [string, (metrics: Dashboard['metrics']) => string])[] = [
  ['发布', ({ activitiesPublished }) => whole(activitiesPublished?.value)],
  ['开展', ({ activitiesHeld }) => whole(activitiesHeld?.value)],
  ['人次', ({ participations }) => whole(participations?.value)],
  ['人数', ({ distinctVolunteers }) => whole(distinctVolunteers?.value)],
  ['党员人次', ({ partyMemberParticipations }) => whole(partyMemberParticipations?.value)],
  ['服务小时', ({ creditedMinutes }) => hours(creditedMinutes?.value)],
  ['待核小时', ({ pendingMinutes }) => hours(pendingMinutes?.value)],
  ['服务群众', ({ beneficiaries }) => whole(beneficiaries?.value)],
  ['(估)', ({ beneficiaries }) => whole(beneficiaries?.estimated)],
  ['新注册', ({ volunteersRegistered }) => whole(volunteersRegistered?.value)],
  ['期末注册', ({ registeredVolunteers }) => whole(registeredVolunteers?.value)],
  ['共建', ({ partners }) => whole(partners?.value)],
];

const firstWidth = 42;
const row = (first: string, cells: readonly string[]): string =>
  padEnd(first, firstWidth) +
  cells.map((cell, index) => padStart(cell, widthOf(columns[index]?.[0] ?? '') + 4)).join('');

/** The ten months of the campaign and the year, as the dashboards say. */
export const seasonTable = async (client: Client, year: number): Promise<string> => {
  const { themes } = await client.get<Campaign>(`/campaigns/${year}`);
  const lines = [
    row(
      `${year}`,
      columns.map(([title]) => title),
    ),
  ];
  for (const { month, title } of themes) {
    const period = `${year}-${String(month).padStart(2, '0')}`;
    const { metrics } = await client.get<Dashboard>(`/dashboards/${period}`);
    lines.push(
      row(
        `${String(month).padStart(2)}月 ${title}`,
        columns.map(([, cell]) => cell(metrics)),
      ),
    );
  }
  const { metrics } = await client.get<Dashboard>(`/totals/${year}`);
  lines.push(
    row(
      '全年',
      columns.map(([, cell]) => cell(metrics)),
    ),
  );
  return lines.join('\n');
};
