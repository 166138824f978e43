import type { Say, Word } from '../html/words.ts';
import { mostOf, type Question } from './plan-shapes.ts';
import type { Draft } from './plan-text/draft.ts';
import type { WarningCode } from './plan-text/warning-codes.ts';

/** What each warning tells a person, as docs/plans.md says it. */
const warningWords: Readonly<Record<WarningCode, Word>> = {
  NOT_A_PLAN: { zh: '未识别出活动', en: 'no theme was found' },
  YEAR_MISSING: { zh: '未写明年份', en: 'the text names no year' },
  YEAR_CONFLICT: {
    zh: '年份、届次或星期相互矛盾，或时间属于其他年份',
    en: 'years, anniversaries or days of the week contradict each other, or a time is of another year',
  },
  YEAR_PLACEHOLDER: { zh: '年份为占位符', en: 'a filler stands for the year (20XX年)' },
  YEAR_BY_ORDINAL: {
    zh: '年份由届次推出',
    en: 'the year follows from a count (第62个学雷锋日)',
  },
  MONTH_MISSING: { zh: '活动未写明月份', en: 'a theme names no month' },
  DIGITS_LOST: {
    zh: '月份或日期数字缺失',
    en: '月份 stands without its number, or digits of a date are missing',
  },
  ORDER_GIVES_MONTHS: {
    zh: '月份按顺序推出，请整体确认',
    en: 'the month follows from the order of the themes',
  },
  DATES_INHERITED: {
    zh: '活动时间取自总时间',
    en: 'a theme has the time of the whole plan',
  },
  LUNAR_DATE: { zh: '农历日期或清明', en: 'a day of the lunar calendar, or 清明' },
  AMBIGUOUS_DEADLINE: { zh: '期限不明确', en: '5月前: the end of April or of May' },
  CHINESE_NUMERAL_DATE: { zh: '日期为汉字数字', en: 'a date in Chinese numerals' },
  WEEKDAY_MISMATCH: {
    zh: '星期与日期不符',
    en: 'the day of the week does not fit the date',
  },
  PUBLISHED_AFTER: { zh: '发布日期晚于活动', en: 'published after the last day' },
  QUOTA_FOUND: {
    zh: '含指标数字，不予导入',
    en: 'a goal in numbers, which is not taken over',
  },
  FORCED_SERVICE: { zh: '含强制服务要求', en: 'somebody is obliged to serve' },
  PERSONAL_DATA: {
    zh: '含个人信息，已略去',
    en: 'a name, a telephone or the like, left out',
  },
  MEETING_FOUND: {
    zh: '会议或评比表彰，不计志愿服务',
    en: 'a meeting or a commendation, which is no volunteer service',
  },
  ORGANISER_EMPTY: { zh: '单位未填写', en: 'a label for a unit has no value' },
  DUPLICATE_TITLE: { zh: '活动名称重复', en: 'two themes have one title' },
  SECTION_GAP: { zh: '序号不连续', en: 'a number of a heading is missing' },
  NESTED_NUMBERING: { zh: '序号嵌套', en: 'numbers within numbers' },
  SEVERAL_PLANS: { zh: '含多篇方案', en: 'the text has several plans' },
  NEWS_TEXT: { zh: '新闻稿', en: 'a report in a newspaper' },
  TABLE_FLATTENED: { zh: '由表格识别', en: 'a table was read' },
  NO_LINE_BREAKS: { zh: '缺少换行', en: 'line breaks are lost' },
  PDF_SPACES: { zh: '含多余空格', en: 'spaces within words, as scans have them' },
  TRADITIONAL: { zh: '繁体字', en: 'traditional characters' },
  TRUNCATED_HEAD: { zh: '开头缺失', en: 'the beginning is missing' },
  TRUNCATED: { zh: '结尾缺失', en: 'the end is missing' },
  TOO_LONG: {
    zh: '内容过多，只列出前面的部分',
    en: 'there is more than a draft holds: the first part is listed',
  },
};

