import { hasContactDetails } from '../http/contact-details.ts';
import { isCard, isLandline, isMobile, isMobileOrId } from '../http/person-numbers.ts';
import { plainText } from '../http/plain-text.ts';
import { recipientNamesIn } from './recipient-names.ts';

/** What a text that is published must not hold. */
export type PersonalKind =
  | 'phone'
  | 'id-number'
  | 'bank-card'
  | 'contact'
  | 'address'
  | 'plate'
  | 'recipient-name';

export interface PersonalPlace {
  readonly kind: PersonalKind;
  /** The position in the text, in UTF-16 units. */
  readonly at: number;
}

/** What it is, and what to do. */
export const personalWords: Readonly<
  Record<PersonalKind, { readonly zh: string; readonly en: string }>
> = {
  phone: {
    zh: '像电话号码；请删去，写“详询居委会”等',
    en: 'looks like a telephone number: leave it out, and name an office to ask',
  },
  'id-number': { zh: '像身份证件号码；请删去', en: 'looks like an ID number: leave it out' },
  'bank-card': {
    zh: '像银行卡号；请删去',
    en: 'looks like the number of a bank card: leave it out',
  },
  contact: {
    zh: '像联系方式（号码、邮箱、社交账号或坐标）；请删去',
    en: 'looks like contact details (a number, an e-mail address, an account or coordinates): leave it out',
  },
  address: {
    zh: '像详细到门户的住址；请只写到社区或小区',
    en: 'looks like an address down to the door: name the community only',
  },
  plate: { zh: '像车牌号；请删去', en: 'looks like a number plate: leave it out' },
  'recipient-name': {
    zh: '像服务对象的姓名或称呼；服务对象一律不署名，请写“一位老人”等',
    en: 'looks like the name of somebody who was served: they are never named, so write “an elderly resident”',
  },
};

/** What no check of a text can know. It is said with every check. */
export const checkLimits = {
  zh: '机器核对只能发现常见写法：认不出未冠“服务对象”等字样的姓名、生僻姓氏、照片和链接里的内容，也不知道细节合起来能否认出某人。请审核人逐字核对。',
  en: 'A program finds common forms only. It does not recognise a name that no word such as “recipient” precedes, a rare surname, what pictures and links show, or details that together point to somebody. Whoever approves the text has to read it.',
} as const;

const digits = '[\\d０-９一二三四五六七八九十百零〇两]{1,6}';
const building = `(?:${digits}|[A-Za-z甲乙丙丁东西南北])\\s*(?:号楼|栋|幢|座)`;
/** A house with a stair or a flat; a stair with a flat; three numbers behind the name of an estate. */
const addresses = [
  new RegExp(
    `${building}[\\s,，、]{0,2}(?:${digits}\\s*[层楼][\\s,，]{0,2})?${digits}\\s*(?:单元|门洞|室|户|号)`,
    'gu',
  ),
  new RegExp(
    `${digits}\\s*单元[\\s,，、]{0,2}(?:${digits}\\s*[层楼][\\s,，]{0,2})?${digits}(?:\\s*(?:室|户|号|门))?`,
    'gu',
  ),
  new RegExp(`${digits}\\s*(?:弄|巷|胡同|里|号院|号)[\\s,，]{0,2}${digits}\\s*(?:室|户)`, 'gu'),
  /(?:小区|家园|花园|公寓|新村|新城|嘉园|佳苑|[苑园里庄府邸])\s*[\d０-９]{1,3}\s*[-－—–]\s*[\d０-９]{1,3}\s*[-－—–]\s*[\d０-９]{2,4}/gu,
];
/** Rooms in which nobody lives. */
const offices =
  /(?:中心|大厦|大楼|会议|办公|活动|学校|医院|服务站|服务所|法庭|写字楼)[^。；\n]{0,8}$/u;

const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][\s·•-]?(?=[A-HJ-NP-Z]{0,5}\d)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳](?![A-Za-z\d])/gu;

const sentences = /[^。！？；!?;\n]+/gu;
const beginning = /[\d０-９@＠]|[一二三四五六七八九零〇幺]{5,}|微信|QQ/iu;
const numbers = /[\d０-９](?:[\s\-–—·.()（）]*[\d０-９Xx])*/gu;

const kindOf = (sentence: string): PersonalKind => {
  for (const [number] of plainText(sentence).matchAll(numbers)) {
    const bare = number.replace(/[^\dXx]/g, '').toUpperCase();
    if (isMobile(bare) || isLandline(bare)) return 'phone';
    if (isMobileOrId(bare)) return 'id-number';
    if (isCard(bare)) return 'bank-card';
  }
  return 'contact';
};

/** Contact details, sentence by sentence; at the beginning of the text when only all of it together shows them. */
const contactsIn = (text: string): readonly PersonalPlace[] => {
  const found = [...text.matchAll(sentences)].flatMap(({ 0: sentence, index }) =>
    hasContactDetails(sentence)
      ? [{ kind: kindOf(sentence), at: index + Math.max(0, sentence.search(beginning)) }]
      : [],
  );
  if (found.length > 0 || !hasContactDetails(text)) return found;
  return [{ kind: kindOf(text), at: Math.max(0, text.search(beginning)) }];
};

/** The addresses down to the door in a text: from the building to the door, in UTF-16 units. */
export const doorsIn = (text: string): readonly { readonly from: number; readonly to: number }[] =>
  addresses.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !offices.test(text.slice(Math.max(0, index - 20), index)))
      .map(({ index, 0: { length } }) => ({ from: index, to: index + length })),
  );

/**
 * Where a text that is to be published holds what it must not: numbers of people, addresses down to the door, number
 * plates, names of people who are served. In the order of the text, one of a kind at a place.
 */
export const personalPlaces = (text: string): readonly PersonalPlace[] => {
  const all = [
    ...contactsIn(text),
    ...doorsIn(text).map(({ from }) => ({ kind: 'address' as const, at: from })),
    ...[...text.matchAll(plate)].map(({ index }) => ({ kind: 'plate' as const, at: index })),
    ...recipientNamesIn(text).map(({ at }) => ({ kind: 'recipient-name' as const, at })),
  ];
  const ordered = all.sort((one, other) => one.at - other.at || (one.kind < other.kind ? -1 : 1));
  return ordered.filter(
    ({ kind, at }, index) =>
      !ordered.slice(0, index).some((before) => before.kind === kind && at - before.at < 4),
  );
};

/** A position as people count: paragraph and character, each from 1. */
export const placeIn = (
  text: string,
  at: number,
): { readonly paragraph: number; readonly character: number } => {
  const before = text.slice(0, at).split('\n');
  return { paragraph: before.length, character: [...(before.at(-1) ?? '')].length + 1 };
};
