import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { handler } from '../../../functions/imports/api.ts';
import { hand, list, settle } from '../../support/handing-in.ts';
import { ask } from '../../support/http-event.ts';
import { residentIdOf } from '../../support/people.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, must, organiserOf } from '../../support/town.ts';

/** Somebody as a list has them; the last figure of the phone and the order of the ID say who. */
const phoneOf = (n: number): string => `1390000${String(n).padStart(4, '0')}`;
const numberOf = (n: number): string => residentIdOf('1966-06-06', n);
/** Numbers from here on are nobody's. */
const unknown = 500;

let town: Awaited<ReturnType<typeof foundTown>>;
/** Whose organiser works in another area than all the registered people. */
let stranger: ReturnType<typeof organiserOf> & { readonly area: readonly string[] };

const lines = (rows: readonly (readonly string[])[]) =>
  list('姓名,身份证号,证件类型,手机,出生日期,住址', ...rows.map((cells) => cells.join(',')));
const on = (route: string, id: string, body: object, token: object = admin) =>
  must('volunteers', { route, params: { id }, body, token: token as typeof admin });
const self = async (n: number, person: object): Promise<string> =>
  (
    await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1', person },
      token: { sub: `self-${n}`, role: 'volunteer' },
    })
  ).body.id;
const deactivate = (id: string) => on('POST /volunteers/{id}/deactivate', id, { reason: '迁出' });

beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  await must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });
  stranger = { ...organiserOf(town.ours, 'stranger'), area: ['xinhua'] };
  // By an earlier list: by number, by phone and name, and one that was corrected to somebody else.
  const { body } = await hand(
    lines([
      ['甲一', numberOf(1), '', phoneOf(1), '', '红旗路'],
      ['甲二', '', '', phoneOf(2), '1966-06-06', ''],
      ['甲三', numberOf(3), '', phoneOf(3), '', ''],
      ['甲四', numberOf(4), '', phoneOf(4), '', ''],
    ]),
  );
  await settle();
  const { items } = (
    await ask(handler, { route: 'GET /imports/{id}/rows', params: { id: body.id }, token: admin })
  ).body;
  await on('PATCH /volunteers/{id}/person', items[2].volunteerId, {
    name: '改三',
    idDocument: null,
    phone: null,
  });
  await on(
    'POST /volunteers/{id}/confirm',
    items[3].volunteerId,
    { code: items[3].confirmationCode, consentVersion: '1' },
    { sub: 'confirmed', role: 'volunteer' },
  );
  await deactivate(items[3].volunteerId);
  // By themselves: one whose number nobody checked, one with a phone only, one deactivated.
  const document = (n: number) => ({ idDocument: { type: 'resident-id', number: numberOf(n) } });
  await self(5, { name: '甲五', ...document(5), phone: phoneOf(5) });
  await self(6, { name: '甲六', phone: phoneOf(6) });
  await deactivate(await self(7, { name: '甲七', ...document(7), phone: phoneOf(7) }));
  // One of whom there are two records, and two that were merged.
  await self(8, { name: '甲一', phone: phoneOf(1) });
  const from = await self(9, { name: '甲六', phone: phoneOf(6) });
  const intoId = await self(10, { name: '甲六', phone: phoneOf(6) });
  await on('POST /volunteers/{id}/merge', from, { intoId, reason: '同一人' });
});

const who = fc.integer({ min: 1, max: 8 });
const row = fc.record({
  name: fc.constantFrom('甲一', '甲二', '甲三', '改三', '甲四', '甲五', '甲六', '甲七', '别人'),
  number: fc.option(who, { nil: undefined }),
  phone: who,
  birthDate: fc.constantFrom('', '1966-06-06', '1977-07-07'),
  address: fc.constantFrom('', '红旗路', '新华路'),
});
const fileOf = (rows: readonly (typeof row extends fc.Arbitrary<infer R> ? R : never)[], by = 0) =>
  lines(
    rows.map(({ name, number, phone, birthDate, address }) => [
      name,
      number === undefined ? '' : numberOf(number + by),
      '',
      phoneOf(phone + by),
      number === undefined ? birthDate : '',
      address,
    ]),
  );
