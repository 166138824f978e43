import type { Ages } from '../people/age.ts';
import { checkPerson } from '../people/check-person.ts';
import { documentTypeOf, readDocument } from '../people/documents.ts';
import { hasOddCharacter } from '../people/names.ts';
import { type Person, person } from '../people/person.ts';
import { type Rejection, Rejections } from '../refusals/decision.ts';
import { readDate } from './birth-dates.ts';
import { runs, textIn } from './cell-text.ts';
import { isLikeFooter, isValidNumber } from './classify-row.ts';
import type { ListColumn } from './find-headings.ts';
import type { Flag } from './flags.ts';
import type { Column } from './heading-words.ts';
import { withoutNotes } from './name-cells.ts';
import { isResidentId } from './person-cells.ts';
import { faultOf, type RowFault, unknownWord } from './row-faults.ts';
import { type Cell, isBlank, type SheetRow } from './sheet.ts';
import { statedAge } from './stated-age.ts';
import { isLeftOver } from './unread-columns.ts';
import { type CodedColumn, codeFor } from './vocabularies.ts';

export interface ReadRow {
  readonly number: number;
  readonly faults: readonly RowFault[];
  /** Undefined when there are faults in the person's cells. */
  readonly person: Person | undefined;
  /** An area's id or name as written, or empty. */
  readonly area: string;
  /** The street office of the area, as written, or empty. */
  readonly street: string;
  readonly tags: readonly string[];
  readonly serviceCategories: readonly string[];
  /** Flags by the row's own cells. */
  readonly flags: readonly Flag[];
}

export interface RowContext {
  /** Local date. */
  readonly today: string;
  readonly timezone: string;
  readonly ages: Ages;
}

const names: readonly Column[] = ['name', 'guardianName'];

/** The column that a part of the person comes from. */
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
 * The type of document that a word unknown to the vocabulary names, if the number proves it: 内地居民
 * 身份证 beside a valid number of a resident ID.
 */
const provenType = (word: string, number: string, today: string) => {
  const type = /身[份分]证/.test(word)
    ? 'resident-id'
    : /护照|passport/i.test(word)
      ? 'passport'
      : '';
  return type !== '' && typeof readDocument({ type, number }, today) === 'object'
    ? type
    : undefined;
};

/** A month in a cell with a number, which loses the zero of October: `1960.1`. */
const roundedMonth = /^\d{4}\.1$/;

/** The holder's birth date according to the document's number. */
const birthDateBy = (type: string | undefined, number: string | undefined, today: string) => {
  const given = person.shape.idDocument.safeParse({ type, number });
  const says = given.success && given.data ? readDocument(given.data, today) : undefined;
  return typeof says === 'object' ? says.birthDate : undefined;
};

/**
 * A birth date, or undefined to take it from the document's number. This is done for a month alone
 * and for any date in a column of months. Only its month must then agree with the number.
 */
const readBirthDate = (
  texts: ReadonlyMap<Column, string>,
  byDocument: string | undefined,
  { timezone }: RowContext,
): string | RowFault | undefined => {
  const column = texts.has('birthDate') ? 'birthDate' : 'birthMonth';
  const text = texts.get(column);
  if (text === undefined) return undefined;
  const read = readDate(text, timezone);
  if (typeof read !== 'string') return faultOf(column, read.fault);
  const hasDay = read.length > 7;
  if (byDocument !== undefined && (!hasDay || column === 'birthMonth'))
    return byDocument.startsWith(read.slice(0, 7)) ||
      (roundedMonth.test(text) && byDocument.startsWith(`${read.slice(0, 4)}-10`))
      ? undefined
      : faultOf(column, 'birth-month');
  return hasDay ? read : faultOf(column, 'day-missing');
};

const cellText = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');

/** The age that a row states. A formula states none. */
const ageIn = (columns: readonly ListColumn[], cells: readonly Cell[]): number | undefined => {
  const at = columns.find(({ column }) => column === 'age')?.at ?? -1;
  return statedAge(cellText(cells[at]));
};

/** Whether a cell without a heading has more than a running number. */
const hasUnheaded = ({ heading }: ListColumn, cell: Cell | undefined): boolean =>
  heading === '' && !isBlank(cell) && !/^\s*\d{1,5}[.、]?\s*$/.test(cellText(cell));

