import { notCounted, units } from './lists-and-amounts.ts';
import {
  any,
  arrow,
  digitsOf,
  type Found,
  hidesNumber,
  isCalled,
  numbersOf,
  type Phrase,
} from './number-phrase.ts';

/** Words that say what the figures after them count: 参与率1234/5678, 服务人次1234567. */
const figures =
  /(?:率|比例|占比|比重|人次|[人户次场份件总时点票量员者站]数|\p{Script=Han}量|[时总]长|[积得总]分|总额|金额|面积|合计|总计|共计|累计)[:为是达到有共了]{0,2}\s?$|%\s?\(\s?$/u;
/** What may follow a figure of seven digits or more; a name may not. */
const afterFigure = new RegExp(`^\\s?(?:$|[,、。;!?()\\n]|${units})`, 'iu');
const areFigures = (found: Found): boolean => {
  const all = numbersOf(found.text);
  if (isCalled(found) || notCounted.test(found.after) || hidesNumber(all)) return false;
  const areLong = all.some((one) => digitsOf(one).length > 6);
  return areLong ? afterFigure.test(found.after) && !found.before.includes('%') : all.length > 1;
};

const term = '[1-9]\\d{0,5}';
const terms = `${term}(?:\\p{L}?\\s?\\+\\s?${term}){1,9}`;
/** A sum that is right: 2500元(2000+500), 2000+500=2500. */
const isSum = ({ text }: Found): boolean => {
  const all = numbersOf(text).map(Number);
  const sum = all.reduce((one, other) => one + other, 0);
  return all[0] === sum / 2 || all.at(-1) === sum / 2;
};

/** Figures of a report, which a word before them or a sum explains. */
export const figurePhrases: readonly Phrase[] = [
  // 参与率1234/5678, 参加人数1234→5678, 服务人次1234567
  {
    kind: 'list',
    pattern: `[1-9]\\d{0,8}(?:\\.\\d{1,2})?(?:(?:\\s?[、,/]\\s?|${arrow})[1-9]\\d{0,8}(?:\\.\\d{1,2})?)${any}(?!\\s?[-‐-―.:/]\\d)`,
    before: figures,
    is: areFigures,
  },
  { kind: 'list', pattern: `${term}\\p{L}{0,2}\\s?[(=]\\s?${terms}`, is: isSum },
  { kind: 'list', pattern: `${terms}\\p{L}?\\s?=\\s?${term}`, is: isSum },
];
