import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { sheetId } from '../../events/participation.ts';
import { certificate } from '../../events/recognition.ts';
import { documentTypes } from '../people/person.ts';

const { entries: _, records: __, ...shape } = certificate.shape;

/** A certificate as lists and commands show it. */
export const listedCertificate = z
  .object({
    id: uuid,
    ...shape,
    entryCount: z.int().describe('How many verified entries it certifies; 0 before it is issued.'),
    version: z.int(),
  })
  .meta({ id: 'Certificate', description: 'A certificate of service, or an application for one.' });

/** What the page of one's own certificates shows. */
export const ownCertificates = z.object({
  items: z.array(listedCertificate),
  units: z.array(z.object({ id: uuid, name: z.string() })),
  from: localDate,
  until: localDate,
});

const hours = z
  .string()
  .regex(/^\d+\.\d\d$/)
  .describe('Hours to two decimals, for display.');

/** What is certified, for the person and the recording unit. */
export const certificateDocument = z
  .object({
    ...listedCertificate.shape,
    hours,
    issuer: z.string().describe('The name of the recording unit.'),
    person: z
      .object({
        name: z.string().nullable(),
        sex: z.enum(['female', 'male']).nullable(),
        idDocument: z
          .object({
            type: z.enum(documentTypes).describe('The kind of the document.'),
            number: z.string().describe('Masked but for its first and its last characters.'),
          })
          .meta({ id: 'MaskedDocument', description: 'A document, its number masked.' })
          .nullable(),
        idHash: z
          .string()
          .nullable()
          .describe(
            'SHA-256 of the number and the salt, as a credential has it; null without one.',
          ),
        idSalt: z
          .string()
          .nullable()
          .describe(
            'With it the person shows that `idHash` is of their number. Null for everybody else.',
          ),
      })
      .meta({ id: 'CertifiedPerson', description: 'Whom a certificate is about.' })
      .nullable()
      .describe('Null before it is issued, and after the person was erased.'),
    services: z
      .array(
        z
          .object({
            sheetId,
            date: localDate,
            activity: z.string().nullable().describe('Its title; null when it is not known (yet).'),
            minutes: z.int(),
          })
          .meta({ id: 'CertifiedService', description: 'One day of certified service.' }),
      )
      .describe('Oldest first.'),
    code: z
      .string()
      .nullable()
      .describe('Whoever has it reads period and total too; null before it is issued.'),
    verifyUrl: z
      .string()
      .nullable()
      .describe('Where it is verified; null in a district without a public address.'),
    notes: z.array(z.string()).describe('What is to be said beside it.'),
  })
  .meta({ id: 'CertificateDocument', description: 'A certificate with all that it says.' });
export type CertificateDocument = Readonly<z.infer<typeof certificateDocument>>;

/** What anybody is told of a certificate. */
export const verification = z
  .object({
    number: z.string(),
    status: z.enum(['issued', 'superseded', 'revoked', 'unavailable']).meta({
      id: 'VerifiedStatus',
      description:
        '`issued`: it is good. `superseded`: what it says is no longer so, or another one took its place. `unavailable`: the person has left, and nothing more is said.',
    }),
    issuer: z.string().describe('The name of the recording unit.'),
    issuedOn: localDate.describe('The day of issue.'),
    from: localDate.nullable().describe('With the code only.'),
    until: localDate.nullable().describe('With the code only.'),
    minutes: z.int().nullable().describe('With the code only.'),
    hours: hours.nullable().describe('With the code only: hours to two decimals.'),
  })
  .meta({ id: 'Verification', description: 'What anybody is told of a certificate. No name.' });
export type Verification = Readonly<z.infer<typeof verification>>;

/** The page on which somebody types a number, and what it found. */
export const verifyPage = z.object({
  number: z.string().nullable(),
  code: z.string().nullable(),
  finding: z.enum(['mistyped', 'unknown', 'wrong-code']).nullable(),
  found: verification.nullable(),
});
export type VerifyPage = Readonly<z.infer<typeof verifyPage>>;
