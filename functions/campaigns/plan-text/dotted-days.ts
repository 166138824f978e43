/** 3.5 学雷锋日便民: a line that begins with a month and a day. */
const dotted =
  /(?<=^|\n)(1[0-2]|0?[1-9])[.·](3[01]|[12]\d|0?[1-9])(?=[:、,(\t]?[\p{Script=Han}“])/gu;
/** Fewer lines may be the numbers of sections as well. */
const leastDays = 3;
/** No section has so many subsections. */
const leastLateDay = 10;

/** In place of the sign between month and day, where a line begins with them; no text is read with it. */
export const daySign = '\u2027';

/**
 * Where the signs between month and day are in lines that begin with them: at least three lines in order, which
 * are no numbers of sections (1.1, 1.2, 2.1).
 */
export const findDaySigns = (chars: string): readonly number[] => {
  const found = [...chars.matchAll(dotted)].map(({ index, 1: month = '', 2: day = '' }) => ({
    sign: index + month.length,
    month: Number(month),
    day: Number(day),
  }));
  const orders = found.map(({ month, day }) => month * 100 + day);
  const isInOrder = orders.every((each, index) => index === 0 || each > (orders[index - 1] ?? 0));
  const areCounted = orders.filter((each, index) => each === (orders[index - 1] ?? 0) + 1).length;
  const isLate = found.some(({ day }) => day >= leastLateDay);
  return found.length >= leastDays && isInOrder && isLate && areCounted * 2 < found.length
    ? found.map(({ sign }) => sign)
    : [];
};
