import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { handler } from '../../../functions/imports/api.ts';
import { comparePeople, rowChecker } from '../../../functions/imports/check-rows.ts';
import { openList } from '../../../functions/imports/list.ts';
import { readSheet } from '../../../functions/imports/read-sheet.ts';
import { comparisonFor } from '../../../functions/imports/standing.ts';
import { confirmationCode } from '../../../functions/people/register-person.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { logger } from '../../../functions/runtime/telemetry.ts';
import { actor } from '../../support/actors.ts';
import { around } from '../../support/faults.ts';
import { hand, list, rowsOf, settle } from '../../support/handing-in.ts';
import { type Answer, type Ask, ask, noon } from '../../support/http-event.ts';
import { nameOf, residentIdOf } from '../../support/people.ts';
import { deliver } from '../../support/projecting.ts';
import { gb18030, xlsx } from '../../support/sheets.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, must, organiserOf } from '../../support/town.ts';
import { workbookOf } from '../../support/workbooks.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  await deliver(await ledger());
});
afterEach(() => {
  jest.restoreAllMocks();
});

const progress = async (id: string, token: Ask['token'] = admin): Promise<Answer> =>
  ask(handler, { route: 'GET /imports/{id}', params: { id }, token });

const people = (count: number, from = 0): Buffer =>
  Buffer.from(
    `姓名,身份证号,手机\n${Array.from({ length: count }, (_, at) => {
      const n = from + at;
      const born = `19${60 + (n % 30)}-03-05`;
      return `${nameOf(n)},${residentIdOf(born, n % 1000, n < 1000 ? '110105' : '310115')},139${String(n).padStart(8, '0')}`;
    }).join('\n')}`,
  );

const registered = async () =>
  (await ledger()).filter(({ type, data }) => {
    const { volunteer } = data as { volunteer?: { registeredBy: string } };
    return type === 'VolunteerRegistered' && volunteer?.registeredBy === 'import';
  });
const flagsOf = (body: Answer['body']): string[][] =>
  body.report.map(({ flags }: { flags: { code: string }[] }) => flags.map(({ code }) => code));
const errorsOf = (body: Answer['body']): string[] =>
  body.report.flatMap(({ row, errors }: { row: number; errors: { code: string }[] }) =>
    errors.map(({ code }) => `${row} ${code}`),
  );
const peopleItems = async () =>
  (await dynamodb.send(new ScanCommand({ TableName: process.env.PEOPLE_TABLE }))).Items ?? [];

test('an area that the Views do not have yet is known by its id', async () => {
  await must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });
  const accepted = async (areaId: string) => {
    const { body } = await hand(people(1), { query: { areaId, dryRun: 'true' } });
    return body.accepted;
  };
  expect([await accepted('xinhua'), await accepted('nowhere')]).toEqual([1, 0]);
});

