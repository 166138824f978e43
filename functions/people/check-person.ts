import { type Pointer, Rejection, Rejections } from '../refusals/decision.ts';
import { type Ages, ageGroupOf, ageOn } from './age.ts';
import type { Person } from './person.ts';
import { normalPhone } from './phone.ts';
import { normalNumber, type ResidentIdFault, readResidentId } from './resident-id.ts';

const wrong = (pointer: Pointer, zh: string, en: string): Rejection =>
  new Rejection('invalid-value', { zh, en }, pointer);

const residentIdFaults: Readonly<Record<ResidentIdFault, readonly [zh: string, en: string]>> = {
  format: ['居民身份证号码须为 18 位。', 'A resident ID number has 18 characters.'],
  'old-number': [
    '不接受 15 位旧号码，请填写 18 位号码。',
    'Old numbers of 15 digits are not taken; give the one of 18.',
  ],
  region: ['居民身份证号码的地区码不存在。', 'There is no such region in the ID number.'],
  'check-digit': ['居民身份证号码校验位不符。', 'The check digit of the ID number is wrong.'],
  'birth-date': [
    '居民身份证号码中的出生日期有误。',
    'The birth date in the ID number is impossible.',
  ],
};

type Document = NonNullable<Person['idDocument']>;

/** A document with its number as it is compared; what a resident ID says of its holder. */
const readDocument = (document: Document, today: string, pointer: Pointer, faults: Rejection[]) => {
  if (document.type !== 'resident-id')
    return { document: { ...document, number: normalNumber(document.number) } };
  const read = readResidentId(document.number, today);
  if (typeof read === 'string') {
    faults.push(wrong(pointer, ...residentIdFaults[read]));
    return { document };
  }
  return { document: { ...document, number: read.number }, says: read };
};

/**
 * A person's data as they are kept: numbers in their normal form, birth date and sex as a resident
 * ID says them. Messages never repeat a value.
 *
 * @param at where the person stands in the request's body: `#/person/`
 * @throws Rejections `invalid-value`, with a pointer to each field that is wrong; `guardian-required`
 */
export const checkPerson = (
  given: Person,
  { today, ages, at }: { readonly today: string; readonly ages: Ages; readonly at: Pointer },
): Person => {
  const faults: Rejection[] = [];
  const own =
    given.idDocument && readDocument(given.idDocument, today, `${at}idDocument/number`, faults);
  const { birthDate = own?.says?.birthDate, sex = own?.says?.sex } = given;
  if (own?.says && birthDate !== own.says.birthDate)
    faults.push(
      wrong(
        `${at}birthDate`,
        '出生日期与身份证号码不一致。',
        'The ID number says another birth date.',
      ),
    );
  if (own?.says && sex !== own.says.sex)
    faults.push(wrong(`${at}sex`, '性别与身份证号码不一致。', 'The ID number says another sex.'));
  if (birthDate !== undefined && (birthDate > today || birthDate < '1900-01-01'))
    faults.push(wrong(`${at}birthDate`, '出生日期有误。', 'The birth date is impossible.'));
  const phoneAt = (phone: string, pointer: Pointer): string => {
    const normal = normalPhone(phone);
    if (!normal) faults.push(wrong(pointer, '电话号码格式有误。', 'This is no phone number.'));
    return normal ?? phone;
  };
  const phone = given.phone === undefined ? undefined : phoneAt(given.phone, `${at}phone`);
  const guardian = given.guardian && {
    ...given.guardian,
    phone: phoneAt(given.guardian.phone, `${at}guardian/phone`),
  };
  const theirs =
    guardian?.idDocument &&
    readDocument(guardian.idDocument, today, `${at}guardian/idDocument/number`, faults);
  if (guardian) {
    const sameDocument = own && theirs && own.document.number === theirs.document.number;
    if (sameDocument || (guardian.name === given.name && guardian.phone === phone))
      faults.push(wrong(`${at}guardian`, '监护人不能是本人。', 'Nobody is their own guardian.'));
    if (theirs?.says && ageOn(theirs.says.birthDate, today) < ages.adultFrom)
      faults.push(wrong(`${at}guardian`, '监护人须已成年。', 'A guardian has to be of age.'));
  } else if ((birthDate ?? '') <= today && ageGroupOf(birthDate, today, ages) === 'under-14')
    faults.push(new Rejection('guardian-required', {}, `${at}guardian`));
  const [first, ...others] = faults;
  if (first) throw new Rejections([first, ...others]);
  return {
    ...given,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(own ? { idDocument: own.document } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(guardian
      ? { guardian: theirs ? { ...guardian, idDocument: theirs.document } : guardian }
      : {}),
  };
};
