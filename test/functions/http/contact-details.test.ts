import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasContactDetails, namesSomebody } from '../../../functions/http/contact-details.ts';
import { officialText } from '../../../functions/http/official-text.ts';
import {
  bankCard,
  digits,
  landline,
  mobile,
  oneOf,
  phrase,
  residentId,
  twoDigits,
} from '../../support/personal-numbers.ts';
import { officialPhrases, personalTexts } from '../../support/texts.ts';

describe('what leads to a person is found', () => {
  test.each(personalTexts)('%s', (text) => {
    expect(hasContactDetails(text)).toBe(true);
    expect(officialText(1000).safeParse(text).success).toBe(false);
  });
});

describe('what an office writes is taken', () => {
  test.each(officialPhrases)('%s', (text) => {
    expect(hasContactDetails(text)).toBe(false);
    // The check of all strings of a command is never the stricter one.
    expect(namesSomebody(text)).toBe(false);
    expect(officialText(1000).parse(text)).toBe(text);
  });
});

const forms = [
  '0123456789',
  '０１２３４５６７８９',
  '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
  '⁰¹²³⁴⁵⁶⁷⁸⁹',
  '〇一二三四五六七八九',
  '零壹贰叁肆伍陆柒捌玖',
  '〇㊀㊁㊂㊃㊄㊅㊆㊇㊈',
  '⓪①②③④⑤⑥⑦⑧⑨',
  '⓿❶❷❸❹❺❻❼❽❾',
  '〇ⅠⅡⅢⅣⅤⅥⅦⅧⅨ',
  '洞幺两三四五六拐八勾',
  'o123456789',
  'Ol23456789',
  'оI23456789',
].map((all) => [...all]);

const marks = [
  '',
  ' ',
  '\u3000',
  '-',
  '—',
  '.',
  '/',
  '·',
  '_',
  '*',
  '+',
  '=',
  '|',
  '~',
  '、',
  '，',
];
const fillers = ['转', '杠', '横', '加', '-转-', ' 转 '];
const mark = oneOf(...marks, ...fillers, '(', ')', '\n');

const words = [
  '',
  '电话',
  '联系人王主任：',
  '咨询',
  '张老师',
  '万女士',
  '共',
  '累计',
  '约',
  '第',
  '号',
  '元',
  '人次',
  '张',
  '支书',
  '步',
  '米',
  '户',
  '位',
  '期',
  '（',
  '“',
  '社区',
  '编号',
  '活动时间',
  '。',
  '！',
];

describe('any number of a person is found', () => {
  test.each([
    ['mobile number', mobile],
    ['landline with its area code', landline],
    ['resident ID number', residentId],
    ['bank card', bankCard],
  ])('%s, in any digits, with any marks in it and any word around it', (_, groups) => {
    const written = fc
      .tuple(groups, oneOf(...forms), mark, mark, oneOf(...words), oneOf(...words))
      .map(([parts, form, odd, even, before, after]) => {
        const shown = parts.map((part) => [...part].map((digit) => form[Number(digit)]).join(''));
        return `${before}${shown.reduce((text, part, at) => text + (at % 2 ? odd : even) + part)}${after}`;
      });
    fc.assert(
      fc.property(written, (text) => hasContactDetails(text)),
      { numRuns: 2000 },
    );
  });

  test('a mobile number with the same word of one character in it, whatever its unit is', () => {
    const groups = mobile.filter((parts) => parts.length > 1 && parts.length < 11);
    const written = fc
      .tuple(groups, oneOf(...'亿万元到至点空个人号户年x'), oneOf('', '张', '元', '步', '人次'))
      .map(([parts, word, unit]) => `${parts.join(word)}${unit}`);
    fc.assert(
      fc.property(written, (text) => hasContactDetails(text)),
      { numRuns: 2000 },
    );
  });
});

const number = (max: number) => fc.integer({ min: 1, max }).map(String);
const join = (item: fc.Arbitrary<string>, by: string, min = 1, max = 8) =>
  fc.array(item, { minLength: min, maxLength: max }).map((all) => all.join(by));
const year = fc.integer({ min: 1949, max: 2049 }).map(String);
const month = number(12);
const day = number(28);
const dates = [
  phrase(year, '年', month, '月', day, '日'),
  phrase(year, '-', twoDigits(12), '-', twoDigits(28)),
  phrase(year, '.', month, '.', day),
  phrase(year, '/', month, '/', day),
  phrase(year, twoDigits(12), twoDigits(28)),
];
const date = fc.oneof(...dates);
const hour = fc.integer({ min: 0, max: 23 });
const time = fc
  .tuple(hour, oneOf('00', '05', '15', '30', '45'), oneOf(':', '：'))
  .map(([hours, minutes, colon]) => `${hours}${colon}${minutes}`);
