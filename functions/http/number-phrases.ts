import { isBankCard, isLandline, isMobile, isMobileOrId } from './person-numbers.ts';

/**
 * The phrases of official texts that have long numbers and lead to nobody: dates, times, document
 * numbers, hotlines, quantities, lists. All patterns are for plain texts (`plainText`).
 */

const to = '\\s?(?:[-‐-―−~〜]{1,2}|至|到)\\s?';
const and = '\\s?(?:[、,/;和或及])\\s?';
const next = `(?:${and}|${to})`;
/** A list has an end, so that the work for a text grows no faster than its length. */
const any = '{0,60}';
const some = '{1,60}';

const year = '(?:19|20)\\d{2}';
const month = '(?:1[0-2]|0?[1-9])';
const day = '(?:3[01]|[12]\\d|0?[1-9])';
const mark = '\\s?[-./年]\\s?';
const monthMark = '\\s?[-./月]\\s?';
const date = `${year}${mark}${month}${monthMark}${day}[日号]?`;
const shortDate = `(?:${month}${monthMark})?${day}[日号]?`;
const compactMonth = `${year}(?:0[1-9]|1[0-2])`;
const compactDate = `${compactMonth}(?:0[1-9]|[12]\\d|3[01])`;
const monthOfYear = `${year}${mark}${month}月?`;
const dayOfMonth = `${month}[./·]${day}["”]?`;
const hour = '(?:2[0-4]|[01]?\\d)';
const clock = `${hour}:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{3})?)?`;
const shortClock = `${hour}\\.[0-5]\\d`;

/** Public numbers: 110, 12345, 96110, 10086; also with an area code or a choice: (0451)12345, 12378转1. */
const hotline =
  '(?:(?:\\(0\\d{2,3}\\)\\s?-?|0\\d{2,3}(?:\\s|\\s?-)\\s?))?(?:11[0-49]|12[0-2]|12\\d{3}|100\\d{2}|9[56]\\d{3}|11[68]114)(?:转\\d{1,2})?';
/** Numbers of a business that nobody has at home: 400-818-1234. */
const service = '[48]00(?:[ -]?\\d{3}[ -]?\\d{4}|-\\d{4}-\\d{3})';

/** Building, unit, flat: 12-3-1501. */
const flat = '\\d{1,3}-1?[1-9]-\\d{2,4}';
const pair = '\\d{1,3}-\\d{1,3}';
const score = '[0-3]?\\d:[0-3]?\\d';
const fraction = '\\d{2,3}/\\d{2,3}';

/** What is counted or numbered. The longer word comes first. */
const units = [
  '平方|平米|人次|公里|公斤|千克|小时|分钟|单元|会议室|教室|像素',
  ...'元角万亿人名位户家个份件条张册本次场支处棵株辆台套瓶袋箱盒吨克斤米里亩时分秒天日周月年岁度升毫厘',
  ...'号路栋幢楼层室房厅班组队期届批项类级点页字步粒颗只把根块片面幅副部篇枚桶车趟座所间站桌碗双对顶床包捆线',
  ...'区村街巷弄院排门窗例起宗笔节课轮版章倍代季成股亩样盆孔',
  '[%‰°]|(?:[mck]m|[km]?g|m?l|m|t|h|min|px|dpi|k?wh?|mmhg)(?![a-z])',
].join('|');
const unit = `(?=\\s?(?:余|多|来)?(?:${units}))`;
const thousands = '[1-9]\\d{0,2}(?:,\\d{3}){1,3}(?:\\.\\d{1,2})?';

/** What a number is, as far as others need to know. */
export type Kind = 'date' | 'time' | 'public' | 'list' | 'amount';

/** What is found, and where. */
export interface Found {
  readonly text: string;
  /** The last characters before it, and the first ones after it. */
  readonly before: string;
  readonly after: string;
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
const numbersOf = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?/g) ?? [];

/** Words that make a number after them a telephone number, whatever follows it. */
const contact =
  /(?:联系|咨询|电话|致电|来电|拨打|请拨|请打|热线|手机|座机|固话|短信|号码|传真|总机|分机|(?<![a-z])(?:tel|phone|mobile|call|fax))(?:(?!时间|日期|期限|截止)[^\d。!?;\n]){0,6}$/iu;
const isCalled = ({ before }: Found): boolean => contact.test(before);

const rises = (all: readonly string[]): boolean =>
  all.every((one, at) => at === 0 || Number(all[at - 1]) < Number(one));
/** Small numbers that rise or fall, as houses of a street do: 1、3、5、7、9、11、13号. */
export const isOrdered = (all: readonly string[]): boolean =>
  all.every((one) => one.length < 4) && (rises(all) || rises(all.toReversed()));
