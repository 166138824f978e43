import {
  areaHeading,
  besideNumber,
  besidePhone,
  guardian,
  headings,
  kinds,
  nouns,
  ownWords,
  secondary,
  somebody,
  titleOfOthers,
  titleOfVolunteers,
  unread,
} from './known-headings.ts';

export type Column = keyof typeof headings;
/** What another person can have too. */
export type Property = keyof typeof nouns;

/** What a heading says of its column. */
export interface Meaning {
  /** What is read from the column, if it is about the volunteer or the guardian. */
  readonly column?: Column;
  /** The other person whom the column is about, as the heading calls them. */
  readonly person?: string;
  /** What the column holds of that person, or for another purpose: 单位电话. */
  readonly property?: Property;
  /** The heading says itself that the column is about the person in the row: 本人电话. */
  readonly isOwn?: boolean;
  /** A relation to somebody whom the heading does not name: 与本人关系. */
  readonly isOpen?: boolean;
}

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
const ofOthers = /监护|家长|紧急|备用|单位|办公|父|母|配偶|家属|子女/;
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

/** A kind of people, or a role: whoever is called so is not certainly the person in the row. */
const isPerson = (word: string): boolean =>
  guardian.test(word) || (somebody.test(word) && !/志愿|义工/.test(word));

const ofGuardian: Readonly<Partial<Record<Property, Column>>> = {
  name: 'guardianName',
  phone: 'guardianPhone',
  documentNumber: 'guardianNumber',
  relation: 'guardianRelation',
};

const endings = (Object.keys(nouns) as Property[]).map((property) => ({
  property,
  alone: new RegExp(`^(?:${nouns[property]})$`),
  behind: new RegExp(`^(.+?)(?:的|之)?(?:${nouns[property]})$`),
}));

/** Names that a person has beside the one in the list. */
const otherNames = /英文|外文|曾用|拼音|户籍|单位|学校/;
/** To whom a relation is, when that is the person in the row. */
const toVolunteer = /^与?(?:其|本人|志愿者|孩子|儿童|学生|义工|申请人|报名人)?$/;

/** What is said of a relation by the words before the noun. */
const relationOf = (to: string): Meaning => {
  if (/监护|家长/.test(to)) return { column: 'guardianRelation' };
  if (toVolunteer.test(to)) return { column: 'guardianRelation', isOpen: true };
  return { property: 'relation' };
};

/** A heading in its bare form, without the words for the person in the row. */
const plainMeaning = (text: string): Meaning | undefined => {
  const known = byHeading.get(text);
  if (known) return { column: known };
  if (areaHeading.test(text)) return { column: 'area' };
  if (guardian.test(text)) return { column: 'guardianName' };
  const relation = /^(.*?)(?:关系|称谓)$/.exec(text);
  if (relation) return relationOf(relation[1] ?? '');
  const alone = endings.find((ending) => ending.alone.test(text))?.property;
  if (alone) return { column: alone as Column };
  return undefined;
};

/** A heading that says whose something is: 配偶姓名, 户主电话, 监护人身份证号, 单位地址. */
const meaningOfAnother = (text: string): Meaning | undefined => {
  for (const { property, behind } of endings) {
    const whose = behind.exec(text)?.[1];
    if (whose === undefined) continue;
    if (guardian.test(whose)) {
      const column = ofGuardian[property];
      return column ? { column } : { person: whose, property };
    }
    if (isPerson(whose) || kinds.test(whose) || (property === 'name' && !otherNames.test(whose)))
      return { person: whose, property };
    return { property };
  }
  return undefined;
};

/**
 * The column of a heading with several words or two languages, if all its known parts agree. A phone
 * may share its column with other contacts, and an ID number with other documents.
 */
const columnOfParts = (text: string): Column | undefined => {
  const parts = text
    .split(/[/|、,\n或]|(?<=\p{Script=Han})\s*(?=[a-z])|(?<=[a-z])\s*(?=\p{Script=Han})/u)
    .map((part) => ({ text: bare(part), column: own(bare(part))?.column }))
    .filter((part) => part.text !== '');
  const [column, ...more] = new Set(parts.flatMap((part) => part.column ?? []));
  const isClear = parts.every(
    (part) =>
      part.column !== undefined ||
      /^[a-z\d]+$/.test(part.text) ||
      (column === 'phone' && besidePhone.test(part.text)) ||
      (column === 'documentNumber' && besideNumber.test(part.text)),
  );
  return more.length === 0 && isClear ? column : undefined;
};

