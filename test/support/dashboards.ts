import { expect } from '@jest/globals';
import type { Client } from '../../infra/season/client.ts';
import { type Asked, type Figures, valuesOf } from './recompute.ts';

type Metrics = Parameters<typeof valuesOf>[0];
export interface Dashboard {
  readonly period: string;
  readonly metrics: Metrics;
  readonly breakdown: {
    readonly area: Readonly<Record<string, Metrics>>;
    readonly theme: Readonly<Record<string, Metrics>>;
  };
}
/** What lines give to a figure. */
const given = ['value', 'estimated', 'numerator', 'denominator'] as const;
type Given = (typeof given)[number];
type Line = Partial<Readonly<Record<Given, number | null>>>;

const pathOf = (period: string): string =>
  period.length === 4 ? `/totals/${period}` : `/dashboards/${period}`;

const queryOf = (parameters: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(parameters)
    .flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
    .join('&');

export const readDashboard = (
  client: Client,
  { period, area, theme, within }: Asked,
): Promise<Dashboard> =>
  client.get(`${pathOf(period)}?${queryOf({ areaId: area, theme, within })}`);

/** What all lines of a metric add up to, over all pages; null without lines. */
export const sumOfLines = async (
  client: Client,
  token: string,
  { period, area, theme }: Asked,
  metric: string,
  limit = 37,
): Promise<Readonly<Record<Given, number | null>>> => {
  const none = { value: null, estimated: null, numerator: null, denominator: null };
  let sums: Record<Given, number | null> = none;
  let cursor: string | undefined;
  do {
    const query = queryOf({ metric, areaId: area, theme, limit: String(limit), cursor });
    const page = await client.get<{
      items: readonly Line[];
      restarted: boolean;
      next: string | null;
    }>(`${pathOf(period)}/lines?${query}`, token);
    // What was listed so far is listed again.
    if (page.restarted) sums = none;
    sums = { ...sums };
    for (const line of page.items)
      for (const name of given)
        if (typeof line[name] === 'number') sums[name] = (sums[name] ?? 0) + line[name];
    cursor = page.next ?? undefined;
  } while (cursor);
  return sums;
};

/** The figures without those that the public is not shown, because they are small or would show a small one. */
const withoutHidden = (figures: Figures, shown: Metrics): Figures => {
  const hidden = new Set(
    Object.entries(shown).flatMap(([name, { reason }]) => (reason === 'small-cell' ? [name] : [])),
  );
  for (const name of hidden) expect(name).toMatch(/^outputs\.|^outcomesWithoutOutputs$/);
  return Object.fromEntries(
    Object.entries(figures).filter(([name]) => !hidden.has(name.replace(' (estimated)', ''))),
  );
};

/**
 * Expects that every figure of a district (each month and the year; the whole, each area down to the
 * communities, each theme, and both) equals the recomputed one, and that its lines add up to it.
 */
export const expectExact = async (
  client: Client,
  token: string,
  figures: (asked: Asked) => Figures,
  periods: readonly string[],
): Promise<void> => {
  const expectLines = async (asked: Asked): Promise<void> => {
    const { metrics } = await readDashboard(client, asked);
    for (const [metric, shown] of Object.entries(metrics)) {
      // For how long entries wait depends on the day on which one asks.
      if (metric === 'pendingAge' || shown.reason === 'small-cell') continue;
      const added = await sumOfLines(client, token, asked, metric);
      // Those who have left have no line: the figure of those who stay is 0 then.
      const nobody = shown.aggregation === 'last' && shown.value === 0 && added.value === null;
      const isRatio = shown.aggregation === 'ratio';
      for (const name of isRatio ? (['numerator', 'denominator'] as const) : (['value'] as const))
        expect({ ...asked, metric, [name]: nobody ? 0 : added[name] }).toEqual({
          ...asked,
          metric,
          [name]: shown[name],
        });
      if (shown.estimated !== undefined) expect(added.estimated).toBe(shown.estimated);
    }
  };
  /** The figures of an area and of everything below it. Returns an area with themes. */
  const expectFigures = (asked: Asked, shown: Metrics): void => {
    expect({ ...asked, ...withoutHidden(valuesOf(shown), shown) }).toEqual({
      ...asked,
      ...withoutHidden(figures(asked), shown),
    });
  };
  const expectArea = async (asked: Asked): Promise<Asked | undefined> => {
    const own = await readDashboard(client, asked);
    expectFigures(asked, own.metrics);
    for (const [theme, shown] of Object.entries(own.breakdown.theme)) {
      const both = { ...asked, theme };
      expectFigures(both, (await readDashboard(client, both)).metrics);
      expectFigures(both, shown);
    }
    const [theme] = Object.keys(own.breakdown.theme);
    let found: Asked | undefined = theme && asked.area ? { ...asked, theme } : undefined;
    for (const [area, shown] of Object.entries(own.breakdown.area)) {
      // What lies in the area itself stands beside the areas below it, under its own id.
      const part: Asked = { ...asked, area, ...(area === asked.area ? { within: 'only' } : {}) };
      expectFigures(part, shown);
      if (area !== asked.area) found = (await expectArea({ ...asked, area })) ?? found;
    }
    return found;
  };
  for (const period of periods) {
    const { area, theme } = (await expectArea({ period })) ?? {};
    for (const asked of [{ period }, { period, area }, { period, theme }, { period, area, theme }])
      await expectLines(asked);
  }
};