test('a dry run says what is wrong row by row, and writes nothing', async () => {
  const good = residentIdOf('1985-05-05', 1);
  const lines = [
    '姓名,身份证号,手机,社区',
    `王芳,${good},13812345678,红旗街道`,
    `王芳,${good.slice(0, -1)}${good.endsWith('1') ? 2 : 1},13812345678,红旗街道`,
    `王 芳,${good},,hongqi`,
    '李四,,13900000000,没有的社区',
    '=cmd,,13900000001,',
  ];
  const before = (await ledger()).length;
  const { status, body } = await hand(Buffer.from(lines.join('\n')), {
    query: { dryRun: 'true' },
  });
  expect(status).toBe(200);
  const { report, columns, ...counts } = body;
  expect(columns.map(({ column }: { column: string }) => column)).toEqual([
    'name',
    'documentNumber',
    'phone',
    'area',
  ]);
  expect(counts).toEqual({
    id: null,
    rows: 5,
    accepted: 2,
    refused: 3,
    flagged: 2,
    compared: 2,
    sheet: null,
    otherSheets: [],
    headingRows: [1],
    laterHeadings: [],
    passedOver: [],
    reportComplete: true,
  });
  const brief = (row: {
    row: number;
    errors: { column: string; code: string }[];
    flags: { code: string; row?: number }[];
  }) => [
    row.row,
    row.errors.map(({ column, code }) => `${column} ${code}`),
    row.flags.map(({ code, row: earlier }) => `${code} ${earlier}`),
  ];
  expect(report.map(brief)).toEqual([
    [3, ['documentNumber invalid-value'], []],
    [4, [], ['repeated 2']],
    [5, ['area unknown-area'], []],
    [6, ['name formula-text'], ['no-area undefined']],
  ]);
  expect(report[0].errors[0]).toMatchObject({ letter: 'B', heading: '身份证号' });
  expect(report[0].errors[0].detail.zh).toContain('校验位');
  expect(report[2].errors[0].detail.zh).toContain('红旗街道');
  for (const secret of ['王芳', '李四', '13812345678', '13900000000', good, 'cmd', '没有的社区'])
    expect(JSON.stringify(body)).not.toContain(secret);
  expect(await ledger()).toHaveLength(before);
  expect((await peopleItems()).filter(({ pk }) => /^(import|person)#/.test(String(pk)))).toEqual(
    [],
  );
});

test('a list is accepted, its people registered chunk by chunk, each waiting for their own yes', async () => {
  const { status, body } = await hand(people(210), { token: organiserOf(town.ours) });
  expect(status).toBe(202);
  expect(body).toMatchObject({ rows: 210, accepted: 210, refused: 0, report: [] });
  const waiting = (await peopleItems()).filter(({ pk }) => String(pk).startsWith('import#'));
  expect(waiting).toHaveLength(5);
  for (const { expiresAt } of waiting)
    expect(expiresAt).toBe(Math.floor(Date.UTC(2025, 9, 18, 6) / 1000) + 7 * 86_400);
  const raw = JSON.stringify(waiting.map(({ fields }) => Buffer.from(fields.rows).toString()));
  expect(raw).not.toMatch(/"name|甲[〇一二三]/);

  await settle();
  const volunteers = await registered();
  expect(volunteers).toHaveLength(210);
  for (const { data, actor } of volunteers) {
    expect(data).toMatchObject({
      volunteer: { status: 'pending', confirmedOn: null, areaId: 'hongqi', ageGroup: 'adult' },
    });
    expect(actor).toEqual({ role: 'organiser', id: 'organiser' });
  }
  const left = await peopleItems();
  expect(left.filter(({ pk }) => String(pk).startsWith('import#'))).toEqual([]);
  expect(left.filter(({ sk }) => sk === 'person')).toHaveLength(210);

  await deliver(await ledger());
  const done = await progress(body.id, organiserOf(town.ours));
  expect(done.body).toEqual({
    id: body.id,
    rows: 210,
    accepted: 210,
    refused: 0,
    registered: 210,
    alreadyRegistered: 0,
    numberOfAnother: 0,
    done: true,
  });
});

test('the rows lead to the records, with the codes their people confirm with', async () => {
  const { body } = await hand(people(60));
  const page = (cursor?: string) =>
    ask(handler, {
      route: 'GET /imports/{id}/rows',
      params: { id: body.id },
      token: admin,
      ...(cursor ? { query: { cursor } } : {}),
    });
  expect((await page()).body).toEqual({ items: [], next: '2' });
  await settle();
  const first = (await page()).body;
  const second = (await page(first.next)).body;
  expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null]);
  const [{ volunteerId, confirmationCode: code }] = first.items;
  expect(code).toBe(await confirmationCode(volunteerId));
  // And it is that code with which the person says yes.
  const { body: volunteer } = await must('volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id: volunteerId },
    body: { code, consentVersion: '2025-1' },
    token: { sub: 'jia', role: 'volunteer' },
  });
  expect(volunteer).toMatchObject({ status: 'active', registeredBy: 'import' });
});

