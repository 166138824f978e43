import type { Found, Read } from './item.ts';
import { contactNoun, fieldKindOf, paperVerb, personNoun } from './labels.ts';
import { isSum } from './table-rows.ts';
import type { Candidate } from './themes.ts';
import { ends, type Part } from './titles.ts';

/** What is known of the end of a text. */
interface Ending {
  readonly read: Read;
  readonly found: Found;
  readonly candidates: readonly Candidate[];
}

/** What a line of a list begins with: a number, a sign, or a month, also one that has lost its number. */
const numbered =
  /^(?:\(?[\d一二三四五六七八九十]{1,3}[)、.]|[●■◆·•-]|[\d一二三四五六七八九十]{0,3}月份?:?|(?:20\d\d年|次年|明年|翌年)\d{1,2}月份?:?|第?[一二三四1-4]季度:?|(?:常年|全年|长期|日常|平时|[^,。:]{2,4}期间|[上下]半年|年[初中末底]):|(?:常年|全年|每[周月天日季]))/;

/** 责任单位:X: a label for units with its value, at the end of an activity. */
const isUnitLabel = (line: string): boolean => {
  const [, label = '', value = ''] = /^([^:]{2,8}):([^,。;:]{2,40})$/.exec(line) ?? [];
  return fieldKindOf(label)?.field === 'unit' && !/[、和与及的在由]$/.test(value);
};

/** Lines below a plan that say whom it is sent to and who prints it, as official papers have them. */
const distribution =
  /^(?:抄[送报]|主送|分送|印发|报送?|发送?):|印发(?:\(.{0,8}\))?$|^\(?(?:此件)?(?:公开|依申请公开|不予公开)/;

/** How a line is numbered, whatever its number. */
const formOf = (line: string): string =>
  (numbered.exec(line)?.[0] ?? '').replace(/\d+/, '1').replace(/[一二三四五六七八九十]+/, '一');

/** Whether the lines of a list end without a sign, so that its last one need not have one. */
const endsOpen = (text: string, line: string): boolean => {
  const words = line.replace(numbered, '');
  const form = formOf(line);
  const items = text
    .slice(0, -line.length)
    .split('\n')
    .filter((each) => numbered.test(each) && formOf(each) === form);
  const open = items.filter((each) => !/[。;,!)]$/.test(each)).length;
  return (
    // 5月:义诊: of a name so short nothing is missing where no line of the list has a sign at its end.
    (words.length > 3 || (words.length > 1 && items.length > 0 && open === items.length)) &&
    fieldKindOf(words) === undefined &&
    // 1、开展宣传。以…: what follows the heading is a sentence, and has a sign at its end.
    !words.includes('。') &&
    !/(?:[,、:的和与及到在对向为由以将于]|通过|组织|开展)$/.test(line) &&
    open * 2 >= items.length
  );
};

/** Whether the text stops at the name of the last activity, while it says more of those before it. */
export const isCutOff = ({ plan }: Read, candidates: readonly Candidate[]): boolean => {
  const sizes = candidates.map(({ item }) => item.whole.to - item.heading.to);
  const last = sizes.pop() ?? 0;
  const ends = candidates.at(-1)?.item.whole.to ?? 0;
  return (
    sizes.length > 0 &&
    sizes.every((size) => size > 12) &&
    last <= 3 &&
    ends >= plan.chars.trimEnd().length
  );
};

/** The name of whoever a plan is from, alone in its line. */
const signing =
  /^[^,。;:、“”]{3,}(?:[大中小]学|幼儿园|[科处]|办公室|公司|集团|协会|联合会|中心|团支部|图书馆|支队|站所?|村|组)$/;

/** 义诊(10月): the time of what is named stands in brackets behind it. */
const timed = /\([^()]{0,12}[月日季度][^()]{0,12}\)$/;
/** 审核人:某某, 联系人 某某: labels for people, as papers have them below the text. */
const people = new RegExp(
  `^.{0,8}?(?:(?:${personNoun}|${contactNoun})[^。]{0,60}|${paperVerb}:[^。]{2,60})(?<![,、和与的在到对向为由要将])$`,
);
/** The name of an activity alone in its line. */
const isName = (line: string): boolean =>
  line.length <= 24 && !/[,。;:]|[日月周节类]$/.test(line) && ends.test(line);

/** How much of a text's end is shown to a person. */
const longestEnd = 20;

/** The end of a text that stops in the middle; undefined when it ends as texts end. */
export const endOfText = ({ read, found, candidates }: Ending): Part | undefined => {
  const { chars } = read.plan;
  const text = chars.trimEnd();
  if (text === '') return undefined;
  const last = text.at(-1) ?? '';
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const from = Math.max(text.length - line.length, text.length - longestEnd);
  // A table whose last row is whole, and lines that all end without a sign, end so too.
  if (found.rows.at(-1)?.isWhole && (found.rows.at(-1)?.whole.to ?? 0) >= text.length)
    return undefined;
  // A quote or a bracket ends a sentence that ends within it, a line that is a name, or a list of names with times.
  const isClosed =
    /[”》)】]/.test(last) &&
    (line.length <= 30 || /[。!?…]/.test(text.at(-2) ?? '') || timed.test(line));
  const isSentence = /[。!?;.…]/.test(last) || isClosed;
  const isSignature =
    (line.length <= 24 && /[\d一二三四五六七八九十]日$|[局委办会部社区校院队街道镇]$/.test(line)) ||
    (line.length <= 24 && signing.test(line)) ||
    isName(line) ||
    (line.length <= 60 && /电话[^,。]*?:?\(?[\d-]{7,}$/.test(line));
  const isList = line.length <= 40 && numbered.test(line) && endsOpen(text, line);
  const isLabel = isUnitLabel(line.slice(line.lastIndexOf('。') + 1));
  const isDistribution = line.length <= 80 && distribution.test(line);
  // 合计, and in the next line how many.
  const above = text.slice(0, -line.length).trimEnd().split('\n').at(-1) ?? '';
  const isFoot = people.test(line) || isSum(line) || (isSum(above) && line.length <= 8);
  if (!isSentence && !isSignature && !isList && !isLabel && !isDistribution && !isFoot)
    return { from, to: text.length };
  return isCutOff(read, candidates) ? { from, to: text.length } : undefined;
};
