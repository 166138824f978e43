import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ageEndsOf, ageGroupOf, ageOn } from '../../../functions/people/age.ts';
import { checkPerson } from '../../../functions/people/check-person.ts';
import { type Person, person } from '../../../functions/people/person.ts';
import type { Rejection, Rejections } from '../../../functions/refusals/decision.ts';
import { residentIdOf, residentIds } from '../../support/people.ts';

const today = '2025-10-18';
const ages = { guardianConsentUnder: 14, adultFrom: 18 };
const check = (given: unknown): Person =>
  checkPerson(person.parse(given), { today, ages, at: '#/person/' });
const faultsOf = (given: unknown): readonly Rejection[] => {
  try {
    check(given);
    return [];
  } catch (error) {
    return (error as Rejections).all;
  }
};
const placesOf = (given: unknown) => faultsOf(given).map(({ pointer }) => pointer);

const adult = { type: 'resident-id', number: residentIdOf('1985-05-05', 1) };
const child = { type: 'resident-id', number: residentIdOf('2014-05-05', 2) };
const mother = { name: '王芳', phone: '13812345678', relation: 'parent' };

test('a whole person comes out normalised, and comes out the same again', () => {
  const given = {
    name: ' 李小明 ',
    idDocument: { ...child, number: ` ${child.number.toLowerCase()} ` },
    phone: '0571 8765 4321',
    guardian: { ...mother, idDocument: adult },
  };
  const read = check(given);
  expect(read).toEqual({
    name: '李小明',
    sex: 'female',
    birthDate: '2014-05-05',
    idDocument: child,
    phone: '+8657187654321',
    guardian: { ...mother, phone: '+8613812345678', idDocument: adult },
  });
  expect(check(read)).toEqual(read);
});

test('a birth date and a sex agree with the resident ID number', () => {
  const who = { name: '张三', idDocument: adult };
  expect(placesOf({ ...who, birthDate: '1985-05-05', sex: 'male' })).toEqual([]);
  expect(placesOf({ ...who, birthDate: '1985-05-06', sex: 'female' })).toEqual([
    '#/person/birthDate',
    '#/person/sex',
  ]);
});

test('nobody is born tomorrow, or before 1900', () => {
  expect(placesOf({ name: '张三', birthDate: today, guardian: mother })).toEqual([]);
  expect(placesOf({ name: '张三', birthDate: '2025-10-19' })).toEqual(['#/person/birthDate']);
  expect(placesOf({ name: '张三', birthDate: '1899-12-31' })).toEqual(['#/person/birthDate']);
});

test('a child has a guardian, and nobody else has to', () => {
  expect(faultsOf({ name: '小红', birthDate: '2011-10-19' })).toEqual([
    expect.objectContaining({ code: 'guardian-required', pointer: '#/person/guardian' }),
  ]);
  expect(placesOf({ name: '小红', birthDate: '2011-10-18' })).toEqual([]);
});

test('the guardian is somebody else, and grown up', () => {
  const minor = { name: '李小明', idDocument: child, phone: '13900000000' };
  const withGuardian = (guardian: object) =>
    placesOf({ ...minor, guardian: { ...mother, ...guardian } });
  expect(withGuardian({})).toEqual([]);
  // A child may have the mother's phone, or her name, but not both.
  expect(withGuardian({ phone: minor.phone })).toEqual([]);
  expect(withGuardian({ name: minor.name })).toEqual([]);
  expect(withGuardian({ name: minor.name, phone: '+86 139-0000-0000' })).toEqual([
    '#/person/guardian',
  ]);
  expect(withGuardian({ idDocument: { ...child, number: child.number.toLowerCase() } })).toContain(
    '#/person/guardian',
  );
  const born = (date: string) => ({
    idDocument: { type: 'resident-id', number: residentIdOf(date, 1) },
  });
  expect(withGuardian(born('2007-10-19'))).toEqual(['#/person/guardian']);
  expect(withGuardian(born('2007-10-18'))).toEqual([]);
});

test('no refusal says what was given', () => {
  const unit = fc.constantFrom(...'0123456789XAbé中-+= ');
  const secret = fc
    .string({ unit, minLength: 6, maxLength: 30 })
    .filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(secret, (text) => {
      const given = {
        name: '张三',
        phone: text,
        idDocument: { type: 'resident-id', number: text },
        guardian: { ...mother, phone: text, idDocument: { type: 'resident-id', number: text } },
      };
      for (const { code, params } of faultsOf(given)) {
        expect(code).toBe('invalid-value');
        expect(Object.keys(params)).toEqual(['zh', 'en']);
        expect(`${params.zh}${params.en}`).not.toContain(text.trim());
      }
    }),
  );
});

test('age is in full years', () => {
  expect(ageOn('2011-10-18', today)).toBe(14);
  expect(ageOn('2011-10-19', today)).toBe(13);
  expect(ageOn('2012-02-29', '2026-02-28')).toBe(13);
  expect(ageOn('2012-02-29', '2026-03-01')).toBe(14);
  expect(ageOn('2012-02-29', '2028-02-29')).toBe(16);
});

test('age groups begin on the birthday', () => {
  expect(ageGroupOf(undefined, today, ages)).toBe('unknown');
  expect(ageGroupOf('2011-10-19', today, ages)).toBe('under-14');
  expect(ageGroupOf('2011-10-18', today, ages)).toBe('under-18');
  expect(ageGroupOf('2007-10-19', today, ages)).toBe('under-18');
  expect(ageGroupOf('2007-10-18', today, ages)).toBe('adult');
});

test('a resident ID number alone says when its person was born, and their sex', () => {
  fc.assert(
    fc.property(residentIds(), ({ number, birthDate, sex }) => {
      const idDocument = { type: 'resident-id', number };
      const read = check({ name: '张三', idDocument, guardian: mother });
      expect(read).toMatchObject({ birthDate, sex });
    }),
  );
});

test.each([
  ['2012-05-03', '2026-06', '2030-06'],
  ['2012-05-01', '2026-05', '2030-05'],
  ['2012-12-02', '2027-01', '2031-01'],
  ['2012-02-29', '2026-03', '2030-03'],
  ['2011-10-18', null, '2029-11'],
  ['2007-10-18', null, null],
  [undefined, null, null],
])('born on %s, a child until %s and a minor until %s', (birthDate, childUntil, minorUntil) => {
  expect(ageEndsOf(birthDate, today, ages)).toEqual({ childUntil, minorUntil });
});

test('whom a month finds of age is of age on its first day, and was not two months before', () => {
  const dates = fc.date({
    min: new Date('1995-01-01'),
    max: new Date('2025-10-18'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const birthDate = date.toISOString().slice(0, 10);
      const { minorUntil } = ageEndsOf(birthDate, birthDate, ages);
      if (minorUntil === null) throw new Error('nobody is born of age');
      const [year = 0, month = 0] = minorUntil.split('-').map(Number);
      const twoBefore = new Date(Date.UTC(year, month - 2, 0)).toISOString().slice(0, 10);
      expect(ageOn(birthDate, `${minorUntil}-01`)).toBe(18);
      expect(ageOn(birthDate, twoBefore)).toBe(17);
    }),
  );
});