/** A heading about the person in the row, without the words that say so. */
const own = (text: string): Meaning | undefined => {
  const found = plainMeaning(text);
  if (found) return found;
  const rest = text.replace(ownWords, '');
  // 党员志愿者 is no heading for a name, as 志愿者 is: it is a group of people.
  if (rest === text || rest === '') return undefined;
  const meaning = own(rest);
  return meaning && { ...meaning, isOwn: meaning.column !== 'guardianName' };
};

const meaningOfText = (text: string): Meaning => {
  const whole = bare(text);
  const found = own(whole);
  if (found) return found;
  const column = columnOfParts(text);
  if (column) return { column };
  const rest = whole.replace(ownWords, '') || whole;
  const another = meaningOfAnother(rest) ?? meaningOfAnother(whole);
  if (another) return another;
  return isPerson(whole) && !unread.test(whole) ? { person: whole, property: 'name' } : {};
};

/** What a heading says. Empty for one that is not read or not known. */
export const meaningOf = (heading: string): Meaning => {
  if (heading === '' || heading.length > maxHeading) return {};
  const text = compared(heading);
  const outside = text.replace(bracketed, '');
  const notes = (text.match(bracketed) ?? []).map((note) => note.slice(1, -1));
  const others = notes.filter((note) => ofOthers.test(note) || isPerson(bare(note)));
  if (others.length > 0) return meaningOfText(others.join('') + outside);
  return meaningOfText(bare(outside) === '' ? notes.join('') : outside);
};

/** The column with this heading, or undefined. */
export const columnFor = (heading: string): Column | undefined => meaningOf(heading).column;

/** Whether a heading of a column is less exact than others: 报名手机号, beside 手机. */
export const isSecondary = (heading: string, column: Column): boolean =>
  secondary[column]?.test(bare(compared(heading).replace(bracketed, ''))) === true;

/** Whether a text is known as the heading of something that names nobody, and is not read. */
export const isUnread = (heading: string): boolean => {
  if (heading.length > maxHeading) return false;
  const text = bare(compared(heading).replace(bracketed, ''));
  return unread.test(text) || unread.test(text.replace(ownWords, ''));
};

/** Whether a text is a heading, also of a column that is not read. */
export const isHeading = (text: string): boolean => {
  const { column, property } = meaningOf(text);
  return column !== undefined || property !== undefined || isUnread(text);
};

const groupNouns = /(?:信息|情况|资料|栏)?(?:登记|汇总|统计|一览)?(?:表|名单|名册|花名册)?$/;
/** Words over the columns about the person in the row. */
const volunteers = /^(?:志愿者|义工|本人|个人|报名人|申请人|人员|队员|学生)?(?:本人|个人|基本)?$/;

/** Whether a word is that of a group of columns about one person, or of somebody: 紧急联系人信息. */
export const personOver = (group: string): 'volunteer' | 'guardian' | 'other' | undefined => {
  const word = bare(compared(group)).replace(groupNouns, '');
  if (word !== '' && volunteers.test(word)) return 'volunteer';
  if (guardian.test(word)) return 'guardian';
  return isPerson(word) ? 'other' : undefined;
};

/** Whether a text over a list says that the people below it are no volunteers: 服务对象. */
export const isOverOthers = (text: string): boolean => {
  const title = bare(compared(text).replace(bracketed, ''));
  return titleOfOthers.test(title) && !titleOfVolunteers.test(title);
};

/** Words over a group of columns that do not change what the columns mean. */
const groups = /^(?:身份|证件|身份证件|联系|联系方式|服务|居住|户籍|所属|其他)?$/;

/** What a heading says that has another heading above it, as with merged cells. */
export const meaningOfBoth = (upper: string, lower: string): Meaning => {
  if (plain(lower) === '' || plain(upper) === plain(lower)) return meaningOf(upper);
  if (plain(upper) === '') return meaningOf(lower);
  const group = plain(upper).replace(groupNouns, '');
  const below = meaningOf(lower);
  switch (personOver(upper)) {
    case 'volunteer':
      return below;
    case 'guardian': {
      if (below.column?.startsWith('guardian')) return below;
      const column = ofGuardian[(below.property ?? below.column) as Property];
      return below.person === undefined && column ? { column } : { ...below, column: undefined };
    }
    case 'other':
      return {
        person: group,
        property: (below.column ?? below.property ?? 'relation') as Property,
      };
    default: {
      const both = meaningOf(`${group}${lower}`);
      if (both.column || both.person) return both;
      if (groups.test(group)) return below;
      // The lower text is a note: 11 位.
      return isHeading(lower) || ofOthers.test(lower)
        ? { property: both.property }
        : meaningOf(upper);
    }
  }
};
