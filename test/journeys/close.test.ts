// A month is closed over HTTP, by the functions and rights of the template; what comes later is beside it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHost, type TestHost } from '../support/host.ts';
import { foundRoll, type Roll } from '../support/roll.ts';
import { until } from '../support/until.ts';

const year = new Date().getFullYear() - 1;
const month = `${year}-04`;

let running: TestHost;
let roll: Roll;

beforeAll(async () => {
  running = await startTestHost();
  roll = await foundRoll(
    running.host.url,
    (claims) => running.host.mintToken(claims),
    `${month}-01`,
  );
});
afterAll(() => running?.stop());

interface Shown {
  readonly status: string;
  readonly root: string | null;
  readonly restatementCount: number;
  readonly figures: Readonly<Record<string, { closed: number | null; current: number | null }>>;
}
const shown = () => roll.client.get<Shown>(`/months/${month}`);

test('a month is closed, and what is verified afterwards stands beside it', async () => {
  const [first = '', second = ''] = await roll.log('hours', 20);
  await roll.verify([first]);
  await until(shown, ({ figures }) => figures.participations?.current === 10);
  await expect(
    roll.client.post(`/months/${month}/close`, roll.admin, 'close-1', { acceptOpen: false }),
  ).rejects.toThrow('409');
  await roll.client.post(`/months/${month}/close`, roll.admin, 'close-2', { acceptOpen: true });
  const closed = await until(shown, ({ status }) => status === 'closed');
  expect(closed.root).toMatch(/^[0-9a-f]{64}$/);
  expect(closed.figures.participations).toMatchObject({ closed: 10, current: 10 });

  await roll.verify([second]);
  const restated = await until(
    shown,
    ({ figures, restatementCount }) =>
      restatementCount > 0 && figures.participations?.current === 20,
  );
  expect(restated).toMatchObject({ status: 'restated', root: closed.root });
  expect(restated.figures.participations).toMatchObject({ closed: 10, current: 20 });
  const dashboard = await roll.client.get<{
    readonly status: string;
    readonly metrics: Readonly<Record<string, object>>;
  }>(`/dashboards/${month}?areaId=hongqi-01`);
  expect(dashboard.status).toBe('restated');
  expect(dashboard.metrics.participations).toMatchObject({ value: 20, closed: 10 });
  const answer = await fetch(`${running.host.url}/dashboards/${month}?areaId=hongqi-01`, {
    headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
  });
  expect(await answer.text()).toContain('关账时为 10');
});
