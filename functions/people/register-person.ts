import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate, type Creation, type Versioned } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { settings } from '../runtime/settings.ts';
import { ageEndsOf, ageGroupOf } from './age.ts';
import { blindHash, blindIndex, type IndexKind } from './keys.ts';
import { nameIn } from './names.ts';
import { type Attributes, indexAttribute, personKey, sealedPut } from './people.ts';
import type { Person } from './person.ts';
import { type Registration, register } from './registration.ts';

type Indexed = Pick<Person, 'idDocument' | 'phone' | 'name'>;

/** The hashes by which a person is looked up; null removes one from its index. */
export const indexesOf = async (
  { idDocument, phone, name }: Indexed,
  areaId: string,
): Promise<Readonly<Record<string, string | null>>> => {
  const of = async (kind: IndexKind, value: string | undefined) =>
    [indexAttribute(kind), value === undefined ? null : await blindIndex(kind, value)] as const;
  return Object.fromEntries(
    await Promise.all([
      of('id-number', idDocument?.number),
      of('phone', phone),
      of('name', name === undefined ? undefined : nameIn(areaId, name)),
    ]),
  );
};

const present = (attributes: Readonly<Record<string, string | null>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

/**
 * The unsealed attributes beside a person's sealed data, by which they are found now or when they
 * come of age.
 */
export const attributesOf = async (
  person: Indexed & Pick<Person, 'birthDate'>,
  { today, areaId }: { readonly today: string; readonly areaId: string },
): Promise<Readonly<Record<string, string | null>>> => ({
  ...(await indexesOf(person, areaId)),
  ...ageEndsOf(person.birthDate, today, settings().ages),
});

/** The put of a new person's sealed record, for the transaction of their registration. */
const newPersonPut = async (
  id: string,
  person: Person,
  known: Parameters<typeof attributesOf>[1],
): Promise<AlsoWrite> =>
  sealedPut(personKey(id), person, present(await attributesOf(person, known)));

/**
 * The code proves that the confirming person was told of the registration. It has 10 characters and
 * is derived from the record's id with the district's key, so it is not stored.
 */
export const confirmationCode = async (id: string): Promise<string> => {
  const hash = Buffer.from(await blindHash('confirmation', id), 'base64url');
  // Without characters that are easily confused: 0 O, 1 I L.
  const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  return [...hash.subarray(0, 10)].map((byte) => letters[byte % letters.length]).join('');
};

export interface NewVolunteer {
  readonly id: string;
  readonly registration: Omit<Registration, 'ageGroup'>;
  /** Checked by `checkPerson`. */
  readonly person: Person | undefined;
  /** The local date. */
  readonly today: string;
}

/**
 * Registers a volunteer: the event in the Ledger and, if there are personal data, the sealed record
 * in People, in one transaction.
 *
 * @param by who registers; `prepare`: look-ups that come first and may refuse; `alsoWrite`: other
 * writes in the same transaction
 * @throws Rejection `already-exists`, `guardian-required`; Problem `record-unreadable`
 */
export const registerPerson = (
  { id, registration, person, today }: NewVolunteer,
  {
    prepare,
    alsoWrite,
    ...by
  }: Omit<Creation<'volunteer'>, 'prepare'> & { readonly prepare?: () => Promise<unknown> },
): Promise<Versioned<Volunteer>> =>
  aggregate('volunteer').create(id, {
    ...by,
    prepare: async () => {
      const ageGroup = ageGroupOf(person?.birthDate, today, settings().ages);
      const fact = register({ ...registration, ageGroup }, today);
      await prepare?.();
      return fact;
    },
    alsoWrite: async () => [
      ...(person && Object.keys(person).length > 0
        ? [await newPersonPut(id, person, { today, areaId: registration.areaId })]
        : []),
      ...((await alsoWrite?.()) ?? []),
    ],
  });
