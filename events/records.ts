import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, define, localDate, reason, text, uuid } from './envelope.ts';

/** How good a service was, from best to worst: codes with their labels. */
export const serviceQualities = {
  excellent: { zh: '优秀', en: 'Excellent' },
  good: { zh: '良好', en: 'Good' },
  adequate: { zh: '合格', en: 'Adequate' },
  weak: { zh: '有待改进', en: 'Needs improvement' },
  poor: { zh: '不合格', en: 'Poor' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type ServiceQuality = keyof typeof serviceQualities;

/** The fields that all entries of a record share. */
const common = {
  volunteerId: uuid,
  organisationId: uuid.describe('The organisation that entered it and answers for it.'),
  date: localDate,
  status: z.enum(['recorded', 'voided']).meta({
    id: 'RecordStatus',
    description: '`voided`: struck out, but still shown, with the reason.',
  }),
  recordedBy: actorId,
  voidReason: reason.nullable(),
};

export const training = z
  .object({
    kind: z.literal('training'),
    ...common,
    name: text(80),
    content: text(400),
    studyMinutes: z.int().min(1).max(60_000).describe('Whole minutes of study; shown as hours.'),
    organiser: text(80)
      .nullable()
      .describe('Who gave the training; null when the recording organisation gave it.'),
  })
  .meta({ id: 'TrainingState', description: 'A training in a service record, after an event.' });
export type Training = Readonly<z.infer<typeof training>>;

export const commendation = z
  .object({
    kind: z.literal('commendation'),
    ...common,
    name: text(80),
    awardedBy: text(80)
      .nullable()
      .describe('Who gave the commendation; null when the recording organisation gave it.'),
  })
  .meta({
    id: 'CommendationState',
    description: 'A commendation in a service record, after an event.',
  });
export type Commendation = Readonly<z.infer<typeof commendation>>;

export const evaluation = z
  .object({
    kind: z.literal('evaluation'),
    ...common,
    quality: z
      .enum(Object.keys(serviceQualities) as [ServiceQuality, ...ServiceQuality[]])
      .meta({ id: 'ServiceQuality', description: 'How good a service was, from best to worst.' }),
    activityId: uuid
      .nullable()
      .describe(
        'The activity that is evaluated; null when the evaluation is not about one activity.',
      ),
  })
  .meta({
    id: 'EvaluationState',
    description: 'An evaluation in a service record, after an event.',
  });
export type Evaluation = Readonly<z.infer<typeof evaluation>>;

/**
 * An entry of a volunteer's service record other than hours (DOMAIN.md §3.1). Its texts describe
 * the course or the honour, never the person.
 */
export const recordEntry = z.discriminatedUnion('kind', [training, commendation, evaluation]).meta({
  id: 'RecordEntryState',
  description: 'An entry of a service record other than hours, after an event.',
});
export type RecordEntry = Readonly<z.infer<typeof recordEntry>>;
export type RecordKind = RecordEntry['kind'];

const about = {
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  status: 'recorded' as const,
  recordedBy: 'organiser-1',
  voidReason: null,
};
const course = {
  kind: 'training' as const,
  ...about,
  date: '2025-10-11',
  name: '应急救护培训',
  content: '心肺复苏、创伤包扎',
  studyMinutes: 150,
  organiser: '示范区红十字会',
} satisfies Training;

const recorded = <Entry extends z.ZodType>(
  summary: { readonly en: string; readonly zh: string },
  entry: Entry,
  example: z.input<Entry>,
) =>
  define(aggregates.recordEntry, {
    summary,
    data: z.object({ entry }),
    example: { entry: example } as z.input<z.ZodObject<{ entry: Entry }>>,
  });

export const recordEvents = {
  TrainingRecorded: recorded(
    { en: 'A training was put on a volunteer’s record', zh: '培训已记录' },
    training,
    course,
  ),
  CommendationRecorded: recorded(
    { en: 'A commendation was put on a volunteer’s record', zh: '表彰已记录' },
    commendation,
    {
      kind: 'commendation',
      ...about,
      date: '2025-12-05',
      name: '年度优秀志愿者',
      awardedBy: '示范区精神文明建设办公室',
    },
  ),
  ServiceEvaluated: recorded(
    { en: 'A volunteer’s service was evaluated', zh: '服务质量已评价' },
    evaluation,
    {
      kind: 'evaluation',
      ...about,
      date: '2025-10-18',
      quality: 'good',
      activityId: '0198c0de-0000-7000-8000-0000000000b1',
    },
  ),
  RecordEntryVoided: define(aggregates.recordEntry, {
    summary: { en: 'An entry of a record was struck out; the row stays', zh: '记录条目已作废' },
    data: z.object({ entry: recordEntry }),
    example: { entry: { ...course, status: 'voided', voidReason: '重复录入' } },
  }),
};
