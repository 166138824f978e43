import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { serviceCategories } from '../../../events/volunteers.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { hand, list, rowsOf, settle } from '../../support/handing-in.ts';
import { residentIdOf } from '../../support/people.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
const begin = async (): Promise<void> => {
  await freshTables();
  town = await foundTown();
  await deliver(await ledger());
};
beforeEach(begin);

interface Someone {
  readonly name?: string | undefined;
  readonly number?: string | undefined;
  readonly phone?: string | undefined;
}
const [x, y] = [1, 3].map((order) => residentIdOf('1966-06-06', order)) as [string, string];
const [p, q] = ['13900000001', '13900000002'] as const;

const fileOf = (rows: readonly Someone[]): Buffer =>
  list(
    '姓名,身份证号,手机',
    ...rows.map(({ name = '', number = '', phone = '' }) => `${name},${number},${phone}`),
  );
/** Imports a list. The outcomes of its accepted rows, in order. */
const take = async (...rows: readonly Someone[]) => {
  const { status, body } = await hand(fileOf(rows));
  if (status !== 202) return { body, items: [] };
  await settle();
  return { body, items: await rowsOf(body.id) };
};
const flagsOf = async (...rows: readonly Someone[]): Promise<string[][]> => {
  const { body } = await hand(fileOf(rows), { query: { dryRun: 'true' } });
  return body.report.map(({ errors, flags }: Record<string, { code: string; row?: number }[]>) =>
    [...(errors ?? []), ...(flags ?? [])].map(({ code, row }) => (row ? `${code} ${row}` : code)),
  );
};
const personOf = ({ name, number, phone }: Someone) => ({
  ...(name === undefined ? {} : { name }),
  ...(number === undefined ? {} : { idDocument: { type: 'resident-id', number } }),
  ...(phone === undefined ? {} : { phone }),
});
const body = (someone: Someone) => ({
  areaId: 'hongqi',
  consentVersion: '1',
  person: personOf(someone),
});
let subjects = 0;
const registerSelf = async (someone: Someone): Promise<string> => {
  subjects += 1;
  const token = { sub: `self-${subjects}`, role: 'volunteer' };
  const route = 'POST /volunteers';
  return (await must('volunteers', { route, body: body(someone), token })).body.id;
};
const registerByStaff = async (someone: Someone): Promise<string> => {
  const token = organiserOf(town.ours);
  const route = 'POST /volunteers';
  return (await must('volunteers', { route, body: body(someone), token })).body.id;
};
const on = (route: string, id: string, more: object = {}) => ({
  route,
  params: { id },
  token: admin,
  ...more,
});
const correct = (id: string, changes: object) =>
  must('volunteers', on('PATCH /volunteers/{id}/person', id, { body: changes }));
const documentOf = (number: string) => ({ idDocument: { type: 'resident-id', number } });

test.each([
  ['to another number', documentOf(y)],
  ['to no number', { idDocument: null }],
])(
  'a number that was corrected %s does not join its next owner to the record',
  async (_, changes) => {
    const { items: first } = await take({ name: '错丁', number: x, phone: p });
    await correct(first[0].volunteerId, changes);
    const real = { name: '真丁', number: x, phone: q };
    expect(await flagsOf(real)).toEqual([['corrected-record']]);
    const { items } = await take(real);
    expect(items).toMatchObject([{ outcome: 'registered', flags: ['corrected-record'] }]);
    expect(items[0].volunteerId).not.toBe(first[0].volunteerId);
    const { items: again } = await take(real);
    expect(again).toMatchObject([
      { outcome: 'already-registered', volunteerId: items[0].volunteerId, differs: [], flags: [] },
    ]);
    const { items: wrong } = await take({ name: '错丁', number: x, phone: p });
    expect(wrong).toMatchObject([{ outcome: 'number-of-another', volunteerId: null }]);
  },
);

test('nor does a phone and a name that were corrected', async () => {
  const { items: first } = await take({ name: '机丙', phone: p });
  await correct(first[0].volunteerId, { name: '机丙改', phone: q });
  const { items } = await take({ name: '机丙', phone: p });
  expect(items).toMatchObject([{ outcome: 'registered', flags: ['corrected-record'] }]);
  expect((await take({ name: '机丙', phone: p })).items[0].volunteerId).toBe(items[0].volunteerId);
});

test('a person whose phone changed is the same person', async () => {
  const { items: first } = await take({ name: '机丙', phone: p });
  await correct(first[0].volunteerId, { phone: q });
  expect((await take({ name: '机丙', phone: p })).items).toMatchObject([
    { outcome: 'already-registered', volunteerId: first[0].volunteerId, differs: ['phone'] },
  ]);
});

