// The forms in which plans write times, as patterns.
import { daySign } from './dotted-days.ts';
import { pattern } from './numerals.ts';

const { month, together, day, year } = pattern;
/** The year after that of the plan. */
export const laterYear = '(?:次年|翌年|明年|来年|下一年)';
const to =
  '(?:(?:起|开始|启动)+,?)?(?:一直)?(?:持续|延续)?(?:--|——|-|—|~~|~|至|到)(?:当年|(?:20|19)[Xx×*_]{0,4}年)?';
const also = '(?:、|及|和|以及|与|,)';

const lunarDay =
  '(?:初[一二三四五六七八九十]|三十|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?)';
/** 年初一至初七, 大年三十: days around the new year of the lunar calendar. */
const newYear = `(?:除夕|大?年${lunarDay})(?:(?:、|和|及|至|到|-|—|~)(?:除夕|(?:大?年|正月)?${lunarDay}))*`;
const festivalName = '(?:春节|元宵节?|清明节?|端午节?|七夕节?|中秋节?|重阳节?|腊八节?)';
const timeLabel = '(?<=(?:时间|日期|时限):)';
/** Festivals of the lunar calendar, where they say when: 中秋节、重阳节,组织…; 春节期间. */
const festivals = `(?:${festivalName}(?:、|和|及|与)){0,7}${festivalName}(?:期间|当[天日]|前后|前夕|来临之际|到来之际|(?=[,、]?(?:组织|开展|举办|举行)|(?:主题|系列|文化|志愿|服务|纪念)*活动(?:\\n|$)))`;

const sticky = (source: string): RegExp => new RegExp(source, 'y');
/** The parts of a time, each to be looked for at a position. */
export const parts = {
  point: sticky(
    `(?:(${year})年度?|${laterYear})?(?<![\\d.])(${month})月份?(?:(${day})(?:日|号|(?=(?:${to}|${also})${day}[日号])))?`,
  ),
  /** A quarter; what is done in each of them (每季度) has no time. */
  quarter: sticky(`(?:(${year})年度?)?(?<!每)第?([一二三四1-4])季度`),
  wholeYear: sticky(`(${year})年度?全年`),
  dotted: sticky(
    `(${year})([./-])(1[0-2]|0?[1-9])\\2(3[01]|[12]\\d|0?[1-9])(?=\\d\\d:\\d\\d|(?!\\d))日?`,
  ),
  /** 3.5: only where a day is expected, since it may be a number as well. */
  short: sticky(`(1[0-2]|0?[1-9])[.·${daySign}](3[01]|[12]\\d|0?[1-9])(?![\\d.%])日?`),
  months: sticky(
    `(?:(${year})年度?|${laterYear})?(?<![\\d.])(${month})(?:月份?)?(-|—|~|至|到|、|和|及)(${month})(?:(?:、|和|及)(${month}))?月份?(?!${day}[日号])`,
  ),
  together: sticky(`(?:(${year})年度?|${laterYear})?(${together})月份?`),
  day: sticky(`(${day})[日号](?!\\d(?!\\d?[:点时])|[楼线院门店栋厅室路馆厂文令台桌]|内|之?后|以)`),
  monthEnd: sticky('(?:当|本)?月(?:底|末)'),
  lunar: sticky(
    `${newYear}|${festivals}|(?:农历|阴历|旧历)(?:${month}|正|腊|冬)月(?:初|廿)?[一二三四五六七八九十]{0,3}[日号]?|(?:正|腊|冬)月(?:(?:初|廿)[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?)?|[一二三四五六七八九十]{1,2}月初[一二三四五六七八九十](?![步次批个])|(?:二月二|三月三|六月六)(?![日号十\\d])|七月(?:半|十五(?![日号]))|五月五(?=端午)|七月七(?=七夕)|八月十五(?:(?![日号])|日?(?=[,、]?中秋))|九月九(?:(?![日号])|日?(?=[,、]?重阳))|${timeLabel}${festivalName}(?=$|[\\n\\t,。;(])`,
  ),
  part: sticky(
    '(?:全月|初|中下旬|上中旬|上旬|中旬|下旬|上半月|下半月|底|末|中(?=[,、。;:(\\n]|至|到|-|—|开展|举办|组织|完成))(?:期间)?',
  ),
  weekday: sticky(
    '(?:上午|下午|晚上?|早上?|中午|全天)?[(,]?(?:周|星期|礼拜)([一二三四五六日天])(?:上午|下午|晚上?)?[)]?',
  ),
  to: sticky(to),
  also: sticky(also),
  before: sticky('(?:份)?(?:之前|以前|前)(?!后|夕|期|往|进|来|述|景|台)'),
  since: sticky('(?:以来|开始|起|来)'),
  /** What was done once for all: 将2004年6月14日定为…. */
  history: sticky(
    '[^,。;\\n]{0,12}(?:定为|确定为|设立为?|宣布为?|命名为?|题词|逝世|牺牲|诞生|出生)',
  ),
} as const;

const shortDay = '(?:1[0-2]|0?[1-9])[.·](?:3[01]|[12]\\d|0?[1-9])(?![\\d.%])';
/** Where a time may begin. */
export const beginning = new RegExp(
  `(?<![\\d./]|\\d:)(?:(?<=^|:)${year}年度?全年|(?:${year}年度?)?(?<!每)第?[一二三四1-4]季度|(?:${year}年度?|${laterYear})${together}|${year}年度?${month}(?:月|[-—~至到、和及]${month}月)|${year}[./-]\\d{1,2}[./-]\\d|${laterYear}${month}(?:月|[-—~至到、和及]${month}月)|${together}|${month}(?:月|[-—~至到、和及]${month}月)|[正腊冬]月|[农阴旧]历|大?年${lunarDay}|除夕|${timeLabel}${festivalName}|(?<=^|[,。;:、(\\n\\t\\u0001在于])${festivals}|${shortDay}(?:--|——|[-—~至到、])${shortDay}|${timeLabel}${shortDay}|(?:1[0-2]|0?[1-9])${daySign}\\d|(?<=(?:^|[。;:\\n\\t、])“)${shortDay}(?=”)|(?<=^|[\\n\\t])${shortDay}(?=$|[\\n\\t(上下早中晚])|${day}[日号])`,
  'g',
);