test('handed in three times with crashes in the middle, each row is one registration', async () => {
  const file = people(80);
  // The function dies at these writes, or after them without hearing that they were done.
  let crashes = 0;
  const dieAt = (first: number) => (call: number) => {
    if (call % 41 !== first) return;
    crashes += 1;
    throw new Error('crash');
  };
  around('TransactWriteCommand', { before: dieAt(20), after: dieAt(30) });
  const ids = new Set<string>();
  for (const key of ['first', 'second', 'third']) {
    const answer = await hand(file, { key });
    // A client that hears nothing sends the same again.
    const again = await hand(file, { key });
    expect([answer.status, again.status]).toEqual([202, 202]);
    expect(again.body.id).toBe(answer.body.id);
    ids.add(answer.body.id);
    await settle();
  }
  expect(crashes).toBeGreaterThan(3);
  jest.restoreAllMocks();
  expect(ids.size).toBe(3);
  const events = await registered();
  expect(events).toHaveLength(80);
  expect(new Set(events.map(({ aggregate }) => aggregate.id)).size).toBe(80);
  const items = await peopleItems();
  expect(items.filter(({ sk }) => sk === 'person')).toHaveLength(80);
  expect(items.filter(({ pk }) => String(pk).startsWith('import#'))).toEqual([]);

  await deliver(await ledger());
  const all = await Promise.all([...ids].map(async (id) => (await progress(id)).body));
  expect(all.map(({ registered: n, alreadyRegistered: m, done }) => [n, m, done])).toEqual([
    [80, 0, true],
    [0, 80, true],
    [0, 80, true],
  ]);
});

test('a crash between sealing and accepting leaves nothing registered, and the retry all of it', async () => {
  const file = people(60);
  around('PutCommand', {
    before: (call) => {
      if (call === 3) throw new Error('crash');
    },
  });
  const crashed = await hand(file, { key: 'k' });
  expect(crashed.status).toBe(500);
  jest.restoreAllMocks();
  await settle();
  expect(await registered()).toHaveLength(0);
  expect((await hand(file, { key: 'k' })).status).toBe(202);
  await settle();
  expect(await registered()).toHaveLength(60);
});

test('a list without people is refused in words, also in a dry run', async () => {
  for (const dryRun of ['true', 'false']) {
    const { status, body } = await hand(list('姓名,手机', '合计,0'), { query: { dryRun } });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain('第 1 行的表头下方没有人员');
  }
});

test('a row is reported by the column letters of the headings above it', async () => {
  const { body } = await hand(
    list(
      '姓名,手机',
      '白一,13900000001',
      '手机,社区,姓名',
      '12,hongqi,白二',
      '13900000003,hongqi,白三',
    ),
    { query: { dryRun: 'true' } },
  );
  expect(body).toMatchObject({
    rows: 3,
    accepted: 2,
    headingRows: [1, 3],
    laterHeadings: [{ rows: [3], columns: [{ letter: 'A', column: 'phone' }, {}, {}] }],
    report: [{ row: 4, errors: [{ column: 'phone', letter: 'A', heading: '手机' }] }],
  });
});

test('the same key with another file is refused', async () => {
  expect((await hand(people(1), { key: 'k' })).status).toBe(202);
  const other = await hand(people(2), { key: 'k' });
  expect([other.status, other.body.type]).toEqual([
    422,
    'urn:leifeng:problem:idempotency-key-reused',
  ]);
});

test('whoever is registered already is flagged, and whoever only looks alike too', async () => {
  const file = people(2);
  await hand(file);
  await settle();
  const { body: self } = await must('volunteers', {
    route: 'POST /volunteers',
    body: {
      areaId: 'hongqi',
      consentVersion: '1',
      person: {
        name: ' 甲 二',
        idDocument: { type: 'resident-id', number: residentIdOf('1962-03-05', 2) },
      },
    },
    token: { sub: 'yi', role: 'volunteer' },
  });
  const { body } = await hand(people(3), { query: { dryRun: 'true' } });
  expect(body).toMatchObject({ accepted: 3, flagged: 3, compared: 3 });
  expect(flagsOf(body)).toEqual([
    ['already-registered'],
    ['already-registered'],
    ['possible-duplicate'],
  ]);
  expect(JSON.stringify(body)).not.toContain(self.id);
});

test('one person in two rows of a file is registered once', async () => {
  const number = residentIdOf('1985-05-05', 1);
  const file = Buffer.from(`姓名,身份证号\n王芳,${number}\n王芳,${number.toLowerCase()}\n`);
  const { body } = await hand(file);
  expect(body).toMatchObject({ accepted: 2, flagged: 1 });
  await settle();
  expect(await registered()).toHaveLength(1);
  await deliver(await ledger());
  expect((await progress(body.id)).body).toMatchObject({ registered: 1, alreadyRegistered: 1 });
});