test('the same name and phone is flagged, in the dry run and in the outcome', async () => {
  const { items: first } = await take({ name: '重一', phone: p });
  const corrected = { name: '重一', number: x, phone: p };
  expect(await flagsOf(corrected)).toEqual([['possible-duplicate']]);
  const { items } = await take(corrected);
  expect(items).toMatchObject([{ outcome: 'registered', flags: ['possible-duplicate'] }]);
  expect(await flagsOf({ ...corrected, number: y })).toEqual([['possible-duplicate']]);
  // Once staff have merged the two, they are one.
  await must('volunteers', {
    ...on('POST /volunteers/{id}/confirm', items[0].volunteerId),
    token: { sub: 'chong', role: 'volunteer' },
    body: { code: items[0].confirmationCode, consentVersion: '1' },
  });
  const merge = { intoId: items[0].volunteerId, reason: '同一人' };
  await must(
    'volunteers',
    on('POST /volunteers/{id}/merge', first[0].volunteerId, { body: merge }),
  );
  expect(await flagsOf(corrected)).toEqual([['already-registered']]);
});

test('within a list too', async () => {
  const rows = [
    { name: '重二', phone: p },
    { name: '重一', number: x, phone: p },
    { name: '重一', phone: p },
  ];
  expect(await flagsOf(...rows)).toEqual([
    ['shared-phone 2'],
    ['possible-duplicate 3', 'shared-phone 2'],
  ]);
  expect((await take(...rows)).items[2]).toMatchObject({
    outcome: 'registered',
    flags: ['possible-duplicate', 'shared-phone'],
  });
});

test('of two rows with one person the first is registered', async () => {
  const others = Array.from({ length: 120 }, (_, n) => ({
    name: '别人',
    phone: `138${String(n).padStart(8, '0')}`,
  }));
  const rows = [
    { name: '顺二', number: x, phone: p },
    { name: '顺二', number: x, phone: q },
    ...others,
    { name: '顺二', number: x, phone: '13900000003' },
  ];
  const { body: accepted } = await hand(fileOf(rows));
  // The last chunk is registered before the first.
  await settle((events) => [...events].reverse());
  expect((await rowsOf(accepted.id)).slice(0, 2)).toMatchObject([
    { row: 2, outcome: 'registered', differs: [] },
    { row: 3, outcome: 'already-registered', differs: ['phone'] },
  ]);
  expect(await flagsOf({ name: '顺二', number: x, phone: p })).toEqual([['already-registered']]);
});

test('a number that somebody only claims does not stop its owner', async () => {
  const id = await registerSelf({ name: '假名', number: x });
  const real = { name: '真名', number: x };
  expect(await flagsOf(real)).toEqual([['claimed-number']]);
  await correct(id, { phone: p });
  // Staff have looked at the record and left it so.
  expect(await flagsOf(real)).toEqual([['number-of-another']]);
  expect((await take(real)).items).toMatchObject([{ outcome: 'number-of-another' }]);
});

test('and an owner who is registered stays so, whoever claims the number', async () => {
  const real = { name: '真名', number: x };
  await registerSelf({ name: '假名', number: x });
  const { items } = await take(real);
  expect(items).toMatchObject([{ outcome: 'registered', flags: ['claimed-number'] }]);
  await registerSelf({ name: '又假', number: x });
  expect((await take(real)).items).toMatchObject([
    { outcome: 'already-registered', volunteerId: items[0].volunteerId },
  ]);
});

test('a number that staff registered under another name is not free', async () => {
  await registerByStaff({ name: '别名', number: x });
  expect(await flagsOf({ name: '真名', number: x })).toEqual([['number-of-another']]);
});

test('who was deactivated is said to be', async () => {
  const { items } = await take({ name: '停一', number: x });
  const [{ volunteerId, confirmationCode: code }] = items;
  await must('volunteers', {
    ...on('POST /volunteers/{id}/confirm', volunteerId),
    token: { sub: 'ting', role: 'volunteer' },
    body: { code, consentVersion: '1' },
  });
  const reason = { body: { reason: '迁出' } };
  await must('volunteers', on('POST /volunteers/{id}/deactivate', volunteerId, reason));
  expect(await flagsOf({ name: '停一', number: x })).toEqual([
    ['already-registered', 'deactivated'],
  ]);
  expect((await take({ name: '停一', number: x })).items[0].flags).toEqual(['deactivated']);
});

