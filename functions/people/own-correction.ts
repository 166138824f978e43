import { Rejection } from '../refusals/decision.ts';
import { type Ages, ageGroupOf } from './age.ts';
import { readDocument } from './documents.ts';
import type { Person } from './person.ts';
import { isMinor } from './registration.ts';

/** Whether the person's ID document says a birth date by its number. */
const hasProof = ({ idDocument }: Pick<Person, 'idDocument'>, today: string): boolean => {
  const says = idDocument && readDocument(idDocument, today);
  return typeof says === 'object' && says.birthDate !== undefined;
};

/**
 * What minors may not correct by themselves: a birth date to an earlier one, even within their age
 * group, because time would do the rest; and the ID document that proves the birth date to one that
 * proves nothing. Staff with the district's approval can.
 * @throws Rejection `older-by-staff` with the field's pointer
 */
export const checkOwnCorrection = (
  before: Pick<Person, 'birthDate' | 'idDocument'>,
  after: Pick<Person, 'birthDate' | 'idDocument'>,
  { today, ages }: { readonly today: string; readonly ages: Ages },
): void => {
  const { birthDate } = before;
  if (birthDate === undefined || !isMinor({ ageGroup: ageGroupOf(birthDate, today, ages) })) return;
  if (after.birthDate !== undefined && after.birthDate < birthDate)
    throw new Rejection('older-by-staff', {}, '#/birthDate');
  if (hasProof(before, today) && !hasProof(after, today))
    throw new Rejection('older-by-staff', {}, '#/idDocument');
};
