import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { areaId, define, localDate, uuid } from './envelope.ts';

/** Lines of sheets of an organisation in an area that wait too long, on a day: counts only. */
export const overdue = z
  .object({
    organisationId: uuid,
    areaId: areaId.describe('The area of the activities itself, without those that lie in it.'),
    on: localDate.describe('The working day on which it was looked at.'),
    lines: z
      .int()
      .min(1)
      .describe(
        'Lines that were not verified, or to which an objection was not answered, within ten working days.',
      ),
    sheets: z.int().min(1).describe('The sheets on which they are.'),
    oldest: localDate.describe('The oldest service day among them.'),
  })
  .meta({ id: 'OverdueState', description: 'How many lines wait too long, on a day.' });
export type Overdue = Readonly<z.infer<typeof overdue>>;

export const overdueEvents = {
  RecordsOverdue: define(aggregates.overdueRecords, {
    summary: {
      en: 'Records of an organisation in an area wait too long; once a working day, while there are any',
      zh: '某组织在某区域有记录超期未办（逐工作日提示）',
    },
    data: z.object({ overdue }),
    example: {
      overdue: {
        organisationId: '0198c0de-0000-7000-8000-0000000000a1',
        areaId: 'hongqi-01',
        on: '2025-11-03',
        lines: 12,
        sheets: 2,
        oldest: '2025-10-17',
      },
    },
  }),
};
