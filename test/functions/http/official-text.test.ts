import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { campaigns } from '../../../functions/campaigns/contract.ts';
import { namesSomebody } from '../../../functions/http/contact-details.ts';
import { chosenId, officialText } from '../../../functions/http/official-text.ts';
import { organisations } from '../../../functions/organisations/contract.ts';

const codesOf = (text: string): readonly unknown[] =>
  (officialText(200).safeParse(text).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.code : issue.code,
  );

describe('what leads to a person', () => {
  test.each([
    // Mobile numbers, however they are written.
    '请联系13800138000',
    '电话：138 0013 8000。',
    '138-0013-8000',
    '138.7164.0295',
    '138/7164/0295',
    '138—7164—0295',
    '138 716 40295',
    '(138)71640295',
    '013871640295',
    '+86 138-0013-8000',
    '86-13800138000',
    '008613800138000',
    '１３８００１３８０００',
    '①③⑧⑦①⑥④⓪②⑨⑤',
    '¹³⁸⁷¹⁶⁴⁰²⁹⁵',
    '❶❸❽❼❶❻❹⓿❷❾❺',
    '١٣٨٧١٦٤٠٢٩٥',
    '1️⃣3️⃣8️⃣7️⃣1️⃣6️⃣4️⃣',
    '1̶3̶8̶7̶1̶6̶4̶0̶2̶9̶5̶',
    '一三八七一六四〇二九五',
    '幺三八七幺六四零二九五',
    '壹叁捌柒壹陆肆零贰玖伍',
    '一三八-七一六四-〇二九五',
    '138柒壹64〇295',
    '1、3、8、7、1、6、4、0、2、9、5',
    '1，3，8，7，1，6，4，0，2，9，5',
    '1*3*8*7*1*6*4*0*2*9*5',
    '1387 16:40 295',
    '138（7164）0295',
    '138\n7164\n0295',
    '2025-10-18 13800138000',
    '138-2025-03-05',
    '138.20250305',
    '138716 40295人',
    '13871 640295 名',
    '1387 16:40-2:95',
    '13871640295元',
    // Landlines, cards, documents.
    '010-8888 8888',
    '电话 010-65551234',
    '0571-87654321转8001',
    '88888888',
    '6222 0212 3456 7890 123',
    '身份证11010519491231002X',
    '110105 19491231 0021',
    '110105-1949-12-31-0021',
    '110105194912310029',
    '旧证 110105491231002',
    '护照 E12345678',
    'H12345678',
    '证书编号 20251018000138',
    // Addresses and accounts.
    'lei@example.com',
    'lei.feng ＠ qq．com',
    '邮箱 leifeng(at)163.com',
    'leifeng at qq.com',
    '微信号: abc_123',
    '微信号：leifeng',
    '微信 lei_feng',
    '加微信abc12345',
    'wx:abc123',
    'vx abc_123',
    'v信abc123',
    'V信：lei_feng',
    '加v abc123',
    'WeChat: lei123',
    '薇信 abc123',
    'QQ 12345',
    'QQ群：123456',
    'qq号12345',
    '扣扣 123456',
  ])('%j is refused', (text) => {
    expect(codesOf(text)).toEqual(['personal-data']);
    expect(JSON.stringify(officialText(200).safeParse(text).error?.issues)).not.toContain(text);
  });

  test.each([
    '心肺复苏、创伤包扎',
    '第六小学',
    '101 路公交',
    '乘101、102、103路公交可达',
    '解放路1234号',
    '解放路1234号3栋2单元501室',
    '12345热线',
    '110',
    '拨打110、119、120、122',
    '报警110，急救120，火警119',
    '96110反诈专线',
    '12345、96110宣传',
    '一、二、三、四、五、六、七单元',
    '1、2、3、4、5、6、7号楼',
    '1,2,3,5,8,9,11号楼',
    '五一、六一、七一、八一慰问',
    '三五九旅纪念馆',
    '七一宣讲',
    '2024-10-19至2024-10-20',
    '2024-10-19 至 2024-10-20，上午 8:30-11:30',
    '2025年3月5日9:00—11:30',
    '2025年3月5日9：00—11：30',
    '2025.3.5-2025.3.12',
    '2025/3/5 14:00',
    '20241019—20241020',
    '3.5-3.12 9:00-11:30',
    '8.30-11.30',
    '10月18、19、20、21日',
    '10月18日9:00-11:30、14:00-17:00',
    '2024-2025年度',
    '2024—2025学年',
    '2024-09至2025-06',
    '二〇二四—二〇二五年度',
    '二〇二五年三月五日',
    '2025-10-18T09:00:00+08:00',
    '共1,234,567元',
    '募集善款1234567.50元',
    '¥1,234,567.00',
    '受益 1,234,567 人次',
    '测血压 80 人次，发放手册 200 份',
    '清扫 12000 平方米',
    '3000-5000人次参与',
    '约300—500人',
    '2025.3.5-3.12',
    '2025-03-05至08',
    '2025年3月5日-8日',
    '2025-03-05 8:30:15-11:30:00',
    '2025年9月-2026年6月',
    '20241019-20241020',
    '在微信公众号发布',
    '用微信支付',
    '扫码加微信群',
    'QQ音乐',
    '@全体志愿者',
    'T3航站楼 G15 高速',
    '第3期、第4期、第5期培训',
    '葛󠄀洲坝',
    '学雷锋🚩志愿服务❤️',
    '𠮷野家',
    '第一行\n第二行',
  ])('%j is not', (text) => {
    expect(codesOf(text)).toEqual([]);
    expect(officialText(200).parse(` ${text} `)).toBe(text);
  });

  const separators = fc.constantFrom(
    '',
    ' ',
    '-',
    '.',
    '/',
    '—',
    '·',
    '(',
    ')',
    '、',
    '\u3000',
    '_',
  );
  const forms = ['0123456789', '０１２３４５６７８９', '〇一二三四五六七八九', '⓪①②③④⑤⑥⑦⑧⑨'].map(
    (all) => [...all],
  );
  const mobile = fc
    .tuple(
      fc.constant(1),
      fc.integer({ min: 3, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
    )
    .map((parts) => parts.flat());

  test('any mobile number is found in digits of any form, grouped by anything but letters', () => {
    const written = mobile.chain((digits) =>
      fc
        .tuple(
          fc.constantFrom(...forms),
          separators,
          separators,
          fc.constantFrom('', '电话', '联系人王主任：'),
        )
        .map(([form, one, other, before]) => {
          const shown = digits.map((digit) => form[digit] ?? '');
          return `${before}${shown.slice(0, 3).join('')}${one}${shown.slice(3, 7).join('')}${other}${shown.slice(7).join('')}`;
        }),
    );
    fc.assert(fc.property(written, (text) => codesOf(text).includes('personal-data')));
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['a direction override', '义诊\u202e公告\u202c'],
    ['an isolate', '\u2066义诊\u2069'],
    ['a zero-width space', '义\u200b诊'],
    ['a soft hyphen', '义\u00ad诊'],
    ['a byte order mark', '\ufeff义\ufeff诊'],
    ['a Hangul filler', '\u3164'],
    ['an empty Braille cell', '\u2800\u2800'],
    ['a private character', '王\ue863'],
    ['an unassigned character', '义\u0378诊'],
    ['a noncharacter', '义\uffff诊'],
    ['half a character', '义\ud800诊'],
    ['a control character', '义\u0007诊'],
    ['a separator of lines', '义诊\u2028公告'],
    ['a separator of paragraphs', '义诊\u2029公告'],
    ['a next line', '义诊\u0085公告'],
    ['a vertical tab', '义诊\u000b公告'],
    ['a form feed', '义诊\u000c公告'],
    ['a lost character', '义\ufffd诊'],
    ['only marks', '\u0301\u0301'],
    ['only punctuation', '——……'],
    ['heaped marks', `义${'\u0301'.repeat(9)}诊`],
  ])('%s is refused', (_, text) => {
    expect(codesOf(text)).toEqual(['invalid-text']);
  });

  test('a text has to have a letter or a number that is seen', () => {
    const nothing = fc
      .array(
        fc.constantFrom(' ', '\u3000', '\u200b', '\u2060', '\u0301', '\u3164', '\u2800', '\u115f'),
      )
      .map((all) => all.join(''));
    fc.assert(fc.property(nothing, (text) => !officialText(80).safeParse(text).success));
  });
});

describe('an id or a code', () => {
  test.each(['T_138_7164_0295', 'x-138-7164-0295', '11010519491231002x', 'a13800138000'])(
    '%s has somebody’s number in it',
    (text) => expect(namesSomebody(text)).toBe(true),
  );

  test.each(['110105001001', 'hongqi-01', 'SPRING_2025', '20251018000138', '12800138000'])(
    '%s has not',
    (text) => expect(namesSomebody(text)).toBe(false),
  );
});

describe('an id that somebody chooses', () => {
  const isTaken = (id: string) => chosenId(z.string()).safeParse(id).success;

  test.each(['tel-84562310', 'a1-3-8-0-0-1-3-8-0-0-0', 'TEL_84562310', 'hq8456231', '84562310'])(
    '%s may not be',
    (id) => expect(isTaken(id)).toBe(false),
  );

  test.each(['hongqi-01', 'SPRING_2025', 'a123456', '230104', '230104001', '110105001001'])(
    '%s may be',
    (id) => expect(isTaken(id)).toBe(true),
  );

  test('the commands that give ids ask for it', () => {
    const area = { kind: 'community', name: '红旗社区' };
    expect(organisations.defineArea.body.safeParse(area).success).toBe(true);
    expect(organisations.defineArea.params.safeParse({ id: 'tel-84562310' }).success).toBe(false);
    expect(
      organisations.defineArea.body.safeParse({ ...area, name: '84562310张家大院' }).success,
    ).toBe(false);
    const year = { year: 2025, title: '学雷锋', themes: [{ key: 'A_13_800_138000' }] };
    expect(campaigns.planCampaign.body.safeParse(year).error?.issues).toContainEqual(
      expect.objectContaining({
        path: ['themes', 0, 'key'],
        params: { code: 'personal-data' },
      }),
    );
  });
});

test('not blank and not too long', () => {
  expect(codesOf('  ')).toEqual(['too_small']);
  expect(officialText(5).safeParse('一二三四五').success).toBe(true);
  expect(officialText(5).safeParse('一二三四五六').success).toBe(false);
});

test.each([
  ['percent signs', [...'13900001003'].map((digit) => `%3${digit}`).join('')],
  ['tags', [...'13900001003'].map((digit) => `<b>${digit}</b>`).join('')],
  ['Base64', Buffer.from('13900001003').toString('base64')],
  ['Base64 with words', Buffer.from('tel 13900001003 now').toString('base64url')],
  ['tone marks', 'yī sān jiǔ líng líng líng líng yī líng líng sān'],
])('a number in %s is a number', (_, text) => {
  expect(officialText(200).safeParse(`请联系 ${text}`).success).toBe(false);
});

test.each([
  '完成率100%，满意率98%',
  '第<3>组与<5>组',
  'https://www.example.gov.cn/activities/clean-up-in-march',
])('%s is none', (text) => {
  expect(officialText(200).safeParse(text).success).toBe(true);
});
