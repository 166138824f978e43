import fc from 'fast-check';
import { checkCharacterOf } from '../../functions/people/resident-id.ts';

/** A valid resident ID number. `order` distinguishes people born on one day, and is odd for a man. */
export const residentIdOf = (birthDate: string, order: number, region = '110105'): string => {
  const digits = region + birthDate.replaceAll('-', '') + String(order).padStart(3, '0');
  return digits + checkCharacterOf(digits);
};

/** A name of its own for each number: 甲一二 for 12. Names have no digits. */
export const nameOf = (n: number, surname = '甲'): string =>
  surname + [...String(n)].map((digit) => '〇一二三四五六七八九'[Number(digit)]).join('');

/** Valid numbers of people born in 1900–2024, with their parts. */
export const residentIds = () =>
  fc
    .record({
      region: fc.constantFrom('110105', '310115', '440106', '510107', '650102', '810000'),
      day: fc.date({
        min: new Date('1900-01-01T00:00:00Z'),
        max: new Date('2024-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      order: fc.integer({ min: 0, max: 999 }),
    })
    .map(({ region, day, order }) => {
      const birthDate = day.toISOString().slice(0, 10);
      const sex = order % 2 === 1 ? ('male' as const) : ('female' as const);
      return { number: residentIdOf(birthDate, order, region), birthDate, sex };
    });
