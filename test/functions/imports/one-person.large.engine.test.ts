import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { serviceCategories } from '../../../events/volunteers.ts';
import { handler } from '../../../functions/imports/api.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { hand, list, rowsOf, settle } from '../../support/handing-in.ts';
import { ask } from '../../support/http-event.ts';
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
  /** Missing for a resident ID. */
  readonly type?: 'passport' | 'taiwan-permit' | undefined;
  readonly phone?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly sex?: 'female' | 'male' | undefined;
}
const [x, y] = [1, 3].map((order) => residentIdOf('1966-06-06', order)) as [string, string];
const [p, q] = ['13900000001', '13900000002'] as const;

const fileOf = (rows: readonly Someone[]): Buffer =>
  list(
    '姓名,身份证号,证件类型,手机,出生日期,性别',
    ...rows.map(({ name, number, type, phone, birthDate, sex }) =>
      [name, number, type, phone, birthDate, sex].join(','),
    ),
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
const documentOf = (number: string, type: string = 'resident-id') => ({
  idDocument: { type, number },
});
const personOf = ({ number, type, ...rest }: Someone) => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  ...(number === undefined ? {} : documentOf(number, type)),
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
  // The record that was merged tells of the other one, to those who may see that.
  const old = { name: '重一', phone: p };
  expect(await flagsOf(old)).toEqual([['already-registered', 'merged']]);
  const { body: accepted } = await hand(fileOf([old]), { token: organiserOf(town.ours) });
  await settle();
  expect(await rowsOf(accepted.id)).toMatchObject([
    { volunteerId: items[0].volunteerId, outcome: 'already-registered', flags: ['merged'] },
  ]);
  await must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });
  const elsewhere = { ...organiserOf(town.ours, 'elsewhere'), area: ['xinhua'] };
  const asked = await hand(fileOf([old]), { token: elsewhere, query: { areaId: 'xinhua' } });
  await settle();
  const route = 'GET /imports/{id}/rows';
  const read = { route, params: { id: asked.body.id }, token: elsewhere };
  expect((await ask(handler, read)).body.items).toMatchObject([
    { volunteerId: first[0].volunteerId, outcome: 'already-registered', flags: [] },
  ]);
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

const same = { name: '王芳', phone: '0551-65551234' };
const [t, born] = ['12345699', '1985-01-01'];
test.each<[what: string, one: Someone, other: Someone, differs: string]>([
  ['birth date', { ...same, birthDate: born }, { ...same, birthDate: '1985-11-11' }, '出生日期'],
  ['sex', { ...same, sex: 'male' }, { ...same, sex: 'female' }, '性别'],
  [
    'birth date beside a passport',
    { name: '王芳', number: t, type: 'passport', birthDate: born },
    { name: '王芳', number: t, type: 'passport', birthDate: '1985-11-11' },
    '出生日期',
  ],
  [
    'type of document',
    { name: '王芳', number: t, type: 'passport' },
    { name: '王芳', number: t, type: 'taiwan-permit' },
    '证件类型',
  ],
])('two people are not joined when they differ in %s', async (_, one, other, differs) => {
  const { body: report } = await hand(fileOf([one, other]), { query: { dryRun: 'true' } });
  expect(report.report).toMatchObject([{ row: 3, errors: [{ code: 'number-of-another' }] }]);
  expect(report.report[0].errors[0].detail.zh).toContain(`${differs}不同`);
  const { items } = await take(one);
  expect(items).toMatchObject([{ outcome: 'registered' }]);
  expect(await flagsOf(other)).toEqual([['number-of-another']]);
  expect((await take(other)).items).toMatchObject([
    { outcome: 'number-of-another', volunteerId: null },
  ]);
  expect((await take(one)).items).toMatchObject([
    { outcome: 'already-registered', volunteerId: items[0].volunteerId },
  ]);
});

test('rows that fit a person one by one, but not each other, are not joined', async () => {
  const rows = [same, { ...same, birthDate: born }, { ...same, birthDate: '1985-11-11' }];
  expect(await flagsOf(...rows)).toEqual([['repeated 2', 'differs 2'], ['number-of-another']]);
  await take({ ...same, birthDate: born });
  const later = [same, { ...same, birthDate: '1985-11-11' }];
  expect(await flagsOf(...later)).toEqual([['already-registered'], ['number-of-another']]);
  expect((await take(...later)).items).toMatchObject([
    { outcome: 'already-registered' },
    { outcome: 'number-of-another', volunteerId: null },
  ]);
});