const number = residentIdOf('1966-06-06', 123, '110101');

test('two people with one ID number in a list are not one, and the second is refused', async () => {
  const file = list('姓名,身份证号', `白一,${number}`, `白二,${number}`, `白 一,${number}`);
  const dry = await hand(file, { query: { dryRun: 'true' } });
  expect(dry.body).toMatchObject({ rows: 3, accepted: 2, refused: 1 });
  expect(errorsOf(dry.body)).toEqual(['3 number-of-another']);
  expect(flagsOf(dry.body)).toEqual([[], ['repeated']]);
  expect(JSON.stringify(dry.body)).not.toMatch(/白|1966/);
  const { body } = await hand(file);
  expect(body).toMatchObject({ accepted: 2, refused: 1 });
  await settle();
  expect(await registered()).toHaveLength(1);
});

test('nor are they in two lists: nobody is registered, and the row says why', async () => {
  await hand(list('姓名,身份证号', `白一,${number}`));
  await settle();
  const file = list('姓名,身份证号', `白二,${number}`);
  const dry = await hand(file, { query: { dryRun: 'true' } });
  expect(errorsOf(dry.body)).toEqual(['2 number-of-another']);
  const { body } = await hand(file);
  await settle();
  await deliver(await ledger());
  expect(await registered()).toHaveLength(1);
  expect((await progress(body.id)).body).toMatchObject({
    registered: 0,
    alreadyRegistered: 0,
    numberOfAnother: 1,
    done: true,
  });
  expect(await rowsOf(body.id)).toEqual([
    {
      row: 2,
      volunteerId: null,
      outcome: 'number-of-another',
      differs: [],
      flags: [],
      confirmationCode: null,
    },
  ]);
});

test('people who share a phone are several, and it is said', async () => {
  const file = list('姓名,手机', '白一,13900000001', '白二,13900000001');
  const dry = await hand(file, { query: { dryRun: 'true' } });
  expect(dry.body.report).toMatchObject([{ row: 3, flags: [{ code: 'shared-phone', row: 2 }] }]);
  await hand(file);
  await settle();
  expect(await registered()).toHaveLength(2);
  const third = await hand(list('姓名,手机', '白三,13900000001'), { query: { dryRun: 'true' } });
  expect(flagsOf(third.body)).toEqual([['shared-phone']]);
});

test('one name in several spellings is one person', async () => {
  const file = list(
    '姓名,手机',
    '阿·白,13900000001',
    '阿•白,+86 139 0000 0001',
    '阿．白 ,13900000001',
  );
  const { body } = await hand(file);
  expect(flagsOf(body)).toEqual([['repeated'], ['repeated']]);
  await settle();
  expect(await registered()).toHaveLength(1);
});

test('what a later list says otherwise is flagged by its columns, and changes nothing', async () => {
  await hand(list('姓名,身份证号,手机', `白三,${number},13900000001`));
  await settle();
  const file = list('姓名,身份证号,手机,住址', `白三,${number},13900000002,新华路`);
  const dry = await hand(file, { query: { dryRun: 'true' } });
  expect(flagsOf(dry.body)).toEqual([['already-registered', 'differs']]);
  expect(dry.body.report[0].flags[1]).toMatchObject({ columns: ['phone', 'address'] });
  const { body } = await hand(file);
  await settle();
  expect(await rowsOf(body.id)).toMatchObject([
    { outcome: 'already-registered', differs: ['phone', 'address'] },
  ]);
  expect(JSON.stringify(await ledger())).not.toMatch(/1390000|新华路|白三/);
  const same = await hand(list('姓名,身份证号', `白三,${number}`), { query: { dryRun: 'true' } });
  expect(flagsOf(same.body)).toEqual([['already-registered']]);
});

