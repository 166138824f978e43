import type { Ages } from '../people/age.ts';
import { checkPerson } from '../people/check-person.ts';
import { type Person, person } from '../people/person.ts';
import { type Rejection, Rejections } from '../refusals/decision.ts';
import { type Column, codeFor } from './columns.ts';
import type { CellFault, SheetRow } from './sheet.ts';

/** One thing wrong in a row. Neither its code nor its words say what stands in the cell. */
export interface RowFault {
  readonly column: Column;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const faultWords = {
  formula: ['不接受公式，请改为数值或文本。', 'Formulas are not taken: put the value itself.'],
  'formula-text': [
    '不得以 = + - @ 开头。',
    'A text may not begin with = + - or @, which a program could run.',
  ],
  'digits-lost': [
    '号码以数字格式保存，末位已丢失；请将该列设为文本后重新填写。',
    'The number was kept as a figure and has lost its last digits: make the column text and enter it again.',
  ],
  'cell-error': ['单元格为错误值。', 'The cell holds an error.'],
  'too-long': ['内容过长。', 'This is too long.'],
  required: ['必填。', 'This is required.'],
  'identity-required': [
    '证件号码和手机号码至少填写一项。',
    'An ID number or a phone number is required.',
  ],
  'unknown-word': ['无法识别该内容。', 'This is none of the words that are known here.'],
  'invalid-value': ['内容过长或格式有误。', 'This is too long or not of the right form.'],
  'invalid-date': ['日期须为 yyyy-mm-dd。', 'A date is written yyyy-mm-dd.'],
  'guardian-required': [
    '不满十四周岁的须填写监护人姓名和电话。',
    'A person under 14 needs a guardian’s name and phone.',
  ],
  'unknown-area': ['没有这样的区域。', 'There is no such area.'],
  'area-not-yours': ['该区域不在您的工作范围内。', 'You do not work in this area.'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;
export type FaultCode = keyof typeof faultWords;

export const faultOf = (column: Column, code: FaultCode): RowFault => {
  const [zh, en] = faultWords[code];
  return { column, code, zh, en };
};

export interface ReadRow {
  readonly number: number;
  readonly faults: readonly RowFault[];
  /** Undefined when there are faults in it. */
  readonly person: Person | undefined;
  /** An area's id or name, as it was written; empty where nothing was. */
  readonly area: string;
  readonly tags: readonly string[];
  readonly serviceCategories: readonly string[];
}

/** What a phone may begin with and no other text may. */
const phones: readonly Column[] = ['phone', 'guardianPhone'];

/** A text that a spreadsheet would run if it were ever shown in one, with or without spaces before it. */
const runs = (column: Column, text: string): boolean => {
  const plain = text.normalize('NFKC');
  return (
    /^(?:[\t\r]|\s*[=+\-@])/.test(plain) &&
    !(phones.includes(column) && /^\+[\d\s()-]+$/.test(plain.trim()))
  );
};

/** `2001-02-03` of 2001/2/3, 2001.2.3, 2001年2月3日 and 20010203; anything else as it is. */
const isoDate = (text: string): string => {
  const parts =
    /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return parts
    ? [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')].join('-')
    : text;
};

/** Where in the row a part of the person comes from. */
const columnAt = (path: readonly PropertyKey[]): Column => {
  const place = path.map(String).join('/');
  if (place.startsWith('guardian/idDocument')) return 'guardianNumber';
  if (place.startsWith('guardian/phone')) return 'guardianPhone';
  if (place.startsWith('guardian/relation')) return 'guardianRelation';
  if (place.startsWith('guardian')) return 'guardianName';
  if (place.startsWith('idDocument/type')) return 'documentType';
  if (place.startsWith('idDocument')) return 'documentNumber';
  return String(path[0]) as Column;
};

const faultOfRejection = ({ code, params, pointer = '#/' }: Rejection): RowFault => {
  const column = columnAt(pointer.slice(2).split('/'));
  return code === 'guardian-required'
    ? faultOf(column, code)
    : { column, code, zh: String(params.zh), en: String(params.en) };
};

const listOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[、，,;；|/]/).flatMap((part) => part.trim() || [])),
];

/**
 * Reads one row: what its cells say as a person's data, and all that is wrong with them at once.
 * @param today local date
 */
export const readRow = (
  { number, cells }: SheetRow,
  columns: readonly (Column | undefined)[],
  { today, ages }: { readonly today: string; readonly ages: Ages },
): ReadRow => {
  const faults: RowFault[] = [];
  const texts = new Map<Column, string>();
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (!column || column === 'ordinal') continue;
    if (typeof cell !== 'string') {
      faults.push(faultOf(column, cell.fault satisfies CellFault));
      continue;
    }
    if (runs(column, cell)) faults.push(faultOf(column, 'formula-text'));
    else if (cell.trim() !== '') texts.set(column, cell.trim());
  }
  const isBroken = (column: Column) => faults.some((fault) => fault.column === column);
  const textOf = (column: Column): string | undefined => texts.get(column);
  const codeOf = <K extends Parameters<typeof codeFor>[0]>(column: K, otherwise?: string) => {
    const word = textOf(column) ?? otherwise;
    const code = word === undefined ? undefined : codeFor(column, word);
    if (word !== undefined && code === undefined) faults.push(faultOf(column, 'unknown-word'));
    return code;
  };
  const codesOf = (column: 'tags' | 'serviceCategories'): readonly string[] => {
    const codes = listOf(textOf(column) ?? '').map((word) => codeFor(column, word));
    if (codes.includes(undefined)) faults.push(faultOf(column, 'unknown-word'));
    return [...new Set(codes.filter((code) => code !== undefined))];
  };

