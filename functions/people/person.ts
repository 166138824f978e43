import * as z from 'zod';
import { localDate } from '../../events/envelope.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

/** The most characters of each text, and the most skills. */
export const longest = {
  name: 60,
  number: 40,
  phone: 40,
  address: 200,
  skill: 40,
  skills: 20,
} as const;

export const documentTypes = [
  'resident-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'foreign-permanent-resident-id',
] as const;

const idDocument = z
  .strictObject({
    type: z
      .enum(documentTypes)
      .meta({ id: 'DocumentType', description: 'The kind of a document.' }),
    number: text(longest.number),
  })
  .meta({ id: 'IdDocument', description: 'A document that proves who somebody is.' });

/** The guardian of a minor. */
const guardian = z
  .strictObject({
    name: text(longest.name),
    phone: text(longest.phone),
    relation: z
      .enum(['parent', 'grandparent', 'sibling', 'other'])
      .meta({ id: 'GuardianRelation', description: 'What the guardian is to the child.' }),
    idDocument: idDocument.optional(),
  })
  .meta({ id: 'Guardian', description: 'The guardian of a minor.' });

/**
 * The personal part of a service record's basic information (Order 67, art. 5). Every field is
 * optional, because a district asks only for what it needs. `checkPerson` checks how fields fit
 * together.
 */
export const person = z.strictObject({
  name: text(longest.name).optional(),
  sex: z
    .enum(['female', 'male'])
    .meta({ id: 'Sex', description: 'As in the document of the person.' })
    .optional(),
  birthDate: localDate.optional(),
  idDocument: idDocument.optional(),
  phone: text(longest.phone).optional(),
  address: text(longest.address).optional(),
  skills: z.array(text(longest.skill)).max(longest.skills).optional(),
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
