import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasContactDetails, namesSomebody } from '../../../functions/http/contact-details.ts';
import { numbersIn } from '../../../functions/http/official-text.ts';
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

const between = (min: number, max: number) => fc.integer({ min, max });
const padded = (value: number, length: number) => String(value).padStart(length, '0');
const colon = oneOf('', '：', ':', '为', ' ');
const year = between(2000, 2049).map(String);
const serial = fc.oneof(
  phrase(year, oneOf('-', '/', '—'), digits(3)),
  phrase(year, oneOf('-', ''), digits(4)),
  phrase(year, twoDigits(12), twoDigits(28), oneOf('-', ''), digits(3)),
  phrase(year, '-', twoDigits(12), '-', digits(3)),
);
const range = fc
  .tuple(between(1, 400), between(1, 400), between(3, 5), oneOf('-', '—', '至', '～'))
  .map(([from, more, length, to]) => `${padded(from, length)}${to}${padded(from + more, length)}`)
  .filter((text) => /^00|^(\d)\d*\D+\1\d*$/.test(text));

const numbered = oneOf('编号', '合同号', '合同编号', '活动编号', '工程编号', '志愿者编号', 'No.');
const letters = oneOf('', 'JD-', 'HRB', 'HT-SQ-', 'ZY');
const block = oneOf('A座', 'B座', '3栋', '5号楼', '2单元');
const rate = oneOf('参与率', '完成率', '知晓率：', '占比');
const figure = oneOf('总计', '合计：', '参加人数', '服务人次', '阅读量达', '累计');
const meeting = oneOf('腾讯会议号：', '会议号', '会议ID：', '线上会议号为', 'Meeting ID: ');
const end = oneOf('', '。', '，请各社区配合', '；');

const floor = fc
  .tuple(between(1, 32), between(1, 20), between(1, 20))
  .map(([level, from, more]) => [level * 100 + from, level * 100 + from + more]);
const count = between(1000, 9999).map(String);
const meetingNumber = digits(8).map((rest) => `2${rest}`);

const official = fc.oneof(
  phrase(numbered, colon, letters, serial, end),
  phrase(numbered, colon, range, end),
  phrase('ISSN ', digits(4), '-', digits(4), end),
  phrase(
    block,
    fc.tuple(floor, oneOf('-', '—', '至')).map(([[from, to], sign]) => `${from}${sign}${to}`),
    oneOf('', '室'),
    end,
  ),
  phrase(rate, count, '/', count, end),
  phrase(
    figure,
    fc
      .tuple(fc.array(count, { minLength: 2, maxLength: 2 }), oneOf('/', ' / ', '→', '、', '->'))
      .map(([all, sign]) => all.join(sign)),
    end,
  ),
  phrase(figure, between(1_000_000, 9_999_999).map(String), end),
  phrase(
    meeting,
    fc
      .tuple(meetingNumber, oneOf('-', ' ', ''))
      .map(([all, sign]) => [all.slice(0, 3), all.slice(3, 6), all.slice(6)].join(sign)),
    end,
  ),
  fc
    .subarray([...'一二三四五六七八九'], { minLength: 2 })
    .chain((all) => phrase(all.join(''), oneOf('社区联动', '号楼', '网格'))),
  between(5, 9).map((last) => `“${'123456789'.slice(0, last)}”工作法`),
  fc.array(between(10, 99_999), { minLength: 2, maxLength: 4 }).chain((all) => {
    const sum = all.reduce((one, other) => one + other);
    const terms = all.join('+');
    return oneOf(`${sum}元（${terms}）`, `${terms}=${sum}`, `${sum}=${terms}`);
  }),
  phrase(oneOf('每日', '3月5日', ''), oneOf('0800', '0930'), '-', oneOf('1130', '1745')),
);

const personal = fc.oneof(mobile, landline, residentId, bankCard);
const written = fc
  .tuple(personal, oneOf('', '-', ' ', '/', '、', '→', '—', '.', '+'))
  .map(([groups, sign]) => groups.join(sign));

describe('a number that a word before it explains', () => {
  test('is taken', () => {
    fc.assert(
      fc.property(official, (text) => !hasContactDetails(text) && !namesSomebody(text)),
      { numRuns: 5000 },
    );
  });

  test('is refused if it is the number of a person', () => {
    const before = fc.oneof(
      phrase(numbered, colon, letters),
      oneOf('ISSN ', '“', '2500元（', '每日', '3月5日', '2500=', '第', '参与率85%（'),
      ...[block, rate, figure, meeting],
    );
    const after = oneOf('', '。', '室', '”工作法', '）', '号', '社区联动', '人次', '/5678');
    fc.assert(
      fc.property(phrase(before, written, after), (text) => hasContactDetails(text)),
      { numRuns: 10_000 },
    );
  });

  test('does not hide the number of a person beside it', () => {
    fc.assert(
      fc.property(phrase(official, oneOf(' ', '，', '。', '、'), written), (text) =>
        hasContactDetails(text),
      ),
      { numRuns: 5000 },
    );
  });
});

test.each([
  'A座101-102、183/969/12250',
  'A座101-102 010/276/02/276',
  '参与率1000/1000、1、3、8、6、6、3、7、2、0、4、7',
  '参与率1000/1000、179 20271111',
])('%s: parts that look like a hotline, shares, a list or a date hide nobody', (text) => {
  expect(hasContactDetails(text)).toBe(true);
});

test('a sheet’s id is nobody’s number, whatever its digits', () => {
  const ids = fc.tuple(
    fc.uuid(),
    fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
    fc.integer({ min: 1, max: 99 }),
  );
  fc.assert(
    fc.property(ids, ([activity, date, number]) => {
      expect(numbersIn(`${activity}~${date.toISOString().slice(0, 10)}~${number}`)).toEqual([]);
    }),
  );
});
