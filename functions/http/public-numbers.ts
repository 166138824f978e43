import {
  and,
  any,
  type Found,
  hidesNumber,
  isNobodys,
  isUncalled,
  looksLocal,
  next,
  numbersOf,
  type Phrase,
  rises,
  to,
  year,
} from './number-phrase.ts';

/** Public numbers: 110, 12345, 96110, 10086; also with an area code or a choice: (0451)12345, 12378转1. */
const hotline =
  '(?:(?:\\(0\\d{2,3}\\)\\s?-?|0\\d{2,3}(?:\\s|\\s?-)\\s?))?(?:11[0-49]|12[0-2]|12\\d{3}|100\\d{2}|9[56]\\d{3}|11[68]114)(?:转\\d{1,2})?';
/** Numbers of a business that nobody has at home: 400-818-1234. */
const service = '[48]00(?:[ -]?\\d{3}[ -]?\\d{4}|-\\d{4}-\\d{3})';

/** What numbers documents, contracts and the like; letters may follow: 编号:JD-2025-0012. */
const numbering =
  /(?:编号|合同号|项目号|文号|期号|批号|序号|No\.?)[:为是]?\s?(?:[a-z]{1,8}[-_/]?|\p{Script=Han}{1,4}){0,3}$/iu;
const hyphen = '\\s?[-‐-―/_.]\\s?';
const month = '(?:0[1-9]|1[0-2])';
const day = '(?:0[1-9]|[12]\\d|3[01])';
/** 2025001, 2025-001, 2025-0305-01, 20250305001, 0012345; a mobile number begins with no year from 2000 on. */
const serial = `(?:20\\d{2}(?:${hyphen})?${month}(?:(?:${hyphen})?${day})?(?:${hyphen})?\\d{1,4}|${year}(?:\\d{3,4}|${hyphen}\\d{1,5})|00\\d{3,6})`;

/** From one serial number to a later one: 0001-0050, 1001-1050; no telephone: 0451-8456. */
const areSerialRanges = (found: Found): boolean => {
  const all = numbersOf(found.text);
  return (
    isUncalled(found) &&
    rises(all) &&
    !hidesNumber(all) &&
    all.every((until, at) => {
      const from = all[at - 1];
      if (at % 2 === 0 || from === undefined) return true;
      return /^00/.test(from) || (from.length === until.length && from[0] === until[0]);
    })
  );
};

/** Meetings on the web, whose number is meant for everybody: 123-456-789. */
const meeting = '\\d{3}(?:[\\s-]?\\d{3,4}){2}(?![\\s-]?\\d)';

/** Numbers of documents and of public services. The longer form comes first. */
export const publicNumbers: readonly Phrase[] = [
  // 〔2025〕123号, 〔2025〕90、91号
  {
    kind: 'public',
    pattern: `[〔[(【]\\s?${year}\\s?[〕\\])】]\\s?\\d{1,5}(?:${next}\\d{1,5})${any}(?=\\s?[号期])`,
    is: ({ text }) => numbersOf(text).length === 2 || !looksLocal(numbersOf(text).slice(1)),
  },
  // GB/T 40143-2021
  {
    kind: 'public',
    pattern: `\\d{1,6}(?:\\.\\d{1,3})?\\s?[-‐-―:]{1,2}\\s?${year}`,
    before: /(?:(?<![A-Za-z])[A-Z]{2,6}|[A-Z0-9]{1,6}\/[A-Z]{1,4})\s?$/,
    is: isUncalled,
  },
  // 第2025001期, 2025-001号, 编号2025-001, ICP备12345678号
  { kind: 'public', pattern: `${year}\\d{1,5}(?=\\s?[期号批次届篇辑])`, before: /第\s?$/ },
  {
    kind: 'public',
    pattern: `${year}\\s?[-‐-―/]\\s?\\d{1,4}(?=\\s?[期号批次届篇辑])`,
    is: isUncalled,
  },
  // 合同号2025-001, 编号:JD-2025-0012, 活动编号20250305001至20250305009
  {
    kind: 'public',
    pattern: `${serial}(?:${next}(?=20)${serial})${any}(?![-‐-―−~〜+.·_/]\\d)`,
    before: numbering,
    is: ({ text }) => !hidesNumber(numbersOf(text)),
  },
  // 志愿者编号0001-0050、0051-0100
  {
    kind: 'public',
    pattern: `\\d{2,5}${to}\\d{2,5}(?:${and}\\d{2,5}${to}\\d{2,5}){0,20}(?![-+.·_/]\\d)`,
    before: numbering,
    is: areSerialRanges,
  },
  // ISSN 1000-1234, 会议号123-456-789
  {
    kind: 'public',
    pattern: `\\d{4}-\\d{3}[\\dx](?:${and}\\d{4}-\\d{3}[\\dx]){0,9}`,
    before: /ISSN:?\s?$/i,
  },
  {
    kind: 'public',
    pattern: meeting,
    before: /(?:会议(?:号码?|编号|\s?id)|(?<![a-z])meeting\s?(?:id|number))[:为是]?\s?$/iu,
    is: isNobodys,
  },
  { kind: 'public', pattern: '\\d{6,10}(?=号)', before: /ICP备$/ },
  // 110、119、120, (0451)12345, 400-818-1234
  {
    kind: 'public',
    pattern: `(?:${service}|${hotline})(?:(?:${and}|\\s)(?:${service}|${hotline}))${any}(?![^\\p{L}\\d、,;。]{1,2}\\d)`,
    before: /(?:^|[^\d\s]\s?|\d[、,/;]\s?)$/,
  },
  // 邮编:150010,150020
  {
    kind: 'public',
    pattern: `[0-8]\\d{5}(?:${and}[0-8]\\d{5})${any}`,
    before: /邮(?:政编码|编)[:为是]?\s?$/,
  },
];