test('differs covers every column of the list, in the list, the dry run and the outcome', async () => {
  const place = { kind: 'community', name: '和平社区', parentId: 'hongqi' };
  const route = 'PUT /areas/{id}';
  await must('organisations', { route, params: { id: 'heping' }, body: place, token: admin });
  const headings = '姓名,身份证号,社区,标签,服务类别,监护人姓名,监护人电话,监护人关系';
  const before = `白三,${number},hongqi,党员,为老服务,白父,13900000003,父亲`;
  const after = `白三,${number},heping,青年,助残服务,白父,13900000003,祖父`;
  const columns = ['guardianRelation', 'area', 'tags', 'serviceCategories'];
  const both = await hand(list(headings, before, after), { query: { dryRun: 'true' } });
  expect(both.body.report).toMatchObject([{ flags: [{ code: 'repeated' }, { columns }] }]);
  await hand(list(headings, before));
  await settle();
  const dry = await hand(list(headings, after), { query: { dryRun: 'true' } });
  expect(dry.body.report).toMatchObject([{ flags: [{ code: 'already-registered' }, { columns }] }]);
  const { body } = await hand(list(headings, after));
  await settle();
  expect(await rowsOf(body.id)).toMatchObject([{ differs: columns }]);
  // A row that names no area says nothing of it.
  const silent = await hand(list('姓名,身份证号', `白三,${number}`), {
    query: { dryRun: 'true', areaId: 'heping' },
  });
  expect(flagsOf(silent.body)).toEqual([['already-registered']]);
});

test('a list says nothing of what a record holds to those who do not work in its area', async () => {
  await hand(list('姓名,身份证号,手机', `白三,${number},13900000001`));
  await settle();
  await must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });
  const token = { ...organiserOf(town.ours, 'elsewhere'), area: ['xinhua'] };
  const query = { consentVersion: '2025-1', areaId: 'xinhua' };
  const file = list('姓名,身份证号,手机,住址', `白三,${number},13900000002,新华路`);
  const { body } = await hand(file, { token, query });
  await settle();
  const rows = async (reader: Ask['token']) =>
    (
      await ask(handler, {
        route: 'GET /imports/{id}/rows',
        params: { id: body.id },
        token: reader,
      })
    ).body.items;
  expect(await rows(token)).toMatchObject([{ outcome: 'already-registered', differs: [] }]);
  expect(await rows(admin)).toMatchObject([{ differs: ['phone', 'address'] }]);
});

test('whoever was erased and registered again is known again, under another id', async () => {
  const file = list('姓名,身份证号', `白一,${number}`);
  const register = async () => {
    const { body } = await hand(file);
    await settle();
    return (await rowsOf(body.id))[0];
  };
  const first = await register();
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: first.volunteerId },
    token: admin,
  });
  const second = await register();
  expect([second.outcome, second.volunteerId === first.volunteerId]).toEqual(['registered', false]);
  const dry = await hand(list('姓名,身份证号,手机', `白一,${number},13900000001`), {
    query: { dryRun: 'true' },
  });
  expect(flagsOf(dry.body)).toEqual([['already-registered', 'differs']]);
  expect((await register()).outcome).toBe('already-registered');
});

test('a list as an office writes it is read, and what is not read is said', async () => {
  const file = list(
    '某街道志愿者登记表,,,,',
    '序号,姓名,手机号码（必填）,民族,备注',
    '1,白一,13900000001,汉族,',
    '2,白\ue863,13900000002,,',
    '合计,2,,,',
  );
  const { body } = await hand(file, {
    query: { dryRun: 'true' },
    headers: { 'content-type': 'application/vnd.ms-excel' },
  });
  expect(body).toMatchObject({
    rows: 2,
    accepted: 2,
    headingRows: [2],
    passedOver: [
      { row: 1, reason: 'title' },
      { row: 5, reason: 'footer' },
    ],
    report: [{ row: 4, flags: [{ code: 'odd-character', columns: ['name'] }] }],
  });
  expect(
    body.columns.map(({ letter, heading, column }: Record<string, string>) => [
      letter,
      heading,
      column,
    ]),
  ).toEqual([
    ['A', '序号', null],
    ['B', '姓名', 'name'],
    ['C', '手机号码（必填）', 'phone'],
    ['D', '民族', null],
    ['E', '备注', null],
  ]);
});

