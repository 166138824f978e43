import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { entry as hoursEntry, sheetId } from '../../events/participation.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { starLevel } from '../../events/stars.ts';
import { volunteer } from '../../events/volunteers.ts';
import { pageOf } from '../http/contract.ts';

/** As `3.00`. Calculations use the minutes. */
const hoursText = z
  .string()
  .regex(/^\d+\.\d\d$/)
  .describe('Hours to two decimals, for display.');

/**
 * Minutes as hours to two decimals. No number of sixtieths lies halfway between two hundredths, so
 * rounding is unambiguous.
 */
export const hoursOf = (minutes: number): string => (minutes / 60).toFixed(2);

/** A person's basic information in the People table; null for missing fields. */
const personal = z.object({
  name: z.string().nullable(),
  sex: z.string().nullable(),
  birthDate: localDate.nullable(),
  idDocument: z
    .string()
    .nullable()
    .describe('Masked except for its last four characters, unless the reader may see all of it.'),
  phone: z.string().nullable(),
  skills: z.array(z.string()),
});

const basic = z
  .object({
    ...personal.shape,
    areaId,
    area: z.string().nullable().describe('Null when the Views do not have the area (yet).'),
    serviceCategories: volunteer.shape.serviceCategories,
    tags: volunteer.shape.tags,
    registeredOn: localDate,
  })
  .meta({
    id: 'BasicInformation',
    description: 'The first block of a service record; null for what is missing.',
  });

const service = z
  .object({
    sheetId,
    volunteerId: uuid.describe(
      'The record under which the time was entered: this one, or one merged into it.',
    ),
    activityId: uuid,
    activity: z
      .string()
      .nullable()
      .describe('The activity’s present title; null when the Views do not have it (yet).'),
    content: z.string().nullable(),
    date: localDate,
    areaId,
    area: z.string().nullable(),
    onDuty: z.boolean().describe('On duty at the workplace: no hours.'),
    minutes: z.int(),
    hours: hoursText,
    organisationId: uuid,
    organisation: z.string().nullable(),
    responsibleId: z.string().nullable().describe('The opaque id of the person in charge.'),
    status: hoursEntry.shape.status,
    objected: z.boolean(),
  })
  .meta({ id: 'ServiceLine', description: 'A line of the second block: one day of service.' });

const sum = z
  .object({ entries: z.int().describe('How many entries.'), minutes: z.int(), hours: hoursText })
  .meta({ id: 'HoursSum', description: 'The sum of some entries.' });

const entry = { id: uuid, organisation: z.string().nullable() };
const trainingRow = z
  .object({ ...training.shape, ...entry, studyHours: hoursText })
  .meta({ id: 'TrainingLine', description: 'A training in a record, with names.' });
const commendationRow = z
  .object({ ...commendation.shape, ...entry })
  .meta({ id: 'CommendationLine', description: 'A commendation in a record, with names.' });
const evaluationRow = z
  .object({ ...evaluation.shape, ...entry, activity: z.string().nullable() })
  .meta({ id: 'EvaluationLine', description: 'An evaluation in a record, with names.' });

const grantedStar = z
  .object({
    level: starLevel,
    grantedOn: localDate.describe('The day on which it was granted.'),
    underReview: z
      .boolean()
      .describe('Hours or records that it rests on changed since, and somebody has to look.'),
  })
  .meta({ id: 'GrantedStar', description: 'A granted star in a record.' });

/** The blocks of a record that are paged. */
export const blocks = ['service', 'trainings', 'commendations', 'evaluations'] as const;
export type Block = (typeof blocks)[number];

/** A service record: five blocks, newest first. Blocks that were not asked for are null. */
export const record = z
  .object({
    volunteerId: uuid,
    status: volunteer.shape.status,
    mergedInto: uuid.nullable(),
    mergedFrom: z
      .array(uuid)
      .describe(
        'Records of the same person merged into this one. Their hours are here; the rest stays there.',
      ),
    on: localDate.describe('The day on which the answer was made.'),
    basic: basic.nullable(),
    service: pageOf(service)
      .extend({
        totals: z
          .object({ verified: sum, pending: sum, rejected: sum, voided: sum })
          .nullable()
          .describe(
            'Totals of the whole record rather than of this page; null on later pages. Only verified time counts.',
          ),
      })
      .nullable()
      .describe('Where and when the person served.'),
    trainings: pageOf(trainingRow).nullable(),
    commendations: pageOf(commendationRow).nullable(),
    stars: z.array(grantedStar).nullable().describe('The granted stars, by level.'),
    evaluations: pageOf(evaluationRow).nullable(),
  })
  .meta({
    id: 'ServiceRecord',
    description:
      'A service record: five blocks, newest first. Blocks that were not asked for are null.',
  });
export type RecordAnswer = Readonly<z.infer<typeof record>>;
export type Basic = NonNullable<RecordAnswer['basic']>;
export type ServiceLine = NonNullable<RecordAnswer['service']>['items'][number];
