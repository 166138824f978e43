import { type Pointer, Rejection, throwAll } from '../refusals/decision.ts';
import { type Ages, ageGroupOf, ageOn } from './age.ts';
import { type DocumentFault, readDocument } from './documents.ts';
import { nameFault } from './name-faults.ts';
import { isSameName, keptName } from './names.ts';
import type { Person } from './person.ts';
import { normalPhone, phoneFault } from './phone.ts';

const wrong = (pointer: Pointer, zh: string, en: string): Rejection =>
  new Rejection('invalid-value', { zh, en }, pointer);

const documentFaults: Readonly<Record<DocumentFault, readonly [zh: string, en: string]>> = {
  format: [
    '居民身份证号码须为 18 位；如为其他证件，请填写证件类型。',
    'A resident ID number has 18 characters; for another document say its type.',
  ],
  masked: ['不接受带星号的号码，请填写完整号码。', 'The number is masked; give all of it.'],
  'old-number': [
    '不接受 15 位旧号码，请填写 18 位号码。',
    'Old numbers of 15 digits are not taken; give the one of 18.',
  ],
  foreign: [
    '以 9 开头的是外国人永久居留身份证号码，请将证件类型改为外国人永久居留身份证。',
    'A number that begins with 9 is of a foreign permanent resident card; say so as its type.',
  ],
  region: ['居民身份证号码的地区码不存在。', 'There is no such region in the ID number.'],
  'check-digit': [
    '证件号码校验位不符，请对照证件核对。',
    'The check digit of the ID number is wrong; compare it with the card.',
  ],
  'birth-date': ['证件号码中的出生日期有误。', 'The birth date in the ID number is impossible.'],
  'foreign-format': [
    '外国人永久居留身份证号码须为以 9 开头的 18 位，或旧版 3 个字母加 12 位数字。',
    'A foreign permanent resident card has 18 characters that begin with 9, or, in the old form, three letters and 12 digits.',
  ],
  passport: [
    '护照号码须为 5 至 17 位字母和数字。',
    'A passport number has 5 to 17 letters and digits.',
  ],
  'hk-macau-permit': [
    '港澳居民来往内地通行证号码须为字母 H 或 M 加 8 位或 10 位数字。',
    'A Hong Kong or Macau permit has the letter H or M and 8 or 10 digits.',
  ],
  'taiwan-permit': [
    '台湾居民来往大陆通行证号码须为 8 位或 10 位数字。',
    'A Taiwan permit has 8 or 10 digits.',
  ],
};

type Document = NonNullable<Person['idDocument']>;

/** A document with its normalised number, and what the number says about its holder. */
const checkDocument = (
  document: Document,
  today: string,
  pointer: Pointer,
  faults: Rejection[],
) => {
  const says = readDocument(document, today);
  if (typeof says !== 'string') return { document: { ...document, number: says.number }, says };
  faults.push(wrong(pointer, ...documentFaults[says]));
  return { document };
};

/**
 * A person's data as they are stored: names and numbers in normal form, birth date and sex as the
 * document's number says. Messages never repeat a value.
 *
 * @param at pointer to the person in the request's body: `#/person/`
 * @throws Rejections `invalid-value`, with a pointer to each faulty field; `guardian-required`
 */
export const checkPerson = (
  given: Person,
  { today, ages, at }: { readonly today: string; readonly ages: Ages; readonly at: Pointer },
): Person => {
  const faults: Rejection[] = [];
  const own =
    given.idDocument && checkDocument(given.idDocument, today, `${at}idDocument/number`, faults);
  const nameAt = (name: string, pointer: Pointer): string => {
    const words = nameFault(name);
    if (words) faults.push(wrong(pointer, ...words));
    return keptName(name);
  };
  const name = given.name === undefined ? undefined : nameAt(given.name, `${at}name`);
  const { birthDate = own?.says?.birthDate, sex = own?.says?.sex } = given;
  if (own?.says?.birthDate && birthDate !== own.says.birthDate)
    faults.push(
      wrong(
        `${at}birthDate`,
        '出生日期与身份证号码不一致。',
        'The ID number says another birth date.',
      ),
    );
  if (own?.says?.sex && sex !== own.says.sex)
    faults.push(wrong(`${at}sex`, '性别与身份证号码不一致。', 'The ID number says another sex.'));
  if (birthDate !== undefined && (birthDate > today || birthDate < '1900-01-01'))
    faults.push(
      wrong(
        `${at}birthDate`,
        '出生日期须在 1900-01-01 与今天之间。',
        'The birth date has to be between 1900-01-01 and today.',
      ),
    );
  const phoneAt = (phone: string, pointer: Pointer): string => {
    const normal = normalPhone(phone);
    if (!normal) faults.push(wrong(pointer, ...phoneFault(phone)));
    return normal ?? phone;
  };
  const phone = given.phone === undefined ? undefined : phoneAt(given.phone, `${at}phone`);
  const guardian = given.guardian && {
    ...given.guardian,
    name: nameAt(given.guardian.name, `${at}guardian/name`),
    phone: phoneAt(given.guardian.phone, `${at}guardian/phone`),
  };
  const theirs =
    guardian?.idDocument &&
    checkDocument(guardian.idDocument, today, `${at}guardian/idDocument/number`, faults);
  if (guardian) {
    const sameDocument = own && theirs && own.document.number === theirs.document.number;
    if (sameDocument || (isSameName(guardian.name, name) && guardian.phone === phone))
      faults.push(wrong(`${at}guardian`, '监护人不能是本人。', 'Nobody is their own guardian.'));
    if (theirs?.says?.birthDate && ageOn(theirs.says.birthDate, today) < ages.adultFrom)
      faults.push(wrong(`${at}guardian`, '监护人须已成年。', 'A guardian has to be of age.'));
  } else if ((birthDate ?? '') <= today && ageGroupOf(birthDate, today, ages) === 'under-14')
    faults.push(new Rejection('guardian-required', {}, `${at}guardian`));
  throwAll(faults);
  return {
    ...given,
    ...(name === undefined ? {} : { name }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(own ? { idDocument: own.document } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(guardian
      ? { guardian: theirs ? { ...guardian, idDocument: theirs.document } : guardian }
      : {}),
  };
};
