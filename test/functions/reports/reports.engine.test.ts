import '../../support/tables.ts';

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import type { Star } from '../../../events/stars.ts';
import { readClosed } from '../../../functions/closed/read-closed.ts';
import { xlsx } from '../../../functions/http/contract.ts';
import { readRestated } from '../../../functions/reports/restated.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import {
  appendAll,
  appendClosed,
  january,
  projectAll,
  restatedOften,
} from '../../support/closing.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, ledger, may, must } from '../../support/town.ts';

beforeEach(freshTables);

const auditor = { sub: 'auditor-1', role: 'auditor' };
const draft = (headers = {}, query?: Readonly<Record<string, string>>) => ({
  ...{ route: 'GET /reports/{year}/draft', params: { year: '2025' }, token: auditor },
  ...{ headers, ...(query ? { query } : {}) },
});
const write = (part: string, text: string, more = {}) => ({
  ...{ route: 'PUT /reports/{year}/texts/{part}', params: { year: '2025', part } },
  ...{ body: { text }, token: admin, ...more },
});

describe('the draft of a year', () => {
  test('in which nothing is there is a report in every form', async () => {
    const { body } = await must('reports', draft());
    expect([body.status, body.version, body.asOf, body.language]).toEqual([
      ...['draft', null, null, 'zh-CN'],
    ]);
    expect(body.parts[0].paragraphs[0].text).toBe('本项无核实数据。');
    for (const type of ['text/html', 'text/csv', xlsx]) {
      const { headers } = await must('reports', draft({ accept: type }));
      expect(String(headers['content-type']).split(';')[0]).toBe(type);
    }
  });

  test('is in the language that is asked for, with the plan of the year', async () => {
    await must('campaigns', {
      route: 'POST /campaigns',
      body: { year: 2025, plan: 'learn-from-lei-feng' },
      token: admin,
    });
    const { body } = await must('reports', draft({ 'accept-language': 'en' }));
    const themes = body.parts.find(({ key }: { key: string }) => key === 'themes');
    expect(themes.title).toBe('3. Theme by theme');
    expect(themes.paragraphs).toHaveLength(10);
  });

  test('of a month of the year has the figures of that month; of another year there is none', async () => {
    expect((await must('reports', draft({}, { month: '2025-03' }))).body.period).toBe('2025-03');
    expect((await may('reports', draft({}, { month: '2024-03' }))).status).toBe(422);
  });

  test('is for staff', async () => {
    const token = { sub: 'v-1', role: 'volunteer' };
    expect((await may('reports', { ...draft(), token })).status).toBe(403);
  });
});

test('nothing is public before the close, and the refusal says where the draft is', async () => {
  const year = await may('reports', {
    route: 'GET /reports/{year}',
    params: { year: '2025.xlsx' },
  });
  expect([year.status, year.body.type]).toEqual([404, 'urn:leifeng:problem:report-not-final']);
  expect(year.body.detail).toContain('GET /reports/{year}/draft');
  const month = { route: 'GET /bulletins/{month}', params: { month: '2025-03' } };
  expect((await may('reports', month)).status).toBe(404);
});