type Made = Someone & { readonly isChecked: boolean };
const names = ['甲一', '甲二', '甲三'] as const;
const someone = fc
  .record({
    name: fc.constantFrom(...names),
    number: fc.constantFrom(x, y, undefined),
    phone: fc.constantFrom(p, q, undefined),
  })
  .filter(({ number, phone }) => (number ?? phone) !== undefined);
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ import: fc.array(someone, { minLength: 1, maxLength: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      correct: fc.nat(),
      to: fc.record(
        {
          name: fc.constantFrom(...names),
          number: fc.constantFrom(x, y, null),
          phone: fc.constantFrom(p, q, null),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  fc.record({ erase: fc.nat() }),
  fc.record({ merge: fc.nat(), into: fc.nat() }),
  fc.record({ self: someone }),
  fc.record({ staff: someone }),
);

/** Plays acts against a model that knows what every record holds, and checks each row of each list. */
const play = async (acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[]) => {
  const made = new Map<string, Made>();
  const nth = (n: number): string => [...made.keys()][n % Math.max(made.size, 1)] ?? '';
  const isErased = async (id: string) =>
    (await aggregate('volunteer').stateNow(id))?.status === 'erased';
  const holders = async ({ name, number }: Someone) => {
    const found = [];
    for (const [id, each] of made)
      if (number !== undefined && each.number === number && each.name !== name)
        if (!(await isErased(id))) found.push(each);
    return found;
  };
  const check = async (rows: readonly Someone[]) => {
    const { body: report, items } = await take(...rows);
    for (const { row, errors } of report.report ?? [])
      for (const { code } of errors) {
        const { name, number } = rows[row - 2] as Someone;
        expect(code).toBe('number-of-another');
        const earlier = rows.slice(0, row - 2);
        expect(earlier.some((one) => one.number === number && one.name !== name)).toBe(true);
      }
    expect(items).toHaveLength(report.accepted);
    for (const { row, outcome, volunteerId } of items) {
      const given = rows[row - 2] as Someone;
      const known = made.get(volunteerId);
      const others = await holders(given);
      if (outcome === 'number-of-another') {
        expect(others).not.toEqual([]);
      } else if (outcome === 'registered') {
        expect(known).toBeUndefined();
        expect(others.filter(({ isChecked }) => isChecked)).toEqual([]);
        made.set(volunteerId, { ...given, isChecked: true });
      } else {
        expect(known?.name).toBe(given.name);
        if (given.number) expect(known?.number).toBe(given.number);
        expect(await isErased(volunteerId)).toBe(false);
      }
    }
    return items.map(({ volunteerId, outcome }: { volunteerId: string; outcome: string }) =>
      outcome === 'number-of-another' ? outcome : volunteerId,
    );
  };
  for (const each of acts)
    if ('import' in each) {
      const before = await check(each.import);
      const size = made.size;
      expect(await check(each.import)).toEqual(before);
      expect(made.size).toBe(size);
    } else if ('correct' in each) {
      const id = nth(each.correct);
      const { number, ...rest } = each.to;
      const document = number ? documentOf(number) : { idDocument: null };
      const changes = { ...rest, ...('number' in each.to ? document : {}) };
      const before = made.get(id);
      if (!before || Object.keys(changes).length === 0) continue;
      const request = on('PATCH /volunteers/{id}/person', id, { body: changes });
      if ((await may('volunteers', request)).status !== 200) continue;
      const after = { ...before, ...each.to, isChecked: true };
      made.set(id, {
        ...after,
        number: after.number ?? undefined,
        phone: after.phone ?? undefined,
      });
    } else if ('erase' in each) {
      await may('volunteers', on('DELETE /volunteers/{id}', nth(each.erase)));
    } else if ('merge' in each) {
      const [id, intoId] = [nth(each.merge), nth(each.into)];
      const merge = { body: { intoId, reason: '同一人' } };
      const { status } = await may('volunteers', on('POST /volunteers/{id}/merge', id, merge));
      const into = made.get(intoId);
      if (status === 200 && into) made.set(intoId, { ...into, isChecked: true });
    } else if ('self' in each) {
      made.set(await registerSelf(each.self), { ...each.self, isChecked: false });
    } else made.set(await registerByStaff(each.staff), { ...each.staff, isChecked: true });
};

test('whatever happens to records, each row becomes or finds a person of its name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
      await begin();
      await play(acts);
    }),
    // A run takes a second; docs/testing.md says how to play more of them.
    { numRuns: Number(process.env.LIST_RUNS ?? 6), endOnFailure: true },
  );
});

test('the longest rows that repeat each other still wait in one item', async () => {
  const long = (length: number) => '王'.repeat(length);
  const skills = Array.from(
    { length: 20 },
    (_, n) => `${long(38)}${'甲乙丙丁'[n % 4]}${'一二三四五'[n % 5]}`,
  );
  const row = [
    long(60),
    x,
    p,
    long(200),
    skills.join('、'),
    long(59),
    p,
    y,
    'hongqi',
    serviceCategories.join('、'),
  ].join(',');
  const headings =
    '姓名,身份证号,手机,住址,特长,监护人姓名,监护人电话,监护人证件号码,社区,服务类别';
  const { status, body: report } = await hand(
    list(headings, ...Array.from({ length: 51 }, () => row)),
  );
  expect([status, report.accepted]).toEqual([202, 51]);
});