const fallsByOne = (all: readonly string[]): boolean =>
  all.every((one, at) => at === 0 || Number(all[at - 1]) === Number(one) + 1);
const hasNoZeroInFront = (all: readonly string[]): boolean => all.every((one) => !/^0\d/.test(one));
const countsUp = (all: readonly string[]): boolean =>
  all.length > 2 && all.every((one, at) => Number(one) === at + 1);

const isYear = new RegExp(`^${year}$`);
/** Groups that look like a local telephone number: 8456-2310. */
const looksLocal = (all: readonly string[]): boolean =>
  /^[2-8]\d{6,7}$/.test(all.join('')) &&
  all.some((one) => one.length === 4 && !one.endsWith('0')) &&
  all.every((one) => one.length > 2 && !isYear.test(one));
/** Groups that look like a bank card: 6222、0212、3456、7890. */
const looksLikeCard = (all: readonly string[]): boolean =>
  all.length < 6 && isBankCard(all.join(''));

/** Who, or what else, may begin with a character that is a unit as well: 万女士, 支书, 步行街. */
const notCounted =
  /^\s?(?:步行|元[旦宵月老]|次日|分[机管]|号[码线]|\p{L}{0,3}(?:老师|师傅|女士|先生|小姐|主任|书记|支书|同志|经理|医生|大夫|阿姨|大[姐哥爷妈]|[队站所院校处科局部组会社店班楼户]长|[户业]主|网格员|联系人|律师|警官|护士|教授|老板|本人|家属|收$))/u;
/** Units of large amounts, which are no surnames and begin no title. */
const strongUnit =
  /^\s?(?:元|步|人次|粒|字|千克|公斤|公里|平方|平米|小时|分钟|吨|毫升|千瓦|kg|km)(?![\d])/i;
const counted = /(?:累计|共计?|合计|总计|总额|约|近|达到?|超过?|逾|突破)[为是了:]?\s?$/;

/** Whether an amount of seven digits or more is more likely than a telephone number. */
const isAmount = (found: Found): boolean => {
  const digits = digitsOf(found.text);
  if (/^[万亿元]\d/.test(found.after)) return false;
  if (notCounted.test(found.after)) return digits.length < 5;
  if (digits.length < 7) return true;
  if (isCalled(found) || digits.length > 11 || isMobile(digits)) return false;
  const isCounted = counted.test(found.before);
  if (/^\d{1,3}(?:,\d{3})+/.test(found.text)) return !/^\s?\p{L}\d/u.test(found.after);
  return strongUnit.test(found.after) || (isCounted && !/^\s?\p{L}\d/u.test(found.after));
};

const range = new RegExp(`(\\d+(?:\\.\\d+)?)(?=${to}(\\d+(?:\\.\\d+)?))`, 'gu');
const areRanges = (text: string): boolean =>
  [...text.matchAll(range)].every(([, from, until]) => Number(from) < Number(until));

/** Whether numbers with a unit at their end are a list or a range of amounts. */
const isList = (found: Found): boolean => {
  const all = numbersOf(found.text);
  if (!hasNoZeroInFront(all) || notCounted.test(found.after)) return false;
  if (isOrdered(all)) return true;
  if (isCalled(found) || isMobileOrId(digitsOf(found.text))) return false;
  if (looksLikeCard(all) || !areRanges(found.text)) return false;
  return !looksLocal(all) || strongUnit.test(found.after) || counted.test(found.before);
};

const isUncalled = (found: Found): boolean => !isCalled(found);
const isNobodys = ({ text }: Found): boolean =>
  !(isMobileOrId(digitsOf(text)) || isLandline(digitsOf(text))) || isOrdered(numbersOf(text));

/** The numbers of a text, two by two. */
const pairsOf = (text: string): readonly (readonly [number, number])[] =>
  [...text.matchAll(/(\d+)[-/.·](\d+)/g)].map(([, one, other]) => [Number(one), Number(other)]);
const arePairsInOrder = (found: Found): boolean =>
  isNobodys(found) && rises(pairsOf(found.text).map(([one, other]) => String(one * 1000 + other)));
/** Days in the order of the year, or two days; and not a part of a longer list. */
const areDates = ({ text, before, after }: Found): boolean => {
  const days = pairsOf(text).map(([month, day]) => String(month * 100 + day));
  const isPartOfList = /\d[、,/;]\s?$/.test(before) || /^\s?[、,/;]\s?\d/.test(after);
  return !isPartOfList && (days.length < 3 || rises(days));
};
/** Blood pressures, or shares of the same whole. */
const areFractions = ({ text }: Found): boolean => {
  const pairs = pairsOf(text);
  const [whole] = pairs.map(([, other]) => other);
  return (
    pairs.every(([high, low]) => high > low && high < 260 && low > 30) ||
    pairs.every(([, other]) => other === whole)
  );
};

