import { longest, type Person } from '../people/person.ts';
import type { DateFault } from './birth-dates.ts';
import type { TextFault } from './cell-text.ts';
import { contradictionsOf } from './compare-people.ts';
import type { Column } from './heading-words.ts';
import { maxCellText } from './sheet.ts';
import { type CodedColumn, wordsFor } from './vocabularies.ts';

/** One fault in a row. Neither its code nor its text repeats the cell's content. */
export interface RowFault {
  readonly column: Column;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const faultWords = {
  formula: [
    '不接受公式；请复制该列，选择性粘贴为“数值”。',
    'Formulas are not taken: copy the column and paste it as values.',
  ],
  'formula-text': [
    '不得以 = + - @ 开头。',
    'A text may not begin with = + - or @, which a program could run.',
  ],
  'digits-lost': [
    '号码以数字格式保存，末位已丢失；请将该列设为文本后重新填写。',
    'The number was kept as a figure and has lost its last digits: make the column text and enter it again.',
  ],
  'cell-error': [
    '单元格为错误值（如 #N/A）；请改为正确的内容。',
    'The cell holds an error, as #N/A: put the value itself.',
  ],
  'character-lost': [
    '有的字在转换编码时已丢失；请重新填写，并另存为 .xlsx 或 UTF-8 编码的 CSV。',
    'A character was lost when the encoding was changed: enter it again, and save the file as .xlsx or as CSV in UTF-8.',
  ],
  'partly-struck': [
    '有的字划了删除线；请删去作废的字，去掉删除线。',
    'A part of the text is struck through: delete what is void, and take the line away.',
  ],
  required: ['必填。', 'This is required.'],
  'identity-required': [
    '证件号码和手机号码至少填写一项。',
    'An ID number or a phone number is required.',
  ],
  'like-footer': [
    '此行开头像是合计、签名或说明（如“填表人”“组长”）；如是志愿者，请改为序号或填写身份证号码，否则请删除此行。',
    'The row begins like a total, a signature or a note: write a running number there, or the resident ID number, if this is a volunteer, or else delete the row.',
  ],
  'invalid-value': ['格式有误；请对照证件核对。', 'This is not of the right form; check it.'],
  'invalid-date': [
    '日期须写成 yyyy-mm-dd，如 1977-07-07。',
    'A date is written yyyy-mm-dd, as 1977-07-07.',
  ],
  'two-digit-year': ['年份须写四位，如 1977-07-07。', 'The year has four digits, as 1977-07-07.'],
  'date-number': [
    '日期以数字保存；请将该列设为日期格式，或写成 1977-07-07。',
    'The date was kept as a figure: format the column as a date, or write it as 1977-07-07.',
  ],
  'year-only': [
    '只有年份；请写全年月日，如 1977-07-07，或留空。',
    'There is only a year: write all of the date, as 1977-07-07, or leave the cell empty.',
  ],
  'day-missing': [
    '缺少日；没有身份证号码时须写全年月日，如 1977-07-07。',
    'The day is missing: without a resident ID number write all of it, as 1977-07-07.',
  ],
  'birth-month': ['出生年月与证件号码不一致。', 'The ID number says another month of birth.'],
  'guardian-required': [
    '不满十四周岁的须填写监护人姓名和电话。',
    'A person under 14 needs a guardian’s name and phone.',
  ],
  'area-required': [
    '没有填写社区；请填写，或加一列“社区”，或在请求中以 areaId 指定。',
    'There is no area: write it, in a column of its own, or give areaId in the request.',
  ],
  'ambiguous-area': [
    '有几个区域同名；请加一列“街道”，或填写区域编号。',
    'Several areas have this name; add a column for the street office, or write the area’s id.',
  ],
  'area-not-yours': [
    '该区域不在您的工作范围内；请由该区域的组织者导入。',
    'You do not work in this area; somebody who does imports these people.',
  ],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;
export type FaultCode = keyof typeof faultWords | 'too-long';

/** The most characters in a column. */
const mostCharacters: Partial<Readonly<Record<Column, number>>> = {
  name: longest.name,
  guardianName: longest.name,
  phone: longest.phone,
  guardianPhone: longest.phone,
  documentNumber: longest.number,
  guardianNumber: longest.number,
  address: longest.address,
};

const tooLong = (column: Column): readonly [zh: string, en: string] => {
  if (column === 'skills')
    return [
      `内容过长；最多 ${longest.skills} 项，每项最多 ${longest.skill} 个字。`,
      `This is too long: at most ${longest.skills}, each of ${longest.skill} characters.`,
    ];
  const most = mostCharacters[column] ?? maxCellText;
  return [`内容过长；最多 ${most} 个字。`, `This is too long: at most ${most} characters.`];
};

export const faultOf = (column: Column, code: FaultCode | TextFault | DateFault): RowFault => {
  const [zh, en] = code === 'too-long' ? tooLong(column) : faultWords[code];
  return { column, code, zh, en };
};

/** At most this many areas are named. */
const namedAreas = 20;

/** The fault for an area that does not exist. It lists those that do. */
export const unknownArea = (column: 'area' | 'street', known: readonly string[]): RowFault => {
  const some = known.slice(0, namedAreas);
  const more = known.length > some.length;
  return {
    column,
    code: 'unknown-area',
    zh: `没有这样的区域；请填写区域的名称或编号：${some.join('、')}${more ? '等' : ''}。`,
    en: `There is no such area; write an area’s name or id: ${some.join(', ')}${more ? ' and others' : ''}.`,
  };
};

/** The fault for a word unknown to the column. It lists the words that are known. */
export const unknownWord = (column: CodedColumn): RowFault => {
  const { zh, en } = wordsFor(column);
  return {
    column,
    code: 'unknown-word',
    zh: `无法识别；请填写：${zh}。`,
    en: `This is not known; write one of: ${en}.`,
  };
};

type Words = readonly [zh: string, en: string];
const identifying: Partial<Readonly<Record<Column, Words>>> = {
  name: ['姓名', 'name'],
  documentType: ['证件类型', 'type of document'],
  birthDate: ['出生日期', 'birth date'],
  sex: ['性别', 'sex'],
};

/**
 * The fault for an ID number, or a name and phone, that another person has: in an earlier row, or,
 * without a row, in a record. What differs is said of a row only, because the reader may not be
 * allowed to know the record.
 */
export const numberOfAnother = (
  given: Person,
  earlier?: { readonly row: number; readonly person: Person },
): RowFault => {
  const byNumber = given.idDocument !== undefined;
  const possible: readonly Column[] = byNumber
    ? ['name', 'documentType', 'birthDate', 'sex']
    : ['birthDate', 'sex'];
  const columns = earlier ? contradictionsOf(given, earlier.person) : possible;
  const different = columns.map((column) => identifying[column] ?? [column, column]);
  const zh = different.map(([word]) => word).join(earlier ? '、' : '或');
  const en = different.map(([, word]) => word).join(earlier ? ' and ' : ' or ');
  const [whoZh, whoEn] = earlier
    ? [`第 ${earlier.row} 行`, `Row ${earlier.row}`]
    : ['已登记的人', 'A registered person'];
  return {
    column: byNumber ? 'documentNumber' : 'phone',
    code: 'number-of-another',
    zh: byNumber
      ? `${whoZh}有同一证件号码，但${zh}不同；请对照证件核对。`
      : `${whoZh}有同一姓名和电话，但${zh}不同；请核对，如是另一人，请填写证件号码。`,
    en: byNumber
      ? `${whoEn} has the same ID number and another ${en}; compare both with the card.`
      : `${whoEn} has the same name and phone and another ${en}; check it, and give the ID number if this is somebody else.`,
  };
};
