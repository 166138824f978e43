import {
  and,
  any,
  arrow,
  digitsOf,
  type Found,
  hidesNumber,
  isCalled,
  isNobodys,
  isOrdered,
  isUncalled,
  looksLikeCard,
  looksLocal,
  next,
  numbersOf,
  type Phrase,
  pairsOf,
  rises,
  some,
  to,
} from './number-phrase.ts';
import { isMobile, isMobileOrId } from './person-numbers.ts';

/** Building, unit, flat: 12-3-1501. */
const flat = '\\d{1,3}-1?[1-9]-\\d{2,4}';
const pair = '\\d{1,3}-\\d{1,3}';
/** Rooms of one floor: 1201-1208. */
const room = '[1-9]\\d{2,3}';
const score = '[0-3]?\\d:[0-3]?\\d';
const fraction = '\\d{2,3}/\\d{2,3}';

/** What is counted or numbered. The longer word comes first. */
export const units = [
  '平方|平米|人次|公里|公斤|千克|小时|分钟|单元|会议室|教室|像素',
  ...'元角万亿人名位户家个份件条张册本次场支处棵株辆台套瓶袋箱盒吨克斤米里亩时分秒天日周月年岁度升毫厘',
  ...'号路栋幢楼层室房厅班组队期届批项类级点页字步粒颗只把根块片面幅副部篇枚桶车趟座所间站桌碗双对顶床包捆线',
  ...'区村街巷弄院排门窗例起宗笔节课轮版章倍代季成股亩样盆孔',
  '[%‰°]|(?:[mck]m|[km]?g|m?l|m|t|h|min|px|dpi|k?wh?|mmhg)(?![a-z])',
].join('|');
const unit = `(?=\\s?(?:余|多|来)?(?:${units}))`;
const thousands = '[1-9]\\d{0,2}(?:,\\d{3}){1,3}(?:\\.\\d{1,2})?';

const fallsByOne = (all: readonly string[]): boolean =>
  all.every((one, at) => at === 0 || Number(all[at - 1]) === Number(one) + 1);
const hasNoZeroInFront = (all: readonly string[]): boolean => all.every((one) => !/^0\d/.test(one));
const digitsRise = (text: string): boolean => rises([...text]);
const countsUp = (all: readonly string[]): boolean =>
  all.length > 2 && all.every((one, at) => Number(one) === at + 1);

/** Who, or what else, may begin with a character that is a unit as well: 万女士, 支书, 步行街. */
export const notCounted =
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

/** Rooms of one floor, or of several: then no number of a person is cut into them. */
const areRooms = ({ text }: Found): boolean => {
  const all = numbersOf(text);
  const floors = new Set(all.map((one) => one.slice(0, -2)));
  return areRanges(text) && (floors.size === 1 || (areRangesOnOneFloor(text) && !hidesNumber(all)));
};
const areRangesOnOneFloor = (text: string): boolean =>
  [...text.matchAll(range)].every(
    ([, from = '', until = '']) => from < until && from.slice(0, -2) === until.slice(0, -2),
  );

/** Digits in their order: “1234567”工作法, 一二三四五六七社区. */
const isRow = (found: Found): boolean =>
  digitsRise(found.text) &&
  isUncalled(found) &&
  !/[a-z#:号证码卡字][\s-]?$/iu.test(found.before) &&
  !(/第\s?$/.test(found.before) && /^\s?号/.test(found.after)) &&
  !notCounted.test(found.after.replace(/^["”]/, ''));

/** Whether numbers with a unit at their end are a list or a range of amounts. */
const isList = (found: Found): boolean => {
  const all = numbersOf(found.text);
  if (!hasNoZeroInFront(all) || notCounted.test(found.after)) return false;
  if (isOrdered(all)) return true;
  if (isCalled(found) || isMobileOrId(digitsOf(found.text))) return false;
  if (looksLikeCard(all) || !areRanges(found.text)) return false;
  return !looksLocal(all) || strongUnit.test(found.after) || counted.test(found.before);
};

const arePairsInOrder = (found: Found): boolean =>
  isNobodys(found) && rises(pairsOf(found.text).map(([one, other]) => String(one * 1000 + other)));
/** Blood pressures, or shares of the same whole. */
const areFractions = ({ text }: Found): boolean => {
  const pairs = pairsOf(text);
  const [whole] = pairs.map(([, other]) => other);
  return (
    pairs.every(([high, low]) => high > low && high < 260 && low > 30) ||
    pairs.every(([, other]) => other === whole)
  );
};

/** Lists, rates and amounts. The longer form comes first. */
export const listsAndAmounts: readonly Phrase[] = [
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
    pattern: `${room}(?:${next}${room})${some}`,
    before: /(?:单元|[栋幢楼座])\s?$/,
    is: areRooms,
  },
  {
    kind: 'list',
    pattern: `${room}${to}${room}(?=\\s?(?:室|房|会议室|教室))`,
    is: (found) => isUncalled(found) && areRooms(found),
  },
  { kind: 'list', pattern: `${pair}(?:${and}${pair})${some}`, is: arePairsInOrder },
  // 120/80、130/85, 85/100、90/100; 25:23、25:20
  {
    kind: 'list',
    pattern: `${fraction}(?:\\s?[、,;和或及]\\s?${fraction})${some}`,
    is: areFractions,
  },
  { kind: 'list', pattern: `${score}(?:${and}${score})${some}`, is: isNobodys },
  // 1,234,567元, ¥1,234,567.00, 1,000,000 seeds
  { kind: 'amount', pattern: `${thousands}${unit}`, is: isAmount },
  { kind: 'amount', pattern: `(?:${thousands}|\\d{1,9}(?:\\.\\d{1,2})?)`, before: /[¥$€]\s?$/ },
  { kind: 'amount', pattern: `${thousands}(?=\\s[a-z]{3})` },
  { kind: 'amount', pattern: thousands, before: counted },
  { kind: 'list', pattern: '[1-9]{7,9}', is: isRow },
  // 1.2x2.4m
  {
    kind: 'list',
    pattern: `[1-9]\\d{0,3}(?:\\.\\d{1,2})?(?:\\s?[x×*]\\s?[1-9]\\d{0,3}(?:\\.\\d{1,2})?){1,2}${unit}`,
    is: isNobodys,
  },
  // 66、2、103路, 1-3、5-8号楼, 300-500-800米, 3000-5000人
  {
    kind: 'list',
    pattern: `\\d{1,6}(?:\\.\\d{1,2})?(?:(?:${next}|${arrow})\\d{1,6}(?:\\.\\d{1,2})?)${some}${unit}`,
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
