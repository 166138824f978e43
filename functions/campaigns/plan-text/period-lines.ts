import { type Item, type Read, type Section, startOf } from './item.ts';
import { fieldKindOf } from './labels.ts';
import { openNumber, type Part } from './titles.ts';

const festival =
  '(?:国庆|五一|十一|元旦|春节|元宵|清明|端午|中秋|重阳|七夕|腊八|三八|五四|六一|七一|八一|双节|两节)节?';
/** A time that is no month: 国庆期间, 春节前, 暑假, 上半年, 年底; or a month without its number: ( )月. */
const occasion = `(?:[^,。;:、(\\n\\t]{2,8}期间|${festival}(?:[长小]?假期?|假日)?(?:前后|前夕|之?前|后|当[天日]|来临之际|到来之际)?|(?:寒暑假|寒假|暑假|暑期|开学季?|[上下]半年|年[初中末底]|岁末|[春夏秋冬]季|汛期|高考|中考)(?:前后?|后)?|${openNumber}?月份?(?=:))`;
/** 清明节:… may also be a part of what the month is for. */
const isDay = new RegExp(`^${festival}$`);
/** What says that something is done, right behind such a time or behind who does it. */
const doing =
  '(?=,?(?:[^,。;:、\\n]{0,12}?(?:开展|举办|举行|组织)|进行|完成|慰问|走访|看望|集中|做好|参加|提供)[^\\n。;]{2})';
/** 国庆期间:…, 春节前开展…: a clause for such a time. */
const clause = new RegExp(`(?<=[\\n。;:])(${occasion})(?:(:)(?=[^\\n。;]{2})|${doing})`, 'g');

const endOfLine = (chars: string, from: number): number => {
  const end = chars.indexOf('\n', from);
  return end < 0 ? chars.length : end;
};

const endOfClause = (chars: string, from: number): number => {
  const length = chars.slice(from, endOfLine(chars, from)).search(/[。;]/);
  return length < 0 ? endOfLine(chars, from) : from + length;
};

/** Whether a line begins with a label (责任单位:…). */
const isLabelled = (chars: string, at: number): boolean => {
  const label = /^([^:\n]{2,8}):/.exec(chars.slice(at, at + 9))?.[1];
  return label !== undefined && !label.endsWith('期间') && fieldKindOf(label) !== undefined;
};

/** The end of the labels in the lines below one that ends at `to`. */
const withLabels = (chars: string, to: number): number =>
  chars[to] === '\n' && isLabelled(chars, to + 1)
    ? withLabels(chars, endOfLine(chars, to + 1))
    : to;

interface Period {
  readonly label: Part;
  /** What is done. */
  readonly said: Part;
  readonly isLine: boolean;
  readonly hasColon: boolean;
}

const periodsIn = (chars: string): readonly Period[] =>
  [...chars.matchAll(clause)].map(({ index, 0: whole, 1: label = '', 2: colon }) => {
    const from = index + whole.length;
    const isLine = chars[index - 1] === '\n';
    return {
      label: { from: index, to: index + label.length },
      said: { from, to: isLine ? endOfLine(chars, from) : endOfClause(chars, from) },
      isLine,
      hasColon: colon !== undefined,
    };
  });

/** Whether activities are lines and nothing below them, but labels and the lines of such periods. */
const areLines = (chars: string, items: readonly Item[], periods: ReadonlySet<number>): boolean =>
  items.every(({ whole }) => {
    for (let at = endOfLine(chars, whole.from) + 1; at < whole.to; at = endOfLine(chars, at) + 1)
      if (!periods.has(at) && !isLabelled(chars, at)) return false;
    return true;
  });

/**
 * Activities beside those of the months that name a time which is no month, in lines or clauses of the same form.
 * The month is not guessed: a person is asked for it.
 */
export const periodItems = (
  { plan }: Read,
  items: readonly Item[],
  sections: readonly Section[],
): readonly Item[] => {
  const { chars } = plan;
  const [first] = items;
  // Only where months stand before activities in the same form.
  if (!first || !items.every(({ time, isCell }) => time !== undefined && !isCell)) return [];
  const others = sections.filter(({ kind }) => kind !== 'content');
  const all = periodsIn(chars).filter(
    ({ label }) => !others.some(({ from, to }) => from <= label.from && label.from < to),
  );
  const isInLine = items.some((item) => /[。;:]/.test(chars[startOf(item) - 1] ?? ''));
  const lines = new Set(all.filter(({ isLine }) => isLine).map(({ label }) => label.from));
  // Below an activity with more than its line, 国庆期间开展… may be a part of it.
  const areShort = areLines(chars, items, lines);
  const starts = new Set(items.map(startOf));
  return all
    .toReversed()
    .filter(({ label, said, isLine, hasColon }) => {
      const isNamed = hasColon && !isDay.test(chars.slice(label.from, label.to));
      const isOfForm = isLine ? isNamed || areShort : isInLine;
      // Before the first activity only what it follows at once.
      const isListed = label.from > startOf(first) || starts.has(said.to + 1);
      if (isOfForm && isListed) starts.add(label.from);
      return isOfForm && isListed;
    })
    .toReversed()
    .map(({ label, said, isLine }) => ({
      heading: said,
      whole: { from: label.from, to: isLine ? withLabels(chars, said.to) : said.to },
      body: { from: said.to, to: said.to },
      children: [],
      time: label,
      hasOwnTime: true,
    }));
};
