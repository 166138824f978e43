import { type DateToken, datesIn } from './dates.ts';
import { headingAt } from './heading.ts';
import type { Item, Read } from './item.ts';

/** What is done by its name: 开展“暖冬”行动, 举办《经典》朗读. */
const named =
  /(?:开展|举办|举行|组织|启动|开设|开办)(?:好|完成|一次|一场|一期|系列)*(?:“[^”\n]{2,40}”|《[^》\n]{2,40}》)/;
/** A verb for what is done, named or not. */
const doing =
  /开展|举办|举行|组织|召开|启动|参加|慰问|走访|清扫|清理|植树|宣讲|放映|祭扫|义诊|走进|宣传|评选|表彰|招募|开设/;

const isWide = ({ form, points }: DateToken): boolean =>
  form !== 'before' && points.length > 0 && points.every(({ day }) => day === null);

/**
 * The activities of a paragraph that begins with a quarter or a month and has a sentence for each of them
 * (第一季度,重在关爱。开展“…”行动。3月8日举办…). The paragraph's time is that of those that state none.
 * @returns none where the paragraph is one activity
 */
export const framed = ({ plan, dates }: Read, frame: DateToken): readonly Item[] => {
  const { chars } = plan;
  if (!isWide(frame)) return [];
  const lineEnd = chars.indexOf('\n', frame.end);
  const to = lineEnd < 0 ? chars.length : lineEnd;
  const own = datesIn(dates, { from: frame.end, to });
  const time = { from: frame.start, to: frame.end };
  const months = frame.points.map(({ month }) => month);
  // 3月组织义诊。5月组织植树。: sentence after sentence has its month.
  const isFirstOfMany =
    own.length > 0 &&
    own.every(({ points }) => points.every(({ month }) => !months.includes(month)));
  const items: Item[] = [];
  let isDoneFirst = false;
  for (let from = frame.end; from < to; ) {
    const length = chars.slice(from, to).search(/[。;]/);
    const end = length < 0 ? to : from + length;
    const sentence = chars.slice(from, end);
    const token = own.find(
      ({ start }) => start >= from && start < end && /^[^,]{0,6}$/.test(chars.slice(from, start)),
    );
    const isNamed = named.test(sentence);
    if (from === frame.end) isDoneFirst = doing.test(sentence);
    const isFirst = from === frame.end && isFirstOfMany && isDoneFirst && frame.form === 'each';
    if (isNamed || isFirst || (token && doing.test(sentence))) {
      const start = token?.start ?? from;
      const heading = headingAt(plan, start, end, false);
      items.push({
        heading,
        whole: { from, to: end },
        body: { from: heading.next, to: end },
        children: [],
        time: token ? { from: token.start, to: token.end } : time,
      });
    }
    from = end + 1;
  }
  // One sentence that says what is done, and others that say how, are one activity.
  const isSeveral = isDoneFirst ? items.length > 1 : items.length > 0;
  return isSeveral ? items : [];
};