interface Phrase {
  readonly kind: Kind;
  readonly pattern: string;
  readonly before?: RegExp;
  readonly is?: (found: Found) => boolean;
}

/** In this order: the longer form comes first. */
const phrases: readonly Phrase[] = [
  // 2025-03-05, 2025年3月5日, 2025.3.5-2025.3.12, 2025.3.5-3.12, 2025年3月5、12、19日
  {
    kind: 'date',
    pattern: `${date}(?:(?:${next}${day})${some}[日号]|(?:${next}(?:${date}|${shortDate}))?(?:${and}${date})${any})`,
  },
  // 3月5日, 3月5、6、19日, 3月5日至4月1日
  {
    kind: 'date',
    pattern: `${month}月${day}[日号]?(?:${next}(?:${month}月)?${day}[日号]?)${any}(?<=[日号])`,
  },
  // 20250305-20250312, 202409-202506
  { kind: 'date', pattern: `${compactDate}(?:${next}${compactDate})${any}`, is: isUncalled },
  { kind: 'date', pattern: `${compactMonth}${to}${compactMonth}`, is: isUncalled },
  // 20251126-001, a number of the day; with a year of 19… it would be a mobile number
  { kind: 'date', pattern: `(?=20)${compactDate}-\\d{1,3}`, is: isUncalled },
  // 2024-09至2025-06, 2025年9月
  { kind: 'date', pattern: `${monthOfYear}(?:${to}${monthOfYear})?`, is: isUncalled },
  // 2024-2025, 2023、2024、2025年; (2025)
  {
    kind: 'date',
    pattern: `${year}(?:${next}${year})${some}(?:-[12](?=学期))?`,
    is: (found) => !isCalled(found) || found.after.startsWith('年'),
  },
  { kind: 'date', pattern: `${year}(?=[)\\]〕】])`, before: /[([〔【]$/ },
  // 8:30, 8:30:15-11:30:00, 9:00-11:00/14:00-16:00; 8.30-11.30
  { kind: 'time', pattern: `${clock}(?:(?:${next}|\\s)${clock})${any}` },
  {
    kind: 'time',
    pattern: `${shortClock}${to}${shortClock}(?:${and}${shortClock}${to}${shortClock})${any}`,
  },
  // 3.5-3.12, 3.5、3.12、3.19
  { kind: 'date', pattern: `${dayOfMonth}(?:${next}["“]?${dayOfMonth})${some}`, is: areDates },
  // 〔2025〕123号, 〔2025〕90、91号
  {
    kind: 'public',
    pattern: `[〔[(【]\\s?${year}\\s?[〕\\])】]\\s?\\d{1,5}(?:${next}\\d{1,5})${any}(?=\\s?[号期])`,
    is: ({ text }) => numbersOf(text).length === 2 || !looksLocal(numbersOf(text).slice(1)),
  },
  // GB/T 40143-2021
  {
    kind: 'public',
    pattern: `\\d{1,6}(?:\\.\\d{1,3})?\\s?[-‐-―:]{1,2}\\s?${year}`,
    before: /(?:(?<![A-Za-z])[A-Z]{2,6}|[A-Z0-9]{1,6}\/[A-Z]{1,4})\s?$/,
    is: isUncalled,
  },
  // 第2025001期, 2025-001号, 编号2025-001, ICP备12345678号
  { kind: 'public', pattern: `${year}\\d{1,5}(?=\\s?[期号批次届篇辑])`, before: /第\s?$/ },
  {
    kind: 'public',
    pattern: `${year}\\s?[-‐-―/]\\s?\\d{1,4}(?=\\s?[期号批次届篇辑])`,
    is: isUncalled,
  },
  {
    kind: 'public',
    pattern: `${year}(?:\\d{3,4}|\\s?[-‐-―/]\\s?\\d{1,4})(?![-+.·_/]\\d)`,
    before: /(?:编号|文号|期号|序号|No\.?)[:为是]?\s?$/i,
  },
  { kind: 'public', pattern: '\\d{6,10}(?=号)', before: /ICP备$/ },
  // 110、119、120, (0451)12345, 400-818-1234
  {
    kind: 'public',
    pattern: `(?:${service}|${hotline})(?:(?:${and}|\\s)(?:${service}|${hotline}))${any}(?![^\\p{L}\\d、,;。]{1,2}\\d)`,
    before: /(?:^|[^\d\s]\s?|\d[、,/;]\s?)$/,
  },
  // 邮编:150010,150020
  {
    kind: 'public',
    pattern: `[0-8]\\d{5}(?:${and}[0-8]\\d{5})${any}`,
    before: /邮(?:政编码|编)[:为是]?\s?$/,
  },
  // (1)(2)(3), 1.2.3.
  {
    kind: 'list',
    pattern: `\\(?1(?:[^\\p{L}\\d]{1,3}\\d{1,2})${some}`,
    is: ({ text }) => countsUp(numbersOf(text.replaceAll('.', ' '))),
  },
  // 1-1-101、1-1-102; 3单元1501、1502; 1-101、1-102, 1-3、5-8
  { kind: 'list', pattern: `${flat}(?:${next}${flat})${any}`, is: isNobodys },
  {
    kind: 'list',
    pattern: `[1-9]\\d{2,3}(?:${and}[1-9]\\d{2,3})${some}`,
    before: /(?:单元|[栋幢楼])\s?$/,
    is: isNobodys,
  },
  { kind: 'list', pattern: `${pair}(?:${and}${pair})${some}`, is: arePairsInOrder },
  // 120/80、130/85, 85/100、90/100; 25:23、25:20
  { kind: 'list', pattern: `${fraction}(?:${and}${fraction})${some}`, is: areFractions },
  { kind: 'list', pattern: `${score}(?:${and}${score})${some}`, is: isNobodys },
  // 1,234,567元, ¥1,234,567.00, 1,000,000 seeds
  { kind: 'amount', pattern: `${thousands}${unit}`, is: isAmount },
  { kind: 'amount', pattern: `(?:${thousands}|\\d{1,9}(?:\\.\\d{1,2})?)`, before: /[¥$€]\s?$/ },
  { kind: 'amount', pattern: `${thousands}(?=\\s[a-z]{3})` },
  { kind: 'amount', pattern: thousands, before: counted },
  // 1.2x2.4m
  {
    kind: 'list',
    pattern: `[1-9]\\d{0,3}(?:\\.\\d{1,2})?(?:\\s?[x×*]\\s?[1-9]\\d{0,3}(?:\\.\\d{1,2})?){1,2}${unit}`,
    is: isNobodys,
  },
  // 66、2、103路, 1-3、5-8号楼, 300-500-800米, 3000-5000人
  {
    kind: 'list',
    pattern: `\\d{1,6}(?:\\.\\d{1,2})?(?:${next}\\d{1,6}(?:\\.\\d{1,2})?)${some}${unit}`,
    is: isList,
  },
  // 1、2、3、5; 36.5、36.6、36.7
  {
    kind: 'list',
    pattern: `\\d{1,3}(?:${and}\\d{1,3}){2,60}`,
    is: ({ text }) => rises(numbersOf(text)) || fallsByOne(numbersOf(text)),
  },
  {
    kind: 'list',
    pattern: `\\d{1,3}(?:\\.\\d{1,2})?(?:${and}\\d{1,3}(?:\\.\\d{1,2})?)${some}`,
    is: (found) => found.text.includes('.') && isNobodys(found),
  },
  // 1234567步, 1234567.50元, 3万5000人
  { kind: 'amount', pattern: `[1-9]\\d{0,5}[万亿][1-9]\\d{0,3}${unit}`, is: isAmount },
  { kind: 'amount', pattern: `(?:0|[1-9]\\d{0,8})(?:\\.\\d{1,2})?${unit}`, is: isAmount },
];

const compiled = phrases.map((phrase) => ({
  ...phrase,
  pattern: new RegExp(`${phrase.pattern}(?:(?<=[日号月])|(?!\\d))`, 'uyi'),
}));

const contextLength = 16;

/** Whether it is a part of a longer number, and so no date and no time: 138-2025-03-05. */
const isPart = (before: string, after: string): boolean =>
  /\d[-‐-―~〜./:]$/.test(before) || /^[-‐-―~〜./:]\d/.test(after);

/** The phrase that begins at a place of a plain text. */
export const phraseAt = (
  plain: string,
  at: number,
): { readonly kind: Kind; readonly text: string } | undefined => {
  const before = plain.slice(Math.max(0, at - contextLength), at);
  for (const { kind, pattern, before: prefix, is } of compiled) {
    if (prefix && !prefix.test(before)) continue;
    pattern.lastIndex = at;
    const text = pattern.exec(plain)?.[0];
    if (text === undefined) continue;
    const after = plain.slice(at + text.length, at + text.length + contextLength);
    if ((kind === 'date' || kind === 'time') && isPart(before, after)) continue;
    if (!is || is({ text, before, after })) return { kind, text };
  }
  return undefined;
};
