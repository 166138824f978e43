import type { Span } from './characters.ts';

/** - 1 -, 第 1 页 共 3 页: what a page has at its foot. */
const feet =
  /(?<=^|\s|、)[-—]\s?\d{1,3}\s?[-—](?=\s|$)|第\s?\d{1,3}\s?页\s?[,，]?\s?共\s?\d{1,3}\s?页/gm;

/** &nbsp; — what a web page leaves of a blank. */
const entities = /&[a-z]{3,6}[;；]/g;
/** ## 一、活动时间: the signs of a heading in Markdown. */
const hashes = /(?<=^|\n)#{1,6}[^\S\n]+/g;
/** **一、活动时间**: bold words that begin a line or follow its number; not the asterisks of **市. */
const bold = /(?<=^|\n|[\s、.．)）-])(\*\*)([^*\n]{2,40})(\*\*)(?=[\s:：,，。]|$)/g;
/** 乡(xiāng): how a character is read, put behind it by a page that changes the writing of a text. */
const readings =
  /(?<=\p{Script=Han})[(（](?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]/gu;

/**
 * What the pages of a PDF, of a document viewer or of the web put into a text: page numbers, what is
 * left of blanks, and the numbers (1、 2、) with which each piece of a text begins whatever it says.
 */
export const findPageMarks = (given: string): readonly Span[] => {
  // Digits of either width, of one UTF-16 unit each, so that places stay.
  const source = given.replace(/[０-９]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) - 0xfee0),
  );
  const marks: Span[] = [];
  for (const pattern of [feet, entities, hashes, readings])
    for (const match of source.matchAll(pattern))
      marks.push({ start: match.index, end: match.index + match[0].length });
  for (const match of source.matchAll(bold)) {
    const end = match.index + match[0].length;
    marks.push({ start: match.index, end: match.index + 2 }, { start: end - 2, end });
  }
  const lines: { readonly start: number; readonly number: number; readonly mark: number }[] = [];
  let isPaged = source.length > 0;
  let start = 0;
  for (const line of source.split('\n')) {
    if (line.trim() !== '') {
      const found = /^\s*(\d{1,3})、/.exec(line);
      if (!found || Number(found[1]) !== lines.length + 1) {
        isPaged = false;
        break;
      }
      lines.push({ start, number: Number(found[1]), mark: found[0].length });
    }
    start += line.length + 1;
  }
  // Items are short, or end where a sentence ends; pieces of a page are long and end anywhere.
  const isLong = source.length / Math.max(1, lines.length) > 150;
  const isCut = lines.some(
    (line, index) => index > 0 && !/[。;；!！?？:：)）]\s*$/.test(source.slice(0, line.start)),
  );
  if (!isPaged || !isLong || !(isCut || marks.length > 0))
    return marks.sort((a, b) => a.start - b.start);
  for (const line of lines) {
    // The line break before a piece breaks no line of the text.
    const from = line.start > 0 ? line.start - 1 : 0;
    marks.push({ start: from, end: line.start + line.mark });
  }
  return marks.sort((a, b) => a.start - b.start);
};
