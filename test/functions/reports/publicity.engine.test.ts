import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { deliver } from '../../support/projecting.ts';
import { does, told } from '../../support/stories.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, must, organiserOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const partOf = async (
  route: string,
  params: Readonly<Record<string, string>>,
  headers = {},
  part = 'publicity',
) => {
  const token = { sub: 'auditor-1', role: 'auditor' };
  const { body } = await must('reports', { route, params, token, headers });
  const { paragraphs } = body.parts.find(({ key }: { key: string }) => key === part);
  return paragraphs[0];
};
const ofYear = (year = '2025', headers = {}) =>
  partOf('GET /reports/{year}/draft', { year }, headers);
const ofMonth = (month: string) => partOf('GET /bulletins/{month}/draft', { month });

test('the part on publicity counts what is published, by channel, and not what was taken down', async () => {
  expect((await ofYear()).text).toMatch(/^本期没有登记宣传稿件/);
  const [one, other] = [await told(town), await told(town, { kind: 'practice-note' })];
  const gone = await told(town);
  for (const kind of ['news', 'led', 'news'])
    await does(town, one, 'channels', { kind, on: kind === 'led' ? '2025-10-01' : '2025-10-18' });
  await does(town, other, 'channels', { kind: 'news', on: '2025-10-18' });
  await does(town, gone, 'withdraw', { reason: '内容有误' });
  await deliver(await ledger());
  const text = '发布宣传报道1篇，经验做法1篇，新闻媒体刊发2篇，电子屏刊发1篇。';
  const paragraph = await ofYear();
  expect(paragraph.text).toBe(text);
  const figures = paragraph.pieces.flatMap((piece: Record<string, unknown>) =>
    'metric' in piece ? [[piece.metric, piece.value, piece.unit]] : [],
  );
  expect(figures).toEqual([
    ['storiesPublished', 1, 'stories'],
    ['practiceNotesPublished', 1, 'stories'],
    ['storiesPublished.news', 2, 'stories'],
    ['storiesPublished.led', 1, 'stories'],
  ]);
  expect((await ofMonth('2025-10')).text).toBe(text);
  expect((await ofMonth('2025-09')).text).toMatch(/^本期没有登记宣传稿件/);
  expect((await ofYear('2024')).text).toMatch(/^本期没有登记宣传稿件/);
  expect((await ofYear('2025', { 'accept-language': 'en' })).text).toContain(
    'stories published: 1',
  );
});

test('exemplars are counted once they are confirmed, and as no stories', async () => {
  const id = await told(town, { kind: 'exemplar' });
  const recognition = () =>
    partOf('GET /reports/{year}/draft', { year: '2025' }, {}, 'recognition');
  await deliver(await ledger());
  expect((await ofYear()).text).toMatch(/^发布宣传报道0篇/);
  expect((await recognition()).text).toContain('未确认先进典型');
  await must('publicity', {
    route: 'POST /stories/{id}/confirm',
    params: { id },
    token: admin,
    at: Date.UTC(2025, 9, 25, 6),
  });
  await deliver(await ledger());
  expect((await recognition()).text).toBe('先进典型1个。');
});

test('commendations are counted in the year of their day, without those that were struck out', async () => {
  const recognition = (year: string) =>
    partOf('GET /reports/{year}/draft', { year }, {}, 'recognition');
  const token = organiserOf(town.ours);
  const of = { route: 'POST /volunteers/{id}/commendations', params: { id: town.volunteerId } };
  const commend = async (date: string, name: string): Promise<string> => {
    const body = { organisationId: town.ours, date, name };
    return (await must('records', { ...of, body, token })).body.id;
  };
  await commend('2025-03-05', '优秀志愿者');
  await commend('2024-12-05', '年度志愿者');
  const entryId = await commend('2025-10-01', '误录的表彰');
  await must('records', {
    route: `${of.route}/{entryId}/void`,
    params: { ...of.params, entryId },
    body: { reason: '重复登记' },
    token,
  });
  await deliver(await ledger());
  expect((await recognition('2025')).text).toBe('登记表彰奖励1项。');
  expect((await recognition('2024')).text).toBe('登记表彰奖励1项。');
  expect((await recognition('2023')).text).toContain('未登记表彰奖励');
});
