import { normalPhone } from '../people/phone.ts';
import { readForeignId, readResidentId } from '../people/resident-id.ts';
import { textIn } from './cell-text.ts';
import { columnOf, type Headings, type ListColumn, textOf } from './find-headings.ts';
import { type Column, columnFor, isHeading, plain } from './heading-words.ts';
import { type Cell, isBlank, type SheetRow } from './sheet.ts';

const reasons = {
  'above-headings': [
    '在表头上方，未作为人员读取；如是志愿者，请移到表头下方。',
    'This is above the headings and not read as a person; move it below them if it is a volunteer.',
  ],
  headings: ['是表头，未作为人员读取。', 'These are headings, and not read as a person.'],
  title: [
    '是标题或分组，未作为人员读取；如是志愿者，请填写姓名和号码。',
    'This is a title, and not read as a person; if it is a volunteer, write a name and a number.',
  ],
  footer: [
    '是合计、签名或说明，未作为人员读取；如是志愿者，请在姓名一列只填写姓名，并填写号码。',
    'This is a total, a signature or a note, and not read as a person; if it is a volunteer, write nothing but the name in its column, and a number.',
  ],
  example: [
    '是示例或填写要求，未作为人员读取。',
    'This is an example or says how to fill in the list, and is not read as a person.',
  ],
  'nothing-read': [
    '只在不读取的列中有内容，未作为人员读取。',
    'Only columns that are not read have something in this row; it is not read as a person.',
  ],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

/** Why a row is not read as a person. */
export type PassedOver = keyof typeof reasons;
export const passedOverReasons = Object.keys(reasons) as [PassedOver, ...PassedOver[]];

/** What a clerk reads about a row that is not read as a person. */
export const passedOverWords = (
  reason: PassedOver,
): { readonly zh: string; readonly en: string } => {
  const [zh, en] = reasons[reason];
  return { zh, en };
};

const totals =
  /^(?:(?:合|总|小|共|累)\s*计|总\s*人\s*数|合計|总数|total)\s*[:：]?\s*[\d.,]*\s*[人名个]?$|^共\s*\d+\s*[人名个]|^第\s*\S{1,4}\s*页/i;
const ending = /^(?:以下|以上|此页)(?:空白|无|均?为)/;
/** People who sign a list, with their title before a colon, a blank, or in a cell of its own. */
const signatories =
  '(?:填表|填报|制表|上报|审核|审批|经办|录入|汇总|报送|复核|校对|统计|登记|填写)';
const signed = new RegExp(
  `^(?:${signatories}|负责|联系|主管|领导|分管)[^:：]{0,8}[:：]|^(?:填表|填报|制表|审核|经办|填写)人`,
);
/** Titles of people in an office. Volunteers can have them too, in a column for their office. */
const offices =
  '(?:[\\p{Script=Han}]{0,6}(?:负责|联系|联络|主管|分管)(?:人|员|领导|单位)?|[\\p{Script=Han}]{0,4}(?:领导|组长|队长|书记|主任|站长|社长|会长|班长|团长|网格[员长]|楼长|领队|干事|专干))';
const titled = new RegExp(
  `^(?:${signatories}(?:人|员|者|单位|日期|时间)?|${offices}|制单|公章|盖章)(?:签字|签名|签章|电话|联系电话|联系方式|手机)?(?:[(（].*[)）]|[\\s\u3000]+\\S.*)?$`,
  'u',
);
const remarks =
  /^(?:说明|备注|注|注意|注意事项|填表说明|填写说明|填报说明|提示|附注|附件|单位|盖章|日期|时间|note|notes|remarks)[^:：]{0,8}[:：]/i;
const examples = /^[([（【]?(?:示例|样例|范例|例如|例|填写示例|example)(?:[)\]）】]|[:：]|\s|$)/i;
/** A name that is marked as an example, or says that it has to be written. */
const marked = /必填|选填|[(（](?:示例|样例|例)[)）]$/;
/** A name that is only a note in brackets. */
const bracketed = /^[([（【][^)\]）】]*[)\]）】]$/;
/** The title of the rows below it: 第一组, 二、党员志愿者, 红旗社区. */
const title =
  /^第[\d一二三四五六七八九十百]+\s*(?:组|队|批|片|期|班|支部|网格|小组|分队|大队|中队|部分)|^[(（]?[一二三四五六七八九十]+[)）]?\s*[、.．]\s*\S|\S\S(?:社区|街道|居委会|村委会|小区|网格|支部|党委|中心|单位|公司|学校|志愿者|名单|人员|部门|科室|小组|服务队|分队|协会|医院|花园|家园|[组队镇乡])$/u;