test('areas under a heading that nobody knows refuse the list, and do not put everybody elsewhere', async () => {
  const { status, body } = await hand(
    list('姓名,手机,片儿', '白一,13900000001,红旗街道', '白二,13900000002,红旗街道'),
    { query: { dryRun: 'true', areaId: 'demo' } },
  );
  expect([status, body.detail]).toEqual([
    422,
    expect.stringContaining('C 列没有读取，但其内容像是社区'),
  ]);
});

test('a merged area is that of all its rows', async () => {
  const file = workbookOf([
    {
      rows: [
        ['姓名', '手机', '社区'],
        ['白一', '13900000001', '红旗街道'],
        ['白二', '13900000002', ''],
      ],
      merged: ['C2:C3'],
    },
  ]);
  await hand(file, { query: { areaId: 'demo' } });
  await settle();
  const areas = (await registered()).map(
    ({ data }) => (data as { volunteer: { areaId: string } }).volunteer.areaId,
  );
  expect(areas).toEqual(['hongqi', 'hongqi']);
});

test('what else is sent is refused by what it is, whatever it is called', async () => {
  const json = await hand(Buffer.from('{"姓名":"白一"}'), {
    headers: { 'content-type': 'text/csv', 'accept-language': 'zh-CN' },
  });
  expect([json.status, json.body.detail]).toEqual([422, expect.stringContaining('JSON')]);
});

test('GB18030 and XLSX lead to the same people as UTF-8', async () => {
  const number = residentIdOf('1985-05-05', 1);
  const text = `姓名,身份证号,社区\n王芳,${number},红旗街道\n`;
  const sheet = xlsx([
    ['姓名', '身份证号', '社区'],
    ['王芳', number, '红旗街道'],
  ]);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await hand(Buffer.from(text));
  await hand(gb18030(text), { headers: { 'content-type': 'application/octet-stream' } });
  await hand(sheet, { headers: { 'content-type': type } });
  await settle();
  expect((await ledger()).filter(({ type }) => type === 'ImportAccepted')).toHaveLength(3);
  expect(await registered()).toHaveLength(1);
});

test.each([
  ['no consent version', { query: { consentVersion: '' } }, 400, 'invalid-request'],
  ['a volunteer', { token: { sub: 'lei', role: 'volunteer' } }, 403, 'forbidden'],
  ['an auditor', { token: { sub: 'a', role: 'auditor' } }, 403, 'forbidden'],
  ['nobody', { token: null }, 401, 'unauthorized'],
] as const)('%s is refused', async (_, change, status, code) => {
  const { body, ...answer } = await hand(people(1), change as Parameters<typeof hand>[1]);
  expect([answer.status, body.type]).toEqual([status, `urn:leifeng:problem:${code}`]);
});

test.each([
  ['too large a file', Buffer.alloc(4 * 1024 * 1024 + 1, 'a'), 413, 'body-too-large'],
  ['an empty file', Buffer.alloc(0), 422, 'unreadable-file'],
  ['headings alone', Buffer.from('姓名,手机\n'), 422, 'unreadable-file'],
  ['no row that is right', Buffer.from('姓名,手机\n王芳,1\n'), 422, 'unreadable-file'],
  ['headings nobody knows', Buffer.from('王芳,13812345678\n'), 422, 'unreadable-file'],
  ['a million rows', Buffer.from(`姓名\n${'a\n'.repeat(1_000_000)}`), 422, 'unreadable-file'],
])('%s is refused', async (_, file, status, code) => {
  const answer = await hand(file);
  expect([answer.status, answer.body.type]).toEqual([status, `urn:leifeng:problem:${code}`]);
  expect(JSON.stringify(answer.body)).not.toMatch(/王芳|13812345678/);
});

test('an organiser registers people where they work, and nowhere else', async () => {
  const token = organiserOf(town.ours);
  const { body } = await hand(people(1), {
    token,
    query: { areaId: 'demo', dryRun: 'true' },
  });
  expect(body.report[0].errors[0]).toMatchObject({ column: 'area', code: 'area-not-yours' });
  expect((await hand(people(1), { token, query: { dryRun: 'true' } })).body.accepted).toBe(1);
});