/** The most characters of the text that a note quotes. */
const longestQuote = 30;

const quoted = (text: string): string => {
  const short = text.replace(/\s+/g, ' ');
  return short.length > longestQuote ? `${short.slice(0, longestQuote)}…` : short;
};

const fieldWords: Readonly<Record<string, Word>> = {
  title: { zh: '名称', en: 'the title' },
  slogan: { zh: '口号', en: 'the slogan' },
  audience: { zh: '服务对象', en: 'for whom' },
  content: { zh: '内容', en: 'the content' },
  units: { zh: '单位', en: 'the units' },
  themes: { zh: '主题', en: 'the themes' },
  routines: { zh: '常态服务', en: 'the routine services' },
};

/** What a pointer into the proposal points to: 主题 2 的单位. */
const placeOf = (pointer: string, say: Say): { readonly field: string; readonly words: string } => {
  const [, list = '', index, inner] = pointer.split('/');
  const field = inner ?? list;
  const { zh, en } = fieldWords[field] ?? { zh: field, en: field };
  if (inner === undefined) return { field, words: say(zh, en) };
  const at = Number(index) + 1;
  const owner =
    list === 'themes'
      ? say(`主题 ${at} 的`, ` of theme ${at}`)
      : say(`常态服务 ${at} 的`, ` of routine service ${at}`);
  return { field, words: say(`${owner}${zh}`, `${en}${owner}`) };
};

const questionText = ({ pointer, code }: Question, say: Say): string => {
  const { field, words } = placeOf(pointer, say);
  const theme = Number(pointer.split('/')[2] ?? 0) + 1;
  const most = field in mostOf ? mostOf[field as keyof typeof mostOf] : 0;
  return {
    YEAR: say('请填写年份。', 'Fill in the year.'),
    TITLE: say('请填写方案名称。', 'Fill in the title.'),
    MONTHS: say(`请选择主题 ${theme} 的月份。`, `Choose the months of theme ${theme}.`),
    CONFIRM_MONTHS: say(
      `主题 ${theme} 的月份是推出来的，请核对。`,
      `The months of theme ${theme} were inferred: check them.`,
    ),
    TOO_MANY: say(
      `${words}超过 ${most} 个，只列出前 ${most} 个。`,
      `There are more than ${most} in ${words}: the first ${most} are listed.`,
    ),
    NO_THEMES: say('没有识别出主题，请自行填写。', 'No theme was found: fill them in.'),
    LEFT_OUT: say(
      `${words}中有文字像是含个人信息，或含无法识别的字符，未列入；请对照原文自行填写，不写个人信息。`,
      `In ${words}, words were left out that look like personal data or cannot be read: fill them in from the text, without personal data.`,
    ),
    SHORTENED: say(
      `${words}过长，只保留开头，请改写。`,
      `The words of ${words} were too long; their beginning is kept: mend it.`,
    ),
  }[code];
};

/**
 * What a person must decide, and then what they should look at: each warning once, with the words of the
 * text.
 */
export const notesOf = (
  { warnings }: Pick<Draft, 'warnings'>,
  questions: readonly Question[],
  text: string,
  say: Say,
): readonly string[] => {
  const byCode = Map.groupBy(warnings, ({ code }) => code);
  return [
    ...questions.map((each) => questionText(each, say)),
    ...[...byCode].map(([code, all]) => {
      const { zh, en } = warningWords[code];
      const quotes = all.flatMap(({ span }) =>
        span && span.end > span.start ? [`“${quoted(text.slice(span.start, span.end))}”`] : [],
      );
      const quotedAll = [...new Set(quotes)].slice(0, 3).join(say('、', ', '));
      return quotedAll === ''
        ? say(`${zh}。`, `${en}.`)
        : say(`${zh}：${quotedAll}`, `${en}: ${quotedAll}`);
    }),
  ];
};