  if (!textOf('name') && !isBroken('name')) faults.push(faultOf('name', 'required'));
  const documentNumber = textOf('documentNumber');
  if (!documentNumber && !textOf('phone') && !isBroken('documentNumber') && !isBroken('phone'))
    faults.push(faultOf('documentNumber', 'identity-required'));
  const documentType = codeOf('documentType', documentNumber && 'resident-id');
  const guardianNumber = textOf('guardianNumber');
  const guardianName = textOf('guardianName');
  const guardianPhone = textOf('guardianPhone');
  const guardianRelation = codeOf('guardianRelation', guardianName && 'other');
  if (!guardianName && (guardianPhone || guardianNumber) && !isBroken('guardianName'))
    faults.push(faultOf('guardianName', 'required'));
  if (guardianName && !guardianPhone && !isBroken('guardianPhone'))
    faults.push(faultOf('guardianPhone', 'required'));
  const skills = listOf(textOf('skills') ?? '');
  // Each is a text of its own wherever they are shown.
  if (skills.some((skill) => runs('skills', skill)) && !isBroken('skills'))
    faults.push(faultOf('skills', 'formula-text'));
  const birthDate = textOf('birthDate');
  const address = textOf('address');
  const phone = textOf('phone');
  const sex = codeOf('sex');
  const tags = codesOf('tags');
  const serviceCategories = codesOf('serviceCategories');
  const read = person.safeParse({
    name: textOf('name'),
    ...(sex === undefined ? {} : { sex }),
    ...(birthDate === undefined ? {} : { birthDate: isoDate(birthDate) }),
    ...(documentNumber !== undefined && documentType !== undefined
      ? { idDocument: { type: documentType, number: documentNumber } }
      : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(address === undefined ? {} : { address }),
    ...(skills.length === 0 ? {} : { skills }),
    ...(guardianName !== undefined && guardianPhone !== undefined && guardianRelation !== undefined
      ? {
          guardian: {
            name: guardianName,
            phone: guardianPhone,
            relation: guardianRelation,
            ...(guardianNumber === undefined
              ? {}
              : { idDocument: { type: 'resident-id', number: guardianNumber } }),
          },
        }
      : {}),
  });
  for (const column of new Set(read.error?.issues.map(({ path }) => columnAt(path))))
    if (!isBroken(column))
      faults.push(faultOf(column, column === 'birthDate' ? 'invalid-date' : 'invalid-value'));
  const checked = read.success ? checkedPerson(read.data, { today, ages }, faults) : undefined;
  return {
    number,
    faults,
    person: faults.length === 0 ? checked : undefined,
    area: textOf('area') ?? '',
    tags,
    serviceCategories,
  };
};

const checkedPerson = (
  given: Person,
  when: { readonly today: string; readonly ages: Ages },
  faults: RowFault[],
): Person | undefined => {
  try {
    return checkPerson(given, { ...when, at: '#/' });
  } catch (error) {
    if (!(error instanceof Rejections)) throw error;
    // A guardian of whom something is wrong is not one who is missing.
    const isBroken = faults.some(({ column }) => column.startsWith('guardian'));
    const all = error.all.filter(({ code }) => !(isBroken && code === 'guardian-required'));
    faults.push(...all.map(faultOfRejection));
    return undefined;
  }
};
