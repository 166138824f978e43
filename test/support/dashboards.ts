import { expect } from '@jest/globals';
import type { Client } from '../../infra/season/client.ts';
import type { Asked, Figures } from './recompute.ts';

interface Shown {
  readonly value: number | null;
  readonly aggregation: string;
  readonly estimated?: number | null;
}
type Metrics = Readonly<Record<string, Shown>>;
export interface Dashboard {
  readonly period: string;
  readonly metrics: Metrics;
  readonly breakdown: {
    readonly area: Readonly<Record<string, Metrics>>;
    readonly theme: Readonly<Record<string, Metrics>>;
  };
}
interface Line {
  readonly value: number | null;
  readonly estimated?: number;
}

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

/** The shown values, in the form that `recompute` returns. */
export const figuresOf = (metrics: Metrics): Figures =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { value, estimated }]) => [
      [name, value],
      ...(estimated === undefined ? [] : [[`${name} (estimated)`, estimated] as const]),
    ]),
  );

/** The sum of all lines of a metric, over all pages; null without lines. */
export const sumOfLines = async (
  client: Client,
  token: string,
  { period, area, theme }: Asked,
  metric: string,
  limit = 37,
): Promise<{ readonly value: number | null; readonly estimated: number | null }> => {
  let value: number | null = null;
  let estimated: number | null = null;
  let cursor: string | undefined;
  do {
    const query = queryOf({ metric, areaId: area, theme, limit: String(limit), cursor });
    const page = await client.get<{
      items: readonly Line[];
      restarted: boolean;
      next: string | null;
    }>(`${pathOf(period)}/lines?${query}`, token);
    // What was listed so far is listed again.
    if (page.restarted) [value, estimated] = [null, null];
    for (const line of page.items) {
      if (line.estimated !== undefined) estimated = (estimated ?? 0) + line.estimated;
      if (line.value !== null) value = (value ?? 0) + line.value;
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  return { value, estimated };
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
      const added = await sumOfLines(client, token, asked, metric);
      // Those who have left have no line: the figure of those who stay is 0 then.
      const nobody = shown.aggregation === 'last' && shown.value === 0 && added.value === null;
      expect({ ...asked, metric, value: nobody ? 0 : added.value }).toEqual({
        ...asked,
        metric,
        value: shown.value,
      });
      if (shown.estimated !== undefined) expect(added.estimated).toBe(shown.estimated);
    }
  };
  /** The figures of an area and of everything below it. Returns an area with themes. */
  const expectArea = async (asked: Asked): Promise<Asked | undefined> => {
    const own = await readDashboard(client, asked);
    expect({ ...asked, ...figuresOf(own.metrics) }).toEqual({ ...asked, ...figures(asked) });
    for (const [theme, shown] of Object.entries(own.breakdown.theme)) {
      const both = { ...asked, theme };
      expect(figuresOf((await readDashboard(client, both)).metrics)).toEqual(figures(both));
      expect(figuresOf(shown)).toEqual(figures(both));
    }
    const [theme] = Object.keys(own.breakdown.theme);
    let found: Asked | undefined = theme && asked.area ? { ...asked, theme } : undefined;
    for (const [area, shown] of Object.entries(own.breakdown.area)) {
      // What lies in the area itself stands beside the areas below it, under its own id.
      const part: Asked = { ...asked, area, ...(area === asked.area ? { within: 'only' } : {}) };
      expect({ ...part, ...figuresOf(shown) }).toEqual({ ...part, ...figures(part) });
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