/** Reads one row: its cells as a person's data, and all their faults. */
export const readRow = (
  { number, cells, hidden, struck }: SheetRow,
  columns: readonly ListColumn[],
  context: RowContext,
): ReadRow => {
  const faults: RowFault[] = [];
  const texts = new Map<Column, string>();
  const oddNames: Column[] = [];
  const notedNames: Column[] = [];
  for (const { at, column } of columns) {
    if (!column || column === 'ordinal' || column === 'age') continue;
    const cell = cells[at] ?? '';
    const text = textIn(column, cell);
    if (typeof text !== 'string') {
      faults.push(faultOf(column, text.fault));
      continue;
    }
    const name = names.includes(column) ? withoutNotes(text) : text;
    if (name !== text) notedNames.push(column);
    if (names.includes(column) && hasOddCharacter(String(cell))) oddNames.push(column);
    if (name !== '') texts.set(column, name);
  }
  const isBroken = (column: Column) => faults.some((fault) => fault.column === column);
  const textOf = (column: Column): string | undefined => texts.get(column);
  const codeOf = <K extends CodedColumn>(column: K, otherwise?: string) => {
    const word = textOf(column) ?? otherwise;
    const code = word === undefined ? undefined : codeFor(column, word);
    if (word !== undefined && code === undefined) faults.push(unknownWord(column));
    return code;
  };
  const codesOf = (column: 'tags' | 'serviceCategories'): readonly string[] => {
    const codes = listOf(textOf(column) ?? '').map((word) => codeFor(column, word));
    if (codes.includes(undefined)) faults.push(unknownWord(column));
    return [...new Set(codes.filter((code) => code !== undefined))];
  };

  const likeFooter = isLikeFooter(cells, columns);
  if (likeFooter && !isValidNumber(textOf('documentNumber') ?? ''))
    faults.push(faultOf('name', 'like-footer'));
  if (!textOf('name') && !isBroken('name')) faults.push(faultOf('name', 'required'));
  const documentNumber = textOf('documentNumber');
  if (!documentNumber && !textOf('phone') && !isBroken('documentNumber') && !isBroken('phone'))
    faults.push(faultOf('documentNumber', 'identity-required'));
  const documentType =
    provenType(textOf('documentType') ?? '', documentNumber ?? '', context.today) ??
    codeOf('documentType', documentNumber && (documentTypeOf(documentNumber) ?? 'resident-id'));
  const guardianNumber = textOf('guardianNumber');
  const guardianName = textOf('guardianName');
  const guardianPhone = textOf('guardianPhone');
  const guardianRelation = codeOf('guardianRelation', guardianName && 'other');
  if (!guardianName && (guardianPhone || guardianNumber) && !isBroken('guardianName'))
    faults.push(faultOf('guardianName', 'required'));
  if (guardianName && !guardianPhone && !isBroken('guardianPhone'))
    faults.push(faultOf('guardianPhone', 'required'));
  const skills = listOf(textOf('skills') ?? '');
  // Each skill is shown as a text of its own.
  if (skills.some((skill) => runs('skills', skill)) && !isBroken('skills'))
    faults.push(faultOf('skills', 'formula-text'));
  const byDocument = birthDateBy(documentType, documentNumber, context.today);
  const birthDate = readBirthDate(texts, byDocument, context);
  if (typeof birthDate === 'object') faults.push(birthDate);
  const address = textOf('address');
  const phone = textOf('phone');
  const sex = codeOf('sex');
  const tags = codesOf('tags');
  const serviceCategories = codesOf('serviceCategories');
  const read = person.safeParse({
    name: textOf('name'),
    ...(sex === undefined ? {} : { sex }),
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
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
              : {
                  idDocument: {
                    type: documentTypeOf(guardianNumber) ?? 'resident-id',
                    number: guardianNumber,
                  },
                }),
          },
        }
      : {}),
  });
  for (const { code, path } of read.error?.issues ?? []) {
    const column = columnAt(path);
    if (isBroken(column)) continue;
    const fault = column === 'birthDate' ? 'invalid-date' : 'invalid-value';
    faults.push(faultOf(column, code === 'too_big' ? 'too-long' : fault));
  }
  const checked = read.success ? checkedPerson(read.data, context, faults) : undefined;
  const age = checked && checked.birthDate === undefined ? ageIn(columns, cells) : undefined;
  if (age !== undefined && age < context.ages.guardianConsentUnder && !checked?.guardian)
    faults.push(faultOf('guardianName', 'guardian-required'));
  const hasArea = columns.some(({ column }) => column === 'area' || column === 'street');
  const flags: readonly (Flag & { readonly isRaised: boolean })[] = [
    { code: 'odd-character', columns: oddNames, isRaised: oddNames.length > 0 },
    { code: 'note-left-out', columns: notedNames, isRaised: notedNames.length > 0 },
    {
      code: 'no-area',
      columns: ['area'],
      isRaised: hasArea && !textOf('area') && !textOf('street') && !isBroken('area'),
    },
    {
      code: 'number-missing',
      columns: ['documentNumber'],
      isRaised: textOf('documentType') !== undefined && documentNumber === undefined,
    },
    {
      code: 'rounded-number',
      columns: ['documentNumber'],
      isRaised: /\d{15}000$/.test(checked?.idDocument?.number ?? ''),
    },
    { code: 'hidden-row', isRaised: hidden === true },
    { code: 'struck-text', isRaised: struck === true },
    { code: 'like-footer', isRaised: likeFooter },
    { code: 'unread-cell', isRaised: columns.some((each) => hasUnheaded(each, cells[each.at])) },
    {
      code: 'unread-number',
      isRaised:
        documentNumber === undefined &&
        columns.some((each) => isLeftOver(each) && isResidentId(cellText(cells[each.at]))),
    },
    {
      code: 'age-only',
      columns: ['age'],
      isRaised: age !== undefined && age < context.ages.adultFrom,
    },
  ];
  return {
    number,
    faults,
    person: faults.length === 0 ? checked : undefined,
    area: textOf('area') ?? '',
    street: textOf('street') ?? '',
    tags,
    serviceCategories,
    flags: flags.flatMap(({ isRaised, ...flag }) => (isRaised ? [flag] : [])),
  };
};

const checkedPerson = (
  given: Person,
  { today, ages }: RowContext,
  faults: RowFault[],
): Person | undefined => {
  try {
    return checkPerson(given, { today, ages, at: '#/' });
  } catch (error) {
    if (!(error instanceof Rejections)) throw error;
    // When the guardian's cells have faults, the guardian is not reported as missing.
    const isBroken = faults.some(({ column }) => column.startsWith('guardian'));
    const all = error.all.filter(({ code }) => !(isBroken && code === 'guardian-required'));
    faults.push(...all.map(faultOfRejection));
    return undefined;
  }
};
