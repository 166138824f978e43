import {
  besidePhone,
  headings,
  ofSomebodyElse,
  ownWords,
  unreadHeadings,
} from './known-headings.ts';

export type Column = keyof typeof headings;

const byHeading: ReadonlyMap<string, Column> = new Map(
  Object.entries(headings).flatMap(([column, names]) =>
    names.map((name): [string, Column] => [name, column as Column]),
  ),
);

/** Characters of headings as written in Hong Kong, Macau and Taiwan, each with its simplified form. */
const traditional: ReadonlyMap<string, string> = new Map(
  [
    '機机',
    '電电',
    '話话',
    '聯联',
    '繫系',
    '絡络',
    '號号',
    '碼码',
    '證证',
    '類类',
    '別别',
    '區区',
    '關关',
    '監监',
    '護护',
    '願愿',
    '務务',
    '長长',
    '屬属',
    '在在',
    '編编',
    '戶户',
    '種种',
    '歲岁',
    '鎮镇',
    '鄉乡',
    '間间',
  ].map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

const bracketed = /[([【〔「《<{][^([【〔「《<{)\]】〕」》>}]*[)\]】〕」》>}]/g;
/** Notes that give a column another meaning: it is about another person, or for another purpose. */
const ofOthers = /监护|家长|紧急|单位|办公|父|母|配偶|家属|子女/;
/** Characters of the longest heading. Forms put a whole question there. */
const maxHeading = 200;

/** A text in the form in which headings and vocabulary words are compared. */
const compared = (text: string): string =>
  [...text.normalize('NFKC').replace(/\p{Cf}/gu, '')]
    .map((character) => traditional.get(character) ?? character)
    .join('')
    .toLowerCase();

const squeezed = (text: string): string =>
  text
    .replace(/必填项?|选填项?|required|optional/g, '')
    .replace(/[\s*:：_·.、,;/|\p{Pd}]|^\d+(?=\D)/gu, '');

/** A word in the form of the vocabularies: without blanks, punctuation and notes in brackets. */
export const plain = (text: string): string => squeezed(compared(text).replace(bracketed, ''));

/** A heading without the number of its question, the number of digits it asks for, and marks. */
const bare = (text: string): string =>
  squeezed(text.replace(/^\s*(?:第?\d+题|q\d+|[一二三四五六七八九十]+、)/, ''))
    .replace(/[^\p{L}\p{N}#]/gu, '')
    .replace(/(?:\d+位数?)?\d*$/, '')
    .replace(/(?<=.)(?:是什么|是多少|是)$/, '');

/** What a table has for a heading, or for the heading without words for the person in the row. */
const lookUp = <T>(heading: string, find: (heading: string) => T | undefined): T | undefined => {
  const found = find(heading);
  if (found !== undefined) return found;
  const rest = heading.replace(ownWords, '');
  // 党员志愿者 is no heading for a name, as 志愿者 is: it is a group of people.
  return rest === heading || rest.replace(ownWords, '') === '' ? undefined : lookUp(rest, find);
};
const known = (text: string): Column | undefined =>
  lookUp(bare(text), (heading) => byHeading.get(heading));

/**
 * The column of a heading with several words or two languages, if all its known parts agree. A phone
 * may share its column with other contacts.
 */
const columnOfParts = (text: string): Column | undefined => {
  const parts = text
    .split(/[/|、,\n或]|(?<=\p{Script=Han})\s*(?=[a-z])|(?<=[a-z])\s*(?=\p{Script=Han})/u)
    .map((part) => ({ text: bare(part), column: known(part) }))
    .filter((part) => part.text !== '');
  const [column, ...others] = new Set(parts.flatMap((part) => part.column ?? []));
  const isClear = parts.every(
    (part) =>
      part.column !== undefined ||
      /^[a-z\d]+$/.test(part.text) ||
      (column === 'phone' && besidePhone.has(part.text)),
  );
  return others.length === 0 && isClear ? column : undefined;
};

/** The column with this heading, or undefined. */
export const columnFor = (heading: string): Column | undefined => {
  if (heading === '' || heading.length > maxHeading) return undefined;
  const text = compared(heading);
  const outside = text.replace(bracketed, '');
  const notes = (text.match(bracketed) ?? []).map((note) => note.slice(1, -1));
  const others = notes.filter((note) => ofOthers.test(note));
  if (others.length > 0) return known(others.join('') + outside);
  if (bare(outside) === '') return known(notes.join(''));
  return known(outside) ?? columnOfParts(outside);
};

/** Whether a text is a heading, also of a column that is not read. */
export const isHeading = (text: string): boolean =>
  columnFor(text) !== undefined ||
  (text.length <= maxHeading &&
    lookUp(bare(compared(text).replace(bracketed, '')), (heading) =>
      unreadHeadings.has(heading) ? true : undefined,
    ) === true);

/** Whether a column holds names of somebody else than the person in the row: 紧急联系人. */
export const isOfSomebodyElse = (heading: string): boolean =>
  heading.length <= maxHeading &&
  columnFor(heading) !== 'name' &&
  ofSomebodyElse.test(plain(heading));

/** Whether a heading says itself that the column is about the person in the row: 本人电话. */
export const isOwn = (heading: string): boolean => ownWords.test(plain(heading));

/** Words over a group of columns that do not change what the columns mean. */
const groups = new Set([
  '',
  '基本',
  '个人',
  '个人基本',
  '志愿者',
  '志愿者基本',
  '人员',
  '人员基本',
  '本人',
  '身份',
  '证件',
  '身份证件',
  '联系',
  '联系方式',
  '服务',
  '居住',
  '户籍',
  '所属',
]);

/** The column with a heading that has another heading above it, as with merged cells. */
export const columnForBoth = (upper: string, lower: string): Column | undefined => {
  if (plain(lower) === '' || plain(upper) === plain(lower)) return columnFor(upper);
  if (plain(upper) === '') return columnFor(lower);
  const group = plain(upper).replace(/信息|情况|资料|栏/g, '');
  return (
    columnFor(`${group}${lower}`) ??
    (groups.has(group) ? columnFor(lower) : undefined) ??
    // The lower text is a note: 11 位.
    (isHeading(lower) || ofOthers.test(lower) ? undefined : columnFor(upper))
  );
};