const times = phrase(time, oneOf('-', '—', '至', '～'), time);
const small = fc.integer({ min: 1, max: 999 }).map(String);
const rising = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 12 })
  .map((all) => all.sort((one, other) => one - other).join('、'));
const hotline = oneOf('110', '119', '120', '12345', '12348', '12355', '95588', '96110', '10086');

const official = fc.oneof(
  date,
  ...dates.map((one) => phrase(one, oneOf('-', '—', '至'), one)),
  phrase(date, ' ', time, '至', date, ' ', time),
  phrase(year, '年', month, '月', day, '日', time, '至', month, '月', day, '日', time),
  phrase(month, '月', join(day, '、'), '日'),
  fc.uniqueArray(fc.integer({ min: 3, max: 28 }), { minLength: 1, maxLength: 5 }).map((days) =>
    days
      .sort((one, other) => one - other)
      .map((one) => `4.${one}`)
      .join('、'),
  ),
  phrase(join(year, '、', 1, 6), '年'),
  phrase(year, oneOf('-', '—', '至'), year, '年度'),
  times,
  join(times, '、', 1, 4),
  phrase(
    '每周',
    fc.subarray([...'一二三四五六日'], { minLength: 1 }).map((all) => all.join('、')),
    times,
  ),
  phrase(oneOf('哈文明办', '红社发', ''), '〔', year, '〕', number(1999), '号'),
  phrase(oneOf('GB/T ', 'DB23/T ', 'MZ/T ', 'GB '), number(99999), oneOf('-', '—'), year),
  phrase('第', year, oneOf('001', '012', '12'), '期'),
  phrase(rising, oneOf('号楼', '路公交', '室', '单元')),
  phrase(
    number(9),
    '单元',
    fc.subarray(['101', '202', '301', '1501'], { minLength: 1 }).map((all) => all.join('、')),
    '室',
  ),
  join(phrase(number(9), '-', number(4), '-', oneOf('101', '202', '603')), '、', 1, 1),
  phrase(join(hotline, '、', 1, 6)),
  phrase(join(hotline, '/', 1, 6)),
  phrase('请致电', hotline),
  phrase('（0451）', oneOf('12345', '96110')),
  phrase(oneOf('400-818-', '400-161-', '800-810-'), digits(4)),
  phrase(number(99999), oneOf('人次', '份', '元', '户', '名', '米', '万元', '小时')),
  phrase('累计', number(9_999_999), oneOf('步', '元', '人次')),
  phrase(number(999), ',', digits(3), ',', digits(3), oneOf('元', '粒种子', '步')),
  phrase(join(oneOf('36.5', '36.6', '37.2', '5.6', '98.5'), '、', 1, 6), oneOf('度', '分', '')),
  phrase('血压', join(oneOf('120/80', '130/85', '145/92'), '、', 1, 5)),
  phrase('邮编：', oneOf('150010', '150020，150030')),
  phrase(small, '元、', small, '元、', small, '元'),
  fc
    .integer({ min: 3, max: 12 })
    .map((n) => [...Array(n).keys()].map((i) => `（${i + 1}）`).join('')),
  fc.integer({ min: 3, max: 12 }).map((n) => [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫'].slice(0, n).join('')),
);

describe('anything that is official is taken', () => {
  test('phrases', () => {
    fc.assert(
      fc.property(official, (text) => !hasContactDetails(text)),
      { numRuns: 5000 },
    );
  });

  test('phrases, one after the other', () => {
    const sentence = fc
      .array(phrase(oneOf('活动时间', '地点为', '共计发放', '根据', '服务', '每日'), official), {
        minLength: 2,
        maxLength: 8,
      })
      .chain((all) => oneOf('，', '；', '。', '\n', '').map((by) => all.join(by)));
    fc.assert(
      fc.property(sentence, (text) => !hasContactDetails(text)),
      { numRuns: 2000 },
    );
  });
});

test('the work for a text grows no faster than its length', () => {
  const repeated = fc.array(oneOf(...'0123456789、，-./:()（）①〔〕年月日号转元万个oQ微信@ a'), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(repeated, (unit) => {
      hasContactDetails(unit.join('').repeat(1000 / unit.length));
    }),
    { numRuns: 300 },
  );
});