test('an import is shown to whoever started it and to the district', async () => {
  const { body } = await hand(people(1), { token: organiserOf(town.ours) });
  const statusFor = async (token: Ask['token'], route: string) =>
    (await ask(handler, { route, params: { id: body.id }, token })).status;
  for (const route of ['GET /imports/{id}', 'GET /imports/{id}/rows']) {
    expect(await statusFor(organiserOf(town.ours), route)).toBe(200);
    expect(await statusFor(admin, route)).toBe(200);
    expect(await statusFor(organiserOf(town.ours, 'somebody-else'), route)).toBe(403);
    expect(await statusFor({ sub: 'a', role: 'auditor' }, route)).toBe(403);
  }
  expect((await progress('0198c0de-0000-7000-8000-000000000000')).status).toBe(404);
});

test('no event of an import says who anybody is', async () => {
  await hand(people(60));
  await settle();
  const said = JSON.stringify(await ledger());
  expect(said).not.toMatch(/甲|139000000|11010519/);
});

test('people are looked up as time allows, and what is not compared is not counted', async () => {
  const list = openList(readSheet(people(40)));
  const check = await rowChecker(list, {
    actor: actor('a', null, 'district-admin'),
    areaId: 'hongqi',
    today: '2025-10-18',
  });
  const checked = await check(list.rows);
  const by = {
    actor: actor('a', null, 'district-admin'),
    at: noon,
    role: 'district-admin',
  } as const;
  const admins = comparisonFor(by);
  expect(await comparePeople(admins, checked, performance.now() - 1)).toEqual({
    rows: checked,
    compared: 0,
  });
  expect((await comparePeople(admins, checked, Number.POSITIVE_INFINITY)).compared).toBe(40);
});

test('of a long list the same is said as of a short one, in the order of its rows', async () => {
  const wrong = Array.from({ length: 1_100 }, (_, n) =>
    n % 2 ? `${nameOf(n, '乙')},,1` : `${nameOf(n, '乙')},,139${n + 1e7}`,
  );
  const { body } = await hand(Buffer.from(`姓名,身份证号,手机\n${wrong.join('\n')}`), {
    query: { dryRun: 'true' },
  });
  expect(body).toMatchObject({ rows: 1_100, accepted: 550, refused: 550, reportComplete: true });
  const numbers = body.report.map(({ row }: { row: number }) => row);
  expect(numbers).toEqual(Array.from({ length: 550 }, (_, n) => 3 + 2 * n));

  const all = Buffer.from(`姓名,手机\n${'甲,1\n'.repeat(1_001)}`);
  const told = (await hand(all, { query: { dryRun: 'true' } })).body;
  expect([told.report.length, told.reportComplete, told.refused]).toEqual([1_000, false, 1_001]);
});

const marked = '秘密甲乙';
const good = people(120).toString();
test.each([
  ['10,001 people', `姓名,手机\n${`${marked},13912345678\n`.repeat(10_001)}`],
  ['a quotation mark too many at the end', `${good}\n"${marked}"x,,`],
  ['a row of 61 cells at the end', `${good}\n${','.repeat(60)}${marked}`],
  [
    'a line in no encoding at the end',
    Buffer.concat([Buffer.from(`${good}\n${marked}`), Buffer.of(0xff)]),
  ],
  ['NUL in a cell', `${good}\n${marked}\0,,`],
  ['one heading twice', `姓名,姓名\n${marked},${marked}\n`],
  ['no headings', `${marked},13912345678\n`],
  ['a formula for a heading', `=${marked},姓名\n`],
  ['formulas alone', `姓名,手机\n=cmd|'${marked}'!A0,13912345678\n`],
])('of a file with %s nothing is kept, told or logged', async (_, file) => {
  const lines = [jest.spyOn(logger, 'info'), jest.spyOn(logger, 'error')];
  const before = (await ledger()).length;
  const answer = await hand(Buffer.from(file));
  expect([answer.status, answer.body.type]).toEqual([422, 'urn:leifeng:problem:unreadable-file']);
  const logged = lines.flatMap(({ mock }) => mock.calls);
  expect(logged).toHaveLength(1);
  expect(JSON.stringify([answer, logged])).not.toMatch(/秘密|甲|139/);
  expect(await ledger()).toHaveLength(before);
  expect((await peopleItems()).filter(({ pk }) => String(pk).startsWith('import#'))).toEqual([]);
});
