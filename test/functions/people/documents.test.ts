import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkPerson } from '../../../functions/people/check-person.ts';
import { documentTypeOf, readDocument } from '../../../functions/people/documents.ts';
import type { Person } from '../../../functions/people/person.ts';
import type { Rejections } from '../../../functions/refusals/decision.ts';
import { residentIdOf, residentIds } from '../../support/people.ts';

const today = '2025-10-18';
const read = (type: NonNullable<Person['idDocument']>['type'], number: string) =>
  readDocument({ type, number }, today);

test.each([
  ['passport', 'e1234 5678', 'E12345678'],
  ['passport', 'Ｇ１２３４５６７８', 'G12345678'],
  ['hk-macau-permit', 'h12345678', 'H12345678'],
  ['hk-macau-permit', 'M1234567801', 'M1234567801'],
  ['taiwan-permit', '12345678', '12345678'],
  ['taiwan-permit', '1234567801', '1234567801'],
  ['foreign-permanent-resident-id', 'can110181080310', 'CAN110181080310'],
] as const)('%s %s is %s, and says nothing more', (type, number, kept) => {
  expect(read(type, number)).toEqual({ number: kept });
});

test.each([
  ['passport', '护照'],
  ['passport', 'ABCDEF'],
  ['passport', 'E123'],
  ['hk-macau-permit', '你好'],
  ['hk-macau-permit', 'H1234567'],
  ['hk-macau-permit', 'H123456789'],
  ['hk-macau-permit', 'A12345678'],
  ['taiwan-permit', 'x'],
  ['taiwan-permit', '123456789'],
] as const)('%s %s is none', (type, number) => {
  expect(read(type, number)).toBe(type);
});

test('a residence permit for Hong Kong, Macau or Taiwan has a number as a resident has', () => {
  for (const region of ['810000', '820000', '830000'])
    expect(read('resident-id', residentIdOf('1990-01-02', 3, region))).toMatchObject({
      birthDate: '1990-01-02',
      sex: 'male',
    });
});

test('a permanent resident card of the new form says birth date and sex, and is checked', () => {
  const card = 'foreign-permanent-resident-id';
  fc.assert(
    fc.property(residentIds(), fc.integer({ min: 0, max: 999 }), ({ birthDate, sex }, nation) => {
      const region = `911${String(nation).padStart(3, '0')}`;
      const number = residentIdOf(birthDate, sex === 'male' ? 1 : 2, region);
      expect(read(card, number.toLowerCase())).toEqual({ number, birthDate, sex });
      const last = number.endsWith('1') ? '2' : '1';
      expect(read(card, number.slice(0, -1) + last)).toBe('check-digit');
    }),
  );
  expect(read(card, residentIdOf('1990-01-02', 3))).toBe('foreign-format');
  expect(read(card, residentIdOf('1990-13-02', 3, '911840'))).toBe('birth-date');
});

test('a child with a permanent resident card has a guardian', () => {
  const given: Person = {
    name: '白一',
    idDocument: {
      type: 'foreign-permanent-resident-id',
      number: residentIdOf('2016-06-06', 123, '911000'),
    },
  };
  const faultsOf = (person: Person) => {
    try {
      checkPerson(person, {
        today,
        ages: { guardianConsentUnder: 14, adultFrom: 18 },
        at: '#/',
      });
      return [];
    } catch (error) {
      return (error as Rejections).all.map(({ code, pointer }) => `${code} ${pointer}`);
    }
  };
  expect(faultsOf(given)).toEqual(['guardian-required #/guardian']);
  expect(faultsOf({ ...given, birthDate: '2000-06-06', sex: 'female' })).toEqual([
    'invalid-value #/birthDate',
    'invalid-value #/sex',
  ]);
});

test('of a number without its type the form says which document it is, where only one has it', () => {
  expect(documentTypeOf(residentIdOf('1990-01-02', 3, '911840'))).toBe(
    'foreign-permanent-resident-id',
  );
  expect(documentTypeOf('CAN110181080310')).toBe('foreign-permanent-resident-id');
  expect(documentTypeOf('H12345678')).toBe('hk-macau-permit');
  for (const other of ['12345678', 'E12345678', residentIdOf('1990-01-02', 3), ''])
    expect(documentTypeOf(other)).toBeUndefined();
});
