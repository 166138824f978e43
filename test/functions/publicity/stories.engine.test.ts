import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler as withdrawNames } from '../../../functions/publicity/withdraw-names.ts';
import { appendClosed } from '../../support/closing.ts';
import { deliver, follow } from '../../support/projecting.ts';
import {
  begin,
  disagree,
  does,
  person,
  publishIt,
  readIt,
  revise,
  storyBody,
  told,
  tries,
} from '../../support/stories.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  logHours,
  may,
  must,
  organiserOf,
  register,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const projected = async (): Promise<void> => deliver(await ledger());
const listed = async (query = {}) =>
  (await must('publicity', { route: 'GET /stories', query })).body.items;
const feed = async (): Promise<string> =>
  (await must('publicity', { route: 'GET /feeds/stories.atom' })).body;
const naming = { text: '志愿者{{name|1}}连续三年参加义诊。' };

test('a feed without stories is the same whenever it is asked for', async () => {
  const first = await must('publicity', { route: 'GET /feeds/stories.atom' });
  const later = { route: 'GET /feeds/stories.atom', at: Date.UTC(2025, 9, 19) };
  expect((await must('publicity', later)).headers.etag).toBe(first.headers.etag);
});

describe('an exemplar', () => {
  const confirm = (id: string, at?: number, token: object = admin) =>
    may('publicity', {
      route: 'POST /stories/{id}/confirm',
      params: { id },
      token: { ...token },
      ...(at === undefined ? {} : { at }),
    });
  // Five working days after 18 October 2025, a Saturday: the notice ends on the 24th.
  const [lastDay, dayAfter] = [Date.UTC(2025, 9, 24, 6), Date.UTC(2025, 9, 25, 6)];

  test('is confirmed by the district after its public notice, and everybody sees where it stands', async () => {
    const someone = await person('hero', '雷小锋');
    const id = await told(town, { ...naming, kind: 'exemplar', named: [someone] });
    expect((await readIt(id)).body).toMatchObject({
      ...{ kind: 'exemplar', noticeUntil: '2025-10-24', confirmedOn: null },
      text: '志愿者雷小锋连续三年参加义诊。',
    });
    const page = (await readIt(id, { accept: 'text/html' })).body;
    expect(page).toContain('先进典型公示至2025-10-24，尚未确认');
    expect(page).toContain(`/pages/complaints?page=%2Fstories%2F${id}`);
    expect((await confirm(id, lastDay)).body.type).toMatch(/notice-not-over/);
    expect((await confirm(id, dayAfter, organiserOf(town.ours))).status).toBe(403);
    expect((await confirm(id, dayAfter)).body.published.confirmedOn).toBe('2025-10-25');
    expect((await readIt(id, { accept: 'text/html' })).body).toContain('2025-10-25确认');
  });

  test('is confirmed by nobody who wrote it', async () => {
    const body = storyBody(town, { kind: 'exemplar' });
    const { id } = (await must('publicity', { route: 'POST /stories', body, token: admin })).body;
    await publishIt(town, id);
    expect((await confirm(id, dayAfter)).body.type).toMatch(/own-story/);
  });

  test('is neither approved nor confirmed by its author after somebody else revised it', async () => {
    const body = storyBody(town, { kind: 'exemplar' });
    const { id } = (await must('publicity', { route: 'POST /stories', body, token: admin })).body;
    await publishIt(town, id);
    await revise(town, id, { summary: '红旗街道举办了义诊。' });
    await does(town, id, 'submit');
    const approve = { route: 'POST /stories/{id}/approve', params: { id }, token: admin };
    expect((await may('publicity', approve)).body.type).toMatch(/own-story/);
    await does(town, id, 'approve');
    await does(town, id, 'correct', { reason: '文字有误' });
    expect((await confirm(id, dayAfter)).body.type).toMatch(/own-story/);
  });

  test('does not become somebody else once it is confirmed', async () => {
    const [first, second] = [await person('hero', '雷小锋'), await person('other', '王大明')];
    const id = await told(town, { ...naming, kind: 'exemplar', named: [first] });
    await confirm(id, dayAfter);
    await revise(town, id, { named: [second] });
    for (const name of ['submit', 'approve']) await does(town, id, name);
    await does(town, id, 'correct', { reason: '人物有误' });
    expect((await readIt(id)).body).toMatchObject({
      text: '志愿者王大明连续三年参加义诊。',
      ...{ noticeUntil: '2025-10-24', confirmedOn: null },
    });
    const page = (await readIt(id, { accept: 'text/html' })).body;
    expect(page).toContain('先进典型公示至2025-10-24，尚未确认');
    await projected();
    expect(await listed({ kind: 'exemplar' })).toMatchObject([{ id, confirmedOn: null }]);
  });

  test('is taken down with the consent of whom it names, also once it is confirmed', async () => {
    const someone = await person('hero', '雷小锋');
    const id = await told(town, { ...naming, kind: 'exemplar', named: [someone] });
    await confirm(id, dayAfter);
    await disagree('hero', someone);
    const { text } = { text: JSON.stringify((await readIt(id)).body) };
    expect(text).not.toContain('雷小锋');
    expect((await readIt(id)).body.status).toBe('withdrawn');
    await follow(withdrawNames, await ledger());
    await projected();
    expect(await listed({ kind: 'exemplar' })).toEqual([]);
  });
});

