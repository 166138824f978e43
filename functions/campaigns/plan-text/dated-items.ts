import type { DateToken } from './dates.ts';
import { framed } from './framed-lines.ts';
import { headingAt } from './heading.ts';
import { type Item, type Read, within } from './item.ts';
import { findFields } from './labels.ts';
import { planForms } from './plan-title.ts';
import type { Part } from './titles.ts';
import { areOnlyUnits } from './unit-names.ts';
import { unitsInCell } from './units.ts';

const doing =
  /^(?:”?(?:上午|下午|晚上?|当[天晚日]))?,?(?:[^,。;\n]{0,16},){0,2}[^,。;\n]{0,20}(?:开展|举办|举行|组织|召开|进行|启动|参加|集中|评选|表彰|慰问|走访|清扫|清理|植树|宣讲|放映|祭扫|义诊|走进|宣传)/;

/** A month in which the times after it lie is that of all of them, and no activity. */
const withoutFrame = (tokens: readonly DateToken[]): readonly DateToken[] => {
  const [first, ...rest] = tokens;
  const months = first?.points.map(({ month }) => month) ?? [];
  const isWhole = first?.points.every(({ day }) => day === null) ?? false;
  const inside = rest.filter(({ points }) => points.every(({ month }) => months.includes(month)));
  return isWhole && rest.length >= 2 && inside.length === rest.length ? rest : tokens;
};

/** 3月份是学雷锋月,我们将开展…: not only what the month is. */
const isMonthPlanned = /^是[^,。;\n]{2,16}月,(?:我们|社区|我[校院局])?(?:将|要)(?:开展|举办|组织)/;

const namesPlan = new RegExp(`(?:${planForms}|通知)$`);

/** What a line or a clause with a time is, that is no activity: the plan's title, a report, a day explained. */
export const isNoActivity = (chars: string, { start, end }: DateToken): boolean => {
  const after = /^[^。;\n]{0,40}/.exec(chars.slice(end, end + 40))?.[0] ?? '';
  const isLine = start === 0 || chars[start - 1] === '\n';
  return (
    (/^(?:是|为(?!期))/.test(after) && !isMonthPlanned.test(after)) ||
    /记者|获悉|据悉|本报/.test(after) ||
    (isLine && namesPlan.test(after))
  );
};

/** Lines that begin with a time, and sentences that do, where there are no headings. */
export const dated = (read: Read, { from, to }: Part): readonly Item[] => {
  const { plan } = read;
  const { chars } = plan;
  const isLead = (token: DateToken): boolean => {
    const lead = chars.slice(chars.lastIndexOf('\n', token.start - 1) + 1, token.start);
    return lead.length <= 4 && /^[\s\p{P}\p{S}]*[在于]?$/u.test(lead);
  };
  const inside = within(read, { from, to }).filter((token) => !isNoActivity(chars, token));
  const ofLines = inside.filter(isLead);
  const ofClauses = inside.filter((token) => doing.test(chars.slice(token.end, token.end + 40)));
  const clauses = withoutFrame(ofClauses);
  // Where sentence after sentence begins with a time, each is an activity, whatever its verb.
  const ofSentences = inside.filter(
    ({ start }) => start === from || /[。;:\n]/.test(chars[start - 1] ?? ''),
  );
  const sentences =
    ofSentences.length >= 3 && ofSentences.length > clauses.length ? ofSentences : clauses;
  const used = ofLines.length >= Math.max(2, sentences.length) ? ofLines : sentences;
  const paragraphs = new Map(ofLines.map((token) => [token, framed(read, token)]));
  const isWithin = new Uint8Array(to - from + 1);
  for (const { whole } of [...paragraphs.values()].flat())
    isWithin.fill(1, whole.from - from, whole.to - from);
  return used.flatMap((token, index) => {
    const several = paragraphs.get(token) ?? [];
    if (several.length > 0) return several;
    if (isWithin[token.start - from] === 1) return [];
    const next = used[index + 1]?.start ?? to;
    const line = chars.indexOf('\n', token.end);
    const isLine = used === ofLines;
    const sentence = chars.slice(token.end, next).search(/[。;\n]/);
    const end = isLine ? next : sentence < 0 ? next : token.end + sentence;
    const headEnd = isLine && line >= 0 && line < next ? line : end;
    const heading = headingAt(plan, token.start, headEnd, false);
    const isBare = heading.to <= token.end;
    // 县妇联定于3月8日举办…: who does it stands before the time.
    const lead = /[^,。;:\n]{2,30}[于在将拟]$/.exec(
      chars.slice(Math.max(from, token.start - 32), token.start),
    );
    // 县医院:3月24日…: whose activity it is.
    const owner = /(?<=^|\n)([^,。;:\n\t]{2,40}):$/.exec(
      chars.slice(Math.max(from, token.start - 42), token.start),
    )?.[1];
    const owners =
      owner !== undefined && areOnlyUnits(owner)
        ? unitsInCell(plan, {
            from: token.start - 1 - owner.length,
            to: token.start - 1,
            role: 'responsible',
          })
        : undefined;
    const item: Item = {
      heading: isBare ? headingAt(plan, heading.next, Math.max(heading.next, end), false) : heading,
      whole: { from: token.start, to: end },
      body: { from: token.end, to: end },
      children: [],
      time: { from: token.start, to: token.end },
      ...(owners && { owners }),
      ...(lead && { sentence: { from: token.start - lead[0].length, to: end } }),
    };
    return [item];
  });
};

/** The activity of a line that begins with its time, with the lines below it. */
export const lineItem = ({ plan }: Read, { start, end }: DateToken, to: number): Item => {
  const line = plan.chars.indexOf('\n', end);
  const heading = headingAt(plan, start, line < 0 ? to : Math.min(line, to), false);
  const isBare = heading.to <= end;
  return {
    heading: isBare ? headingAt(plan, heading.next, Math.max(heading.next, to), false) : heading,
    whole: { from: start, to },
    body: { from: end, to },
    children: [],
    time: { from: start, to: end },
  };
};

/** Headings that name no activity: what they list has the times. */
const isTask = /^(?:\(.{0,8}\))?[^“《]*$/;

/**
 * The activities that the text of an item lists by their times, in lines or clauses (在4月,…\n在5月,…); none
 * unless there are several at different times.
 */
export const datedIn = (read: Read, item: Item): readonly Item[] => {
  const { chars } = read.plan;
  const { heading, body } = item;
  if (!isTask.test(chars.slice(heading.from, heading.to))) return [];
  if (within(read, heading).length > 0) return [];
  if (
    findFields(read.plan, item.whole.from, item.whole.to).some(({ kind }) => kind.field === 'time')
  )
    return [];
  const found = dated(read, { from: heading.from, to: body.to });
  const times = new Set(found.map(({ time }) => time && chars.slice(time.from, time.to)));
  return times.size === found.length && found.length >= 2 ? found : [];
};