/** Columns that can hold any words, and so also the title of an office. */
const free: ReadonlySet<Column | undefined> = new Set(['address', 'skills', 'guardianName']);

/** Whether a row begins like a total, a signature or a remark. A person's row may do so, too. */
export const isLikeFooter = (
  cells: readonly Cell[],
  columns: readonly Pick<ListColumn, 'at' | 'column' | 'heading'>[],
): boolean => {
  const at = cells.findIndex((cell) => !isBlank(cell));
  const { column, heading = '' } = columns.find((each) => each.at === at) ?? {};
  const first = textOf(cells[at]);
  const isFree = (column === undefined && heading !== '') || free.has(column);
  return (
    [totals, signed, remarks].some((words) => words.test(first)) ||
    (!isFree && (titled.test(first) || ending.test(first)))
  );
};

/** Whether a number can only be a person's: of a resident ID, or of a permanent resident card. */
export const isValidNumber = (text: string): boolean =>
  [readResidentId, readForeignId].some((read) => typeof read(text, '9999-12-31') !== 'string');
const isMobile = (text: string): boolean => normalPhone(text)?.startsWith('+861') === true;

/**
 * Why a row below headings is not a person. A row with a name and a valid ID number, or a mobile
 * number, is one, whatever else is in it, unless it is marked as an example. Undefined for a person;
 * null for a row that has only a running number, which is as good as blank.
 */
export const classify = (row: SheetRow, headings: Headings): PassedOver | null | undefined => {
  const { rows, columns } = headings;
  const { cells } = row;
  const name = textOf(cells[columnOf(headings, 'name') ?? 0]);
  const filled = cells.flatMap((cell, at) =>
    isBlank(cell) ? [] : [{ ...columns[at], at, text: textOf(cell) }],
  );
  const [{ text: first, column } = { text: '', column: undefined }] = filled;
  const repeats = ({ cells: above }: SheetRow) =>
    filled.every(({ at, text }) => text !== '' && plain(text) === plain(textOf(above[at])));
  if (rows.some(repeats)) return 'headings';
  if (filled.length > 1 && filled.every(({ text }) => isHeading(text))) return 'headings';
  if (examples.test(first) || examples.test(name) || marked.test(name)) return 'example';
  const numberIn = (wanted: Column): string => {
    const number = textIn(wanted, cells[columnOf(headings, wanted) ?? -1] ?? '');
    return typeof number === 'string' ? number : '';
  };
  const [number, phone] = [numberIn('documentNumber'), numberIn('phone')];
  const isNoName =
    [totals, ending, signed, titled].some((words) => words.test(name)) ||
    columnFor(name) !== undefined;
  if (name !== '' && (isValidNumber(number) || (!isNoName && isMobile(phone)))) return undefined;
  if (isNoName || isLikeFooter(cells, columns)) return 'footer';
  if (bracketed.test(name) && ![number, phone].some((text) => /\d{7}/.test(text.normalize('NFKC'))))
    return 'example';
  if (filled.length > 1 && first !== '' && filled.every(({ text }) => text === first))
    return 'title';
  const read = filled.filter((cell) => cell.column !== undefined && cell.column !== 'ordinal');
  const isIdentified = read.some((cell) => ['documentNumber', 'phone'].includes(`${cell.column}`));
  if (!isIdentified && title.test((name || first).replace(/\s*[(（:：].*$/, ''))) return 'title';
  if (read.length > 0) return undefined;
  if (filled.length > 1 || column !== 'ordinal') return 'nothing-read';
  return /^\D?\d+\D?$/.test(first.normalize('NFKC')) ? null : 'title';
};

/** Why a row above the headings is not read: as a title, or because of its place. */
export const classifyAbove = ({ cells }: SheetRow): PassedOver => {
  const filled = cells.filter((cell) => !isBlank(cell)).map(textOf);
  const [first = ''] = filled;
  if ([signed, remarks, titled].some((words) => words.test(first))) return 'title';
  return first !== '' && filled.every((text) => text === first) ? 'title' : 'above-headings';
};