describe('a part that people write', () => {
  test('is kept with its author and time, and is in the draft', async () => {
    const at = Date.UTC(2025, 11, 20, 6);
    const { body, headers } = await must('reports', write('problems', '平时安排偏少。', { at }));
    expect(body).toEqual({
      year: 2025,
      problems: {
        text: '平时安排偏少。',
        authorId: admin.sub,
        writtenAt: '2025-12-20T06:00:00.000Z',
      },
      nextYear: null,
      version: 1,
    });
    expect(headers.etag).toBe('"1"');
    await must('reports', write('next-year', '每月安排。'));
    const { parts } = (await must('reports', draft())).body;
    expect(parts.at(-2).paragraphs[0].text).toBe('平时安排偏少。');
    expect(parts.at(-2).written.text.authorId).toBe(admin.sub);
    expect(parts.at(-1).paragraphs[0].text).toBe('每月安排。');
  });

  test('written again in the same words is no event', async () => {
    await must('reports', write('problems', '一'));
    await must('reports', write('problems', '一'));
    expect(await ledger()).toHaveLength(1);
    await must('reports', write('problems', '二'));
    expect(await ledger()).toHaveLength(2);
  });

  test('is written by the district, from the version that was read', async () => {
    const token = { sub: 'o', role: 'organiser' };
    expect((await may('reports', write('problems', '一', { token }))).status).toBe(403);
    await must('reports', write('problems', '一'));
    const stale = write('problems', '二', { headers: { 'if-match': '"7"' } });
    expect((await may('reports', stale)).status).toBe(412);
    expect(await ledger()).toHaveLength(1);
  });

  test.each([
    ['no text', ''],
    ['more than 5,000 characters', '字'.repeat(5001)],
    ['a phone number', '请联系13800138000'],
  ])('is refused with %s', async (_, text) => {
    expect((await may('reports', write('problems', text))).status).toBe(400);
    expect(await ledger()).toEqual([]);
  });

  test('of another name is refused', async () => {
    expect((await may('reports', write('praise', '好'))).status).toBe(400);
  });
});

test('more corrections than are told one by one are told together, up to what there is now', async () => {
  await appendClosed('2025-04');
  await appendAll(restatedOften('2025-04', 260, january));
  await projectAll();
  const now = {
    ...{ period: '2025-04', asOf: null, areas: [], themes: [] },
    at: () => ({ participations: -260, creditedMinutes: -260 * 180 }),
  };
  const restated = await readRestated('2025-04', async () => now, readClosed);
  const hours = restated.filter(({ metric }) => metric === 'creditedMinutes');
  const told = hours.map(({ old, now: is, cause }) => [old, is, cause.zh]);
  expect(told).toHaveLength(251);
  expect(told.slice(-2)).toEqual([
    [-44_820, -45_000, '服务时长已作废'],
    [-45_000, -46_800, '此后各次更正合计'],
  ]);
});

test('the certificates of a year are counted, and those that ended', async () => {
  const partOf = async () => {
    const { body } = await must('reports', draft());
    return body.parts.find(({ key }: { key: string }) => key === 'recognition').paragraphs[0].text;
  };
  expect(await partOf()).toContain('本年未出具志愿服务记录证明');
  const places = [
    ...['2025-1 claim#000007', '2025-1 claim#000301', '2025-2 claim#000007'],
    ...['2025-1 set#000301', '2024-1 claim#000001'],
  ];
  for (const place of places) {
    const [list, sk] = place.split(' ');
    const Item = { pk: `status-list#${list}`, sk };
    await dynamodb.send(new PutCommand({ TableName: process.env.PEOPLE_TABLE, Item }));
  }
  expect(await partOf()).toBe('出具志愿服务记录证明3份，其中已被替代或撤销1份。');
});

test('the stars of a year are counted by level, and those that do not stand', async () => {
  const example = exampleOf('StarGranted') as DomainEvent<'StarGranted'>;
  const starOf = (n: number, state: Partial<Star>) => ({
    ...example,
    aggregate: { ...example.aggregate, id: `0198c0de-0000-7000-8000-00000000010${n}` },
    data: { star: { ...example.data.star, grantedOn: '2025-06-01', ...state } },
  });
  await deliver([
    starOf(1, {}),
    starOf(2, { review: { since: '2025-07-01', cause: 'hours' } }),
    starOf(3, { level: 3, status: 'withdrawn' }),
    starOf(4, { status: 'nominated', grantedOn: null, nominatedOn: '2025-12-01' }),
    starOf(5, { grantedOn: '2024-12-31' }),
  ]);
  const { body } = await must('reports', draft());
  const part = body.parts.find(({ key }: { key: string }) => key === 'recognition');
  expect(part.paragraphs[0].text).toBe(
    '授予一星级志愿者2人，授予三星级志愿者1人，星级复核中1人次，星级已撤销1人次。',
  );
});
