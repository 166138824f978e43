import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ageGroupOf } from '../../../functions/people/age.ts';
import { noon } from '../../support/http-event.ts';
import { residentIdOf } from '../../support/people.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, may, must, organiserOf, readVolunteer } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeAll(async () => {
  await freshTables();
  town = await foundTown();
});

const ages = { guardianConsentUnder: 14, adultFrom: 18 };
const guardian = { name: '母亲', phone: '13900139000', relation: 'parent' };
const order = ['under-14', 'under-18', 'adult'];
/** How old an age group is. Of an unknown age is who counts as an adult. */
const rank = (group: string): number => (group === 'unknown' ? 2 : order.indexOf(group));

let subjects = 0;
const register = async (person: object) => {
  subjects += 1;
  const sub = `minor-${subjects}`;
  const { body } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1', guardianConsentVersion: 'g', person },
    token: { sub, role: 'volunteer' },
  });
  return { sub, id: body.id as string };
};
const correct = (id: string, body: object, token: Readonly<Record<string, unknown>>, at = noon) =>
  may('volunteers', { route: 'PATCH /volunteers/{id}/person', params: { id }, body, token, at });

const day = 86_400_000;
const born = fc.constantFrom(
  ...['2015-05-03', '2012-01-01', '2011-10-19', '2011-10-18', '2009-07-07', '2007-10-19'],
  ...['2007-10-18', '1990-01-01'],
);
const resident = (birthDate: string) => ({
  type: 'resident-id',
  number: residentIdOf(birthDate, 2),
});
const passport = { type: 'passport', number: 'E12345678' };
const idDocument = fc.oneof(born.map(resident), fc.constantFrom(passport, null));
const change = fc.oneof(
  born.map((birthDate) => ({ birthDate })),
  idDocument.map((document) => ({ idDocument: document })),
  fc.record({ birthDate: born, idDocument }),
  born.map((birthDate) => ({ birthDate, idDocument: resident(birthDate), sex: null })),
  fc.constantFrom<object>({ birthDate: null }, { guardian: null }, { guardian }, { sex: null }),
);

test('nobody gets older by their own corrections than by time, in whatever role', async () => {
  let corrected = 0;
  const steps = fc.array(
    fc.record({
      change,
      role: fc.constantFrom(['volunteer'], ['organiser'], ['volunteer', 'district-admin']),
      days: fc.constantFrom(0, 0, 1, 200),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const property = fc.asyncProperty(born, fc.boolean(), steps, async (birthDate, isProved, all) => {
    const document = isProved ? { idDocument: resident(birthDate) } : {};
    const { sub, id } = await register({ name: '小明', birthDate, guardian, ...document });
    let at = noon;
    for (const { change, role, days } of all) {
      at += days * day;
      const token = { sub, role, organisation: town.ours, area: 'hongqi' };
      if ((await correct(id, change, token, at)).status === 200) corrected += 1;
      const today = new Date(at).toISOString().slice(0, 10);
      const { ageGroup } = await readVolunteer(id);
      const { body } = await must('volunteers', {
        route: 'GET /volunteers/{id}/person',
        params: { id },
        token,
      });
      const real = rank(ageGroupOf(birthDate, today, ages));
      expect(rank(ageGroup)).toBeLessThanOrEqual(real);
      if (real === 2) return;
      expect(body.birthDate >= birthDate).toBe(true);
      if (isProved) expect(body.idDocument).toMatchObject({ type: 'resident-id' });
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(corrected).toBeGreaterThan(50);
});

test('a minor who typed a wrong birth date has it corrected by staff, with an approval', async () => {
  const { sub, id } = await register({
    name: '雷锋',
    birthDate: '2009-05-03',
    idDocument: resident('2009-05-03'),
  });
  const own = { sub, role: 'volunteer' };
  const right = { birthDate: '1990-05-03', idDocument: resident('1990-05-03') };
  const alone = await correct(id, right, own);
  expect(alone.status).toBe(403);
  expect(alone.body).toMatchObject({
    type: 'urn:leifeng:problem:older-by-staff',
    errors: [{ pointer: '#/birthDate' }],
  });
  expect(JSON.stringify(alone.body)).toMatch(/工作人员/);
  for (const document of [null, passport]) {
    const { status, body } = await correct(id, { idDocument: document }, own);
    expect([status, body.errors?.[0]?.pointer]).toEqual([403, '#/idDocument']);
  }
  // A younger age, and whatever is not of the age, is the person's to correct.
  const younger = { birthDate: '2010-05-03', idDocument: resident('2010-05-03') };
  expect((await correct(id, younger, own)).status).toBe(200);
  expect((await correct(id, { phone: '13800138000' }, own)).status).toBe(200);

  const staff = organiserOf(town.ours);
  expect((await correct(id, right, staff)).body.type).toMatch(/approval-required$/);
  await must('volunteers', {
    route: 'PUT /volunteers/{id}/access-approvals/{readerId}',
    params: { id, readerId: staff.sub },
    body: { until: '2025-10-31' },
    token: admin,
  });
  expect((await correct(id, right, staff)).body.ageGroup).toBe('adult');
});
