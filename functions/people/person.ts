import * as z from 'zod';
import { localDate } from '../../events/envelope.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

export const documentTypes = [
  'resident-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'foreign-permanent-resident-id',
] as const;

const idDocument = z.strictObject({ type: z.enum(documentTypes), number: text(40) });

/** The guardian of a minor. */
const guardian = z.strictObject({
  name: text(60),
  phone: text(40),
  relation: z.enum(['parent', 'grandparent', 'sibling', 'other']),
  idDocument: idDocument.optional(),
});

/**
 * The personal part of a service record's basic information (Order 67, art. 5). Every field is
 * optional, because a district asks only for what it needs. `checkPerson` checks how fields fit
 * together.
 */
export const person = z.strictObject({
  name: text(60).optional(),
  sex: z.enum(['female', 'male']).optional(),
  birthDate: localDate.optional(),
  idDocument: idDocument.optional(),
  phone: text(40).optional(),
  address: text(200).optional(),
  skills: z.array(text(40)).max(20).optional(),
  guardian: guardian.optional(),
});
export type Person = Readonly<z.infer<typeof person>>;

/** A correction: missing fields stay, null removes one. */
export const personChanges = z.strictObject({
  name: person.shape.name.nullable(),
  sex: person.shape.sex.nullable(),
  birthDate: person.shape.birthDate.nullable(),
  idDocument: person.shape.idDocument.nullable(),
  phone: person.shape.phone.nullable(),
  address: person.shape.address.nullable(),
  skills: person.shape.skills.nullable(),
  guardian: person.shape.guardian.nullable(),
});