describe('a story', () => {
  test('is written, read by somebody else, published, and listed by day', async () => {
    const id = await begin(town);
    expect((await readIt(id)).status).toBe(404);
    expect((await tries(town, id, 'publish')).body.type).toMatch(/illegal-transition/);
    await publishIt(town, id);
    await projected();
    const { body, headers } = await readIt(id);
    expect(body).toMatchObject({ status: 'published', text: storyBody(town).text, corrections: 0 });
    expect(headers['cache-control']).toMatch(/^public/);
    expect(await listed()).toMatchObject([{ id, title: '义诊进社区', publishedOn: '2025-10-18' }]);
    expect(await listed({ month: '2025-09' })).toEqual([]);
    expect(await feed()).toContain(`<id>urn:uuid:${id}</id>`);
  });

  test('is not approved by whoever wrote it, nor by a verifier of the organisation that tells it', async () => {
    const byAdmin = await must('publicity', {
      route: 'POST /stories',
      body: storyBody(town),
      token: admin,
    });
    const approve = (id: string, token: object) =>
      may('publicity', {
        route: 'POST /stories/{id}/approve',
        params: { id },
        token: { ...token },
      });
    const submit = { route: 'POST /stories/{id}/submit', params: { id: byAdmin.body.id } };
    await must('publicity', { ...submit, token: admin });
    expect((await approve(byAdmin.body.id, admin)).body.type).toMatch(/own-story/);
    expect((await approve(byAdmin.body.id, verifierOf(town.ours))).status).toBe(403);
    expect((await approve(byAdmin.body.id, organiserOf(town.ours))).status).toBe(403);
    // Who handed it in is an author too.
    const both = { sub: 'v-9', roles: 'verifier', role: 'verifier', organisation: town.theirs };
    expect((await approve(byAdmin.body.id, both)).status).toBe(200);
  });

  test('goes back with a reason, and a changed text has to be approved anew', async () => {
    const id = await begin(town);
    await does(town, id, 'submit');
    const back = await does(town, id, 'return', { reason: '请核对日期' });
    expect(back.body).toMatchObject({ status: 'draft', returned: '请核对日期' });
    await does(town, id, 'submit');
    await does(town, id, 'approve');
    expect((await revise(town, id, { title: '义诊' })).body.status).toBe('draft');
    expect((await tries(town, id, 'publish')).status).toBe(409);
  });

  test('is corrected by an approved text; until then what is published stays', async () => {
    const id = await told(town);
    await revise(town, id, { text: '更正后的内容。' });
    expect((await readIt(id)).body.text).toBe(storyBody(town).text);
    expect((await tries(town, id, 'correct', { reason: '日期有误' })).status).toBe(409);
    await does(town, id, 'submit');
    await does(town, id, 'approve');
    expect((await tries(town, id, 'publish')).status).toBe(409);
    await does(town, id, 'correct', { reason: '日期有误' });
    expect((await readIt(id)).body).toMatchObject({
      text: '更正后的内容。',
      corrections: 1,
      correction: '日期有误',
    });
  });

  test('that was taken down says so, and is in no list and no feed', async () => {
    const id = await told(town);
    await projected();
    await does(town, id, 'withdraw', { reason: '内容有误' });
    await projected();
    const { body } = await readIt(id);
    expect(body).toMatchObject({
      status: 'withdrawn',
      withdrawal: '内容有误',
      text: null,
      title: null,
    });
    expect(JSON.stringify(body)).not.toContain('义诊');
    expect(await listed()).toEqual([]);
    expect(await feed()).not.toContain(id);
    expect((await tries(town, id, 'submit')).status).toBe(409);
  });

  test('has channels in the order of their days, whatever they reach', async () => {
    const id = await told(town);
    const add = (body: object) => does(town, id, 'channels', body);
    await add({ kind: 'news', on: '2025-10-17', url: 'https://news.example.org/a', reach: 10 });
    await add({ kind: 'led', on: '2025-10-01', reach: 99_999 });
    await add({ kind: 'news', on: '2025-10-17', url: 'https://news.example.org/a', reach: 20 });
    const { channels } = (await readIt(id)).body;
    expect(channels.map(({ kind, reach }: Record<string, unknown>) => [kind, reach])).toEqual([
      ['led', 99_999],
      ['news', 20],
    ]);
    const later = { kind: 'news', on: '2025-10-19' };
    expect((await tries(town, id, 'channels', later)).status).toBe(422);
  });

  test.each([
    'http://news.example.org/a',
    'https://user:secret@news.example.org/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://intranet/',
    'https://files.corp/',
    'https://news.example.org:8443/',
    'javascript:alert(1)',
    `https://news.example.org/${'a'.repeat(500)}`,
  ])('has no channel at %s', async (url) => {
    const id = await told(town);
    const { status, body } = await tries(town, id, 'channels', {
      kind: 'news',
      on: '2025-10-17',
      url,
    });
    expect([status, body.errors[0].pointer]).toEqual([400, '#/url']);
  });

  test('with a phone number, or a recipient’s name, is refused with the place', async () => {
    const tried = async (text: string) => {
      const body = storyBody(town, { text });
      const token = organiserOf(town.ours);
      return may('publicity', { route: 'POST /stories', body, token });
    };
    const phone = await tried('第一段。\n请联系13800138000报名。');
    expect(phone.body.errors).toMatchObject([{ pointer: '#/text', code: 'personal-data' }]);
    expect(phone.body.errors[0].detail).toMatch(/^第2段第4字处像电话号码/);
    const named = await tried('志愿者为独居老人张奶奶送餐。');
    expect(named.body.errors[0].detail).toMatch(/^第1段第5字处像服务对象的姓名/);
    // Nor by a reference to a volunteer.
    const referred = storyBody(town, {
      text: '探望独居老人{{name|1}}。',
      named: [town.volunteerId],
    });
    const token = organiserOf(town.ours);
    const refused = await may('publicity', { route: 'POST /stories', body: referred, token });
    expect(refused.status).toBe(400);
  });

  test('of an unknown area, organisation or theme is not begun', async () => {
    const begun = (more: object) =>
      may('publicity', { route: 'POST /stories', body: storyBody(town, more), token: admin });
    expect((await begun({ areaId: 'nowhere' })).body.type).toMatch(/unknown-reference/);
    expect((await begun({ theme: 'NO_SUCH_THEME' })).body.type).toMatch(/theme-not-planned/);
  });

  test('begun twice with one key is one story', async () => {
    const ask = {
      route: 'POST /stories',
      body: storyBody(town),
      token: organiserOf(town.ours),
      key: 'same',
    };
    const [one, other] = [await must('publicity', ask), await must('publicity', ask)];
    expect(other.body).toEqual(one.body);
    expect((await ledger()).filter(({ type }) => type === 'StoryCreated')).toHaveLength(1);
  });
});

