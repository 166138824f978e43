import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Campaign } from '../../../events/campaigns.ts';
import { copyOf, withYear } from '../../../functions/campaigns/copy.ts';
import { campaign } from '../../support/samples.ts';

describe('the year in a text', () => {
  test.each([
    ['2023年学雷锋活动', '2024年学雷锋活动'],
    ['学雷锋 2023', '学雷锋 2024'],
    ['２０２３年学雷锋', '２０２４年学雷锋'],
    ['二〇二三年学雷锋', '二〇二四年学雷锋'],
    ['二零二三年学雷锋', '二零二四年学雷锋'],
    ['二○二三年，二O二三年', '二○二四年，二O二四年'],
    ['贰零贰叁年', '贰零贰肆年'],
    ['2023年3月至2023年12月', '2024年3月至2024年12月'],
    ['2023.3—2023.12', '2024.3—2024.12'],
  ])('%s becomes %s', (before, after) => {
    expect(withYear(before, 2023, 2024)).toBe(after);
  });

  test.each(['第12023号', '20230305', '二〇二三三', '2022年', '二十三年', '１２０２３'])(
    '%s stays',
    (text) => {
      expect(withYear(text, 2023, 2024)).toBe(text);
    },
  );

  const forms: readonly (readonly string[])[] = [
    [...'0123456789'],
    [...'０１２３４５６７８９'],
    [...'〇一二三四五六七八九'],
    [...'零一二三四五六七八九'],
    [...'○一二三四五六七八九'],
    [...'零壹贰叁肆伍陆柒捌玖'],
  ];
  const write = (year: number, form: readonly string[]): string =>
    [...String(year)].map((digit) => form[Number(digit)]).join('');
  const year = fc.integer({ min: 2000, max: 2999 });
  const form = fc.constantFrom(...forms);
  /** Words between years: nothing that is a digit. */
  const words = fc.stringMatching(/^[学雷锋志愿 年（）—a-z]{1,12}$/);

  test('in any form becomes the new one in that form, as often as it is there', () => {
    fc.assert(
      fc.property(
        year,
        year,
        words,
        fc.array(fc.tuple(form, words), { maxLength: 4 }),
        (from, to, first, rest) => {
          // A year without a zero does not say which character its writer has for zero.
          fc.pre(String(from).includes('0') || !String(to).includes('0'));
          const text = (of: number) =>
            first + rest.map(([digits, after]) => write(of, digits) + after).join('');
          expect(withYear(text(from), from, to)).toBe(text(to));
        },
      ),
    );
  });

  test('of another year, and all else, stays', () => {
    fc.assert(
      fc.property(year, year, year, form, words, words, (from, to, other, digits, a, b) => {
        fc.pre(other !== from);
        const text = a + write(other, digits) + b;
        expect(withYear(text, from, to)).toBe(text);
      }),
    );
  });
});

describe('a copy', () => {
  const [clinic] = campaign.themes as [Campaign['themes'][number]];
  const source: Campaign = {
    ...campaign,
    year: 2024,
    title: '2024年学雷锋志愿服务活动',
    slogan: '二〇二四，学雷锋',
    themes: [{ ...clinic, months: [2, 3], dates: ['2024-02-29', '2024-03-05'] }],
    status: 'closed',
  };
  const { status: _, ...rest } = source;

  test('takes its year into title, slogan and dates; months stay, and 29 February is named', () => {
    expect(copyOf(source, 2025)).toEqual({
      plan: {
        ...rest,
        year: 2025,
        title: '2025年学雷锋志愿服务活动',
        slogan: '二〇二五，学雷锋',
        themes: [{ ...clinic, months: [2, 3], dates: ['2025-03-05'] }],
      },
      datesDropped: [{ theme: clinic.key, date: '2024-02-29' }],
    });
  });

  test.each([2028, 2400])('to the leap year %s keeps 29 February', (year) => {
    const { plan, datesDropped } = copyOf(source, year);
    expect(plan.themes[0]?.dates).toEqual([`${year}-02-29`, `${year}-03-05`]);
    expect(datesDropped).toEqual([]);
  });

  test('to 2100, which is none, does not', () => {
    expect(copyOf(source, 2100).datesDropped).toHaveLength(1);
  });
});