const dryRun = { consentVersion: '1', areaId: 'xinhua', dryRun: 'true' };

test('a dry run says of records out of reach what it says of nobody', async () => {
  let flagged = 0;
  const rows = fc.array(row, { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(rows, async (all) => {
    const asked = { token: stranger, query: dryRun };
    const known = await hand(fileOf(all), asked);
    expect(known.status).toBe(200);
    expect(known).toEqual(await hand(fileOf(all, unknown), asked));
    const there = await hand(fileOf(all), { query: { ...dryRun, areaId: 'hongqi' } });
    if (JSON.stringify(there.body.report) !== JSON.stringify(known.body.report)) flagged += 1;
  });
  await fc.assert(property, { numRuns: 60 });
  // To the district, who reaches everybody, it mostly says more.
  expect(flagged).toBeGreaterThan(30);
});

test('who was compared with a list finds it in the log, once, and who was not does not', async () => {
  const readings = async (id: string): Promise<readonly object[]> =>
    (
      await must('volunteers', {
        route: 'GET /volunteers/{id}/access-log',
        params: { id },
        token: admin,
      })
    ).body.items.filter(({ actorId }: { actorId: string }) => actorId !== admin.sub);
  const id = await self(20, { name: '甲廿', phone: phoneOf(20) });
  const file = lines([
    ['甲廿', '', '', phoneOf(20), '', ''],
    ['别人', '', '', phoneOf(20), '', ''],
  ]);
  await hand(file, { token: stranger, query: dryRun });
  expect(await readings(id)).toEqual([]);
  const token = organiserOf(town.ours, 'native');
  await hand(file, { token, query: { ...dryRun, areaId: 'hongqi' } });
  expect(await readings(id)).toMatchObject([
    { actorId: 'native', role: 'organiser', reason: 'list-comparison', what: 'comparison' },
  ]);
  // At registration whoever has the number is compared, wherever they are.
  await hand(file, { token: stranger, query: { consentVersion: '1', areaId: 'xinhua' } });
  await settle();
  const readers = (await readings(id)).map((each) => (each as { actorId: string }).actorId);
  expect(readers.sort()).toEqual(['native', 'stranger']);
});

test('nor do the rows of a list say more than that somebody is registered', async () => {
  const query = { consentVersion: '1', areaId: 'xinhua' };
  const file = lines([
    ['甲一', numberOf(1), '', phoneOf(2), '', '新华路'],
    ['别人', numberOf(30), '', phoneOf(6), '', ''],
    ['甲六', '', '', phoneOf(6), '', ''],
    ['甲五', numberOf(5), '', phoneOf(5), '', ''],
    ['甲四', numberOf(4), '', phoneOf(4), '', ''],
    ['甲三', numberOf(3), '', phoneOf(33), '', ''],
  ]);
  const { body } = await hand(file, { token: stranger, query });
  await settle();
  const rows = async (token: object) =>
    (
      await ask(handler, {
        route: 'GET /imports/{id}/rows',
        params: { id: body.id },
        token: token as typeof admin,
      })
    ).body.items.map(({ differs, flags }: { differs: string[]; flags: string[] }) => [
      ...differs,
      ...flags,
    ]);
  expect(await rows(admin)).toEqual([
    ['phone', 'address', 'shared-phone'],
    ['shared-phone'],
    ['possible-duplicate', 'shared-phone'],
    ['possible-duplicate'],
    ['deactivated'],
    ['corrected-record'],
  ]);
  // Of the rows of their own list only.
  expect(await rows(stranger)).toEqual([[], [], ['shared-phone'], [], [], []]);
  const native = { ...stranger, area: ['hongqi', 'xinhua'] };
  expect(await rows(native)).toEqual(await rows(admin));
});
