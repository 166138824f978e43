import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { readPlanText } from '../../../functions/campaigns/plan-text/read-plan-text.ts';
import { proposeCampaign } from '../../../functions/campaigns/propose-campaign.ts';
import type { Ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, ledger, may, must } from '../../support/town.ts';
import { labelled } from './plan-text/plans.ts';

beforeEach(freshTables);
const plan: Ask = {
  route: 'POST /campaigns',
  body: { year: 2025, plan: 'learn-from-lei-feng' },
  token: admin,
  key: 'plan-1',
};
const year = (action: string, of = '2025'): Ask => ({
  route: `POST /campaigns/{year}/${action}`,
  params: { year: of },
  token: admin,
});

test('the plan that comes with leifeng has ten themes in ten months, and three routines', async () => {
  const { body } = await must('campaigns', plan);
  expect(body.themes.flatMap(({ months }: { months: number[] }) => months)).toEqual([
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ]);
  expect(body.routines).toHaveLength(3);
  expect(body).toMatchObject({ year: 2025, status: 'planned', version: 1 });
});

test('a proposal of which all is answered is posted as it is', async () => {
  const { proposal, questions } = proposeCampaign(readPlanText(labelled));
  expect(questions.map(({ code }) => code)).toEqual(['CONFIRM_MONTHS']);
  const { status, body } = await must('campaigns', { ...plan, body: proposal });
  expect(status).toBe(201);
  expect(body).toMatchObject({ year: 2024, title: proposal.title, status: 'planned' });
  expect(body.themes).toMatchObject(proposal.themes);
});

test('a year is planned once; a retry is not a second time', async () => {
  const first = await must('campaigns', plan);
  expect(await must('campaigns', plan)).toEqual(first);
  const { status, body } = await may('campaigns', { ...plan, key: 'plan-2' });
  expect([status, body.type]).toEqual([409, 'urn:leifeng:problem:already-exists']);
});

test('of two who plan a year at once one does', async () => {
  const both = await Promise.all([
    may('campaigns', plan),
    may('campaigns', { ...plan, key: 'plan-2' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('opens once, and is copied as a new plan', async () => {
  await must('campaigns', plan);
  await must('campaigns', year('open'));
  expect((await may('campaigns', year('open'))).status).toBe(409);
  const { body } = await must('campaigns', { ...year('copy'), body: { year: 2026 } });
  expect(body).toMatchObject({ year: 2026, status: 'planned', version: 1 });
  expect((await may('campaigns', { ...year('copy', '2030'), body: { year: 2031 } })).status).toBe(
    404,
  );
});

test('a copy takes its year, and says which dates the year lacks, also when it is asked again', async () => {
  const clinic = { key: 'FREE_CLINIC', title: '义诊', dates: ['2024-02-29', '2024-03-05'] };
  const body = { year: 2024, title: '2024年学雷锋', slogan: '二〇二四，学雷锋', themes: [clinic] };
  await must('campaigns', { ...plan, body });
  const copy: Ask = { ...year('copy', '2024'), body: { year: 2025 }, key: 'copy-1' };
  const first = await must('campaigns', copy);
  expect(first.body).toMatchObject({
    year: 2025,
    title: '2025年学雷锋',
    slogan: '二〇二五，学雷锋',
    themes: [{ months: [2, 3], dates: ['2025-03-05'] }],
    datesDropped: [{ theme: 'FREE_CLINIC', date: '2024-02-29' }],
  });
  expect((await must('campaigns', copy)).body).toEqual(first.body);
  const { body: read } = await must('campaigns', {
    route: 'GET /campaigns/{year}',
    params: { year: '2025' },
  });
  expect(read).not.toHaveProperty('datesDropped');
});

test('years are listed in pages, newest first, for anybody', async () => {
  for (const each of [2024, 2026, 2025])
    await must('campaigns', {
      ...plan,
      body: { ...(plan.body as object), year: each },
      key: `${each}`,
    });
  await must('campaigns', year('open', '2026'));
  await deliver(await ledger());
  const list = (query: Record<string, string>) =>
    must('campaigns', { route: 'GET /campaigns', query });
  const { body } = await list({ limit: '2' });
  expect(body.items).toEqual([
    {
      id: '2026',
      year: 2026,
      title: '学雷锋志愿服务活动',
      slogan: '传承雷锋精神，弘扬爱岗敬业、无私奉献',
      status: 'open',
      themes: 10,
      routines: 3,
      version: 2,
    },
    expect.objectContaining({ id: '2025', status: 'planned' }),
  ]);
  const { body: rest } = await list({ limit: '2', cursor: body.next });
  expect([rest.items.map(({ id }: { id: string }) => id), rest.next]).toEqual([['2024'], null]);
});

test('is read by anybody, and planned by the district only', async () => {
  await must('campaigns', plan);
  const read = { route: 'GET /campaigns/{year}', params: { year: '2025' } };
  expect((await must('campaigns', read)).headers.etag).toBe('"1"');
  const token = { sub: 'o', role: 'organiser' };
  expect((await may('campaigns', { ...plan, key: 'x', token })).status).toBe(403);
  expect(await ledger()).toHaveLength(1);
});

test('no key is there twice, also when a plan’s themes meet routines of one’s own', async () => {
  const routines = [{ key: 'LAUNCH', title: '另一个' }];
  const body = { year: 2025, plan: 'learn-from-lei-feng', routines };
  const { status, body: problem } = await may('campaigns', { ...plan, body });
  expect([status, problem.errors?.[0]?.pointer]).toEqual([422, '#/routines/0/key']);
});