describe('a figure', () => {
  const text = '本月{{participations|2025-10}}参加，服务{{creditedMinutes|2025-10}}。';
  const verify = (sheet: string) =>
    must('participation', {
      route: 'POST /sheets/{id}/verify',
      params: { id: sheet },
      body: { entries: 'all' },
      token: verifierOf(town.theirs),
    });

  const voidLine = (sheet: string, volunteerId: string) =>
    must('participation', {
      route: 'POST /sheets/{id}/void',
      params: { id: sheet },
      body: { entries: [volunteerId], reason: '录入有误' },
      token: organiserOf(town.ours, 'other-clerk'),
    });

  test.each([
    ['updated', '已更新', false],
    ['corrected', '已更正', true],
  ])('is what dashboards show, and is %s with it', async (standing, word, isClosed) => {
    const other = await register('other');
    const sheet = await logHours(town, town.volunteerId);
    await logHours(town, other);
    await projected();
    const id = await begin(town, { text });
    const refused = await tries(town, id, 'submit');
    expect(refused.body.type).toMatch(/figure-not-public/);
    expect(refused.body.detail).toContain('{{participations|2025-10}}');
    await verify(sheet);
    if (isClosed) await appendClosed('2025-10');
    await projected();
    await publishIt(town, id);
    expect((await readIt(id)).body.text).toBe('本月2人次参加，服务3小时。');
    await voidLine(sheet, other);
    await projected();
    const { body } = await readIt(id);
    expect(body.text).toBe(`本月1人次（${word}）参加，服务1.5小时（${word}）。`);
    expect(body.figures[0]).toMatchObject({ published: '2人次', shown: '1人次', standing });
    const english = await readIt(id, { 'accept-language': 'en' });
    expect(english.body.text).toContain(`1 person-times (${standing})`);
    const page = await readIt(id, { accept: 'text/html' });
    expect(page.body).toContain(word);
  });

  test.each([
    ['{{noSuchMetric|2025-10}}', '没有这个指标'],
    ['{{participations|2025-10|nowhere}}', '没有这个区域'],
    ['{{participations|2019-10}}', '没有已核实的数据'],
    // Published for the whole district only.
    ['{{outcomesWithoutOutputs|2025-10|hongqi}}', '由此可推算出小数目'],
    ['{{onTimeRecordShare|2025-10}}', ''],
  ])('%s is not published', async (reference, why) => {
    await projected();
    const id = await begin(town, { text: `本月${reference}。` });
    const { body } = await tries(town, id, 'submit');
    expect(body.type).toMatch(/figure-not-public/);
    expect(body.detail).toContain(why);
  });
});

describe('pages', () => {
  test('escape what somebody wrote, in both languages and in the feed', async () => {
    const nasty = '<script>alert("1")</script>&amp; ]]>';
    const id = await told(town, { title: nasty, summary: nasty, text: `${nasty}\n第二段。` });
    await projected();
    for (const language of ['zh-CN', 'en']) {
      const headers = { accept: 'text/html', 'accept-language': language };
      const one = await readIt(id, headers);
      const all = await must('publicity', { route: 'GET /stories', headers });
      for (const page of [one.body, all.body]) {
        expect(page).not.toContain('<script');
        expect(page).toContain('&lt;script&gt;');
        expect(page).toContain(`<html lang="${language}">`);
        expect(page).toContain('href="/pages/complaints?page=%2Fstories');
      }
    }
    expect(await feed()).not.toContain('<script');
  });
});
