import {
  and,
  any,
  isUncalled,
  looksLocal,
  next,
  numbersOf,
  type Phrase,
  year,
} from './number-phrase.ts';

/** Public numbers: 110, 12345, 96110, 10086; also with an area code or a choice: (0451)12345, 12378转1. */
const hotline =
  '(?:(?:\\(0\\d{2,3}\\)\\s?-?|0\\d{2,3}(?:\\s|\\s?-)\\s?))?(?:11[0-49]|12[0-2]|12\\d{3}|100\\d{2}|9[56]\\d{3}|11[68]114)(?:转\\d{1,2})?';
/** Numbers of a business that nobody has at home: 400-818-1234. */
const service = '[48]00(?:[ -]?\\d{3}[ -]?\\d{4}|-\\d{4}-\\d{3})';

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
  {
    kind: 'public',
    pattern: `${year}(?:\\d{3,4}|\\s?[-‐-―/]\\s?\\d{1,4})(?![-+.·_/]\\d)`,
    before: /(?:编号|文号|期号|序号|No\.?)[:为是]?\s?$/i,
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
