import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { entry as hoursEntry, sheetId } from '../../events/participation.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { volunteer } from '../../events/volunteers.ts';
import { pageOf } from '../http/contract.ts';

/** Hours to two decimals, as `3.00`, for display. Calculations use the minutes. */
const hoursText = z.string().regex(/^\d+\.\d\d$/);

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
  /** Masked except for its last four characters, unless the reader may see all of it. */
  idDocument: z.string().nullable(),
  phone: z.string().nullable(),
  skills: z.array(z.string()),
});

const basic = z.object({
  ...personal.shape,
  areaId,
  /** Null when the Views do not have the area (yet). */
  area: z.string().nullable(),
  serviceCategories: volunteer.shape.serviceCategories,
  tags: volunteer.shape.tags,
  registeredOn: localDate,
});

const service = z.object({
  sheetId,
  /** The record under which the time was entered: this one, or one merged into it. */
  volunteerId: uuid,
  activityId: uuid,
  /** The activity's present title; null when the Views do not have it (yet). */
  activity: z.string().nullable(),
  content: z.string().nullable(),
  date: localDate,
  areaId,
  area: z.string().nullable(),
  /** On duty at the workplace: no hours. */
  onDuty: z.boolean(),
  minutes: z.int(),
  hours: hoursText,
  organisationId: uuid,
  organisation: z.string().nullable(),
  /** The opaque id of the person in charge. */
  responsibleId: z.string().nullable(),
  status: hoursEntry.shape.status,
  objected: z.boolean(),
});

const sum = z.object({ entries: z.int(), minutes: z.int(), hours: hoursText });

const entry = { id: uuid, organisation: z.string().nullable() };
const trainingRow = z.object({ ...training.shape, ...entry, studyHours: hoursText });
const commendationRow = z.object({ ...commendation.shape, ...entry });
const evaluationRow = z.object({ ...evaluation.shape, ...entry, activity: z.string().nullable() });

/** The blocks of a record that are paged. */
export const blocks = ['service', 'trainings', 'commendations', 'evaluations'] as const;
export type Block = (typeof blocks)[number];

/** A service record: five blocks, newest first. Blocks that were not asked for are null. */
export const record = z.object({
  volunteerId: uuid,
  status: volunteer.shape.status,
  mergedInto: uuid.nullable(),
  /** Records of the same person merged into this one. Their hours are here; the rest stays there. */
  mergedFrom: z.array(uuid),
  /** The day on which the answer was made. */
  on: localDate,
  basic: basic.nullable(),
  service: pageOf(service)
    .extend({
      /**
       * Totals of the whole record rather than of this page; null on later pages. Only verified
       * time counts.
       */
      totals: z.object({ verified: sum, pending: sum, rejected: sum, voided: sum }).nullable(),
    })
    .nullable(),
  trainings: pageOf(trainingRow).nullable(),
  commendations: pageOf(commendationRow).nullable(),
  evaluations: pageOf(evaluationRow).nullable(),
});
export type RecordAnswer = Readonly<z.infer<typeof record>>;
export type Basic = NonNullable<RecordAnswer['basic']>;
export type ServiceLine = NonNullable<RecordAnswer['service']>['items'][number];