type Made = Someone & { readonly isChecked: boolean };
const names = ['甲一', '甲二', '甲三'] as const;
const birthDates = ['1966-06-06', '1977-07-07'] as const;
const sexes = ['female', 'male'] as const;
const document = fc.constantFrom<Pick<Someone, 'number' | 'type'>>(
  { number: x },
  { number: y },
  { number: t, type: 'passport' },
  { number: t, type: 'taiwan-permit' },
  {},
);
/** What a resident ID says of its holder. */
const says = { birthDate: '1966-06-06', sex: 'male' } as const;
const isResident = ({ number, type }: Someone) => number !== undefined && type === undefined;
const someone: fc.Arbitrary<Someone> = fc
  .record({
    name: fc.constantFrom(...names),
    document,
    phone: fc.constantFrom(p, q, undefined),
    birthDate: fc.constantFrom(...birthDates, undefined),
    sex: fc.constantFrom(...sexes, undefined),
  })
  .map(({ document: own, ...rest }) => ({ ...rest, ...own }))
  .filter(({ number, phone }) => (number ?? phone) !== undefined)
  .map((given) => (isResident(given) ? { ...given, ...says } : given));
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
          document,
          phone: fc.constantFrom(p, q, null),
          birthDate: fc.constantFrom(...birthDates),
          sex: fc.constantFrom(...sexes),
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

/** Whether two people with one number, or one name and phone, are two. */
const contradict = (one: Someone, other: Someone): boolean =>
  one.name !== other.name ||
  (['birthDate', 'sex'] as const).some(
    (field) => one[field] && other[field] && one[field] !== other[field],
  ) ||
  (one.number !== undefined && other.number !== undefined && one.type !== other.type);
const isOtherHolder = (given: Someone, other: Someone): boolean =>
  contradict(given, other) &&
  (given.number === undefined ? given.name === other.name : given.number === other.number);

/** Plays acts against a model that knows what every record holds, and checks each row of each list. */
const play = async (acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[]) => {
  const made = new Map<string, Made>();
  const nth = (n: number): string => [...made.keys()][n % Math.max(made.size, 1)] ?? '';
  const isErased = async (id: string) =>
    (await aggregate('volunteer').stateNow(id))?.status === 'erased';
  const holders = async (given: Someone) => {
    const found = [];
    for (const [id, each] of made)
      if (isOtherHolder(given, each) && !(await isErased(id))) found.push(each);
    return found;
  };
  const check = async (rows: readonly Someone[]) => {
    const { body: report, items } = await take(...rows);
    for (const { row, errors } of report.report ?? [])
      for (const { code } of errors) {
        const given = rows[row - 2] as Someone;
        expect(code).toBe('number-of-another');
        const earlier = rows.slice(0, row - 2);
        expect(earlier.some((one) => isOtherHolder(given, one))).toBe(true);
      }
    expect(items).toHaveLength(report.accepted);
    const joined = new Map<string, Someone[]>();
    for (const { row, outcome, volunteerId } of items) {
      const given = rows[row - 2] as Someone;
      const known = made.get(volunteerId);
      const others = await holders(given);
      if (outcome === 'number-of-another') {
        expect(others).not.toEqual([]);
        continue;
      }
      const before = joined.get(volunteerId) ?? [];
      expect(before.filter((one) => contradict(given, one))).toEqual([]);
      joined.set(volunteerId, [...before, given]);
      if (outcome === 'registered') {
        expect(known).toBeUndefined();
        const checked = others.filter(({ isChecked }) => isChecked);
        expect(checked.filter(({ number }) => number && number === given.number)).toEqual([]);
        made.set(volunteerId, { ...given, isChecked: true });
      } else {
        expect(known && contradict(given, known)).toBe(false);
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
      const { document: to, ...rest } = each.to;
      const number = to?.number ? documentOf(to.number, to.type) : { idDocument: null };
      const changes = { ...rest, ...(to ? number : {}) };
      const before = made.get(id);
      if (!before || Object.keys(changes).length === 0) continue;
      const request = on('PATCH /volunteers/{id}/person', id, { body: changes });
      if ((await may('volunteers', request)).status !== 200) continue;
      const after = { ...before, ...rest, phone: rest.phone ?? undefined };
      const phone = 'phone' in rest ? after.phone : before.phone;
      const holds = { ...after, phone, ...(to ? { number: to.number, type: to.type } : {}) };
      made.set(id, { ...holds, ...(isResident(holds) ? says : {}), isChecked: true });
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

test('whatever happens to records, each row becomes or finds a person whom it does not contradict', async () => {
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

test('trying birth dates says nothing of a child’s, without an approval', async () => {
  const guardian = '监护人姓名,监护人电话';
  const row = (birthDate: string, sex: string): Buffer =>
    list(`姓名,手机,出生日期,性别,${guardian}`, `小童,${p},${birthDate},${sex},童父,${q}`);
  await hand(row('2014-03-04', 'female'));
  await settle();
  const tried = async (birthDate: string, sex: string) => {
    const dry = await hand(row(birthDate, sex), { query: { dryRun: 'true' } });
    return JSON.stringify(dry.body);
  };
  const wrong = await tried('2014-05-06', 'male');
  expect(await tried('2014-03-04', 'female')).toBe(wrong);
  expect(wrong).not.toContain('number-of-another');
});
