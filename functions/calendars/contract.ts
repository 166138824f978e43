import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { entry as hoursEntry } from '../../events/participation.ts';
import { type Contract, route } from '../http/contract.ts';

const byId = z.strictObject({ id: uuid });

const calendar = z
  .object({
    path: z
      .string()
      .nullable()
      .describe(
        'Below the address of the API, with the secret in it; null when there is no calendar any more.',
      ),
  })
  .meta({ id: 'Calendar', description: 'A private calendar: whoever has its URL may read it.' });

/** A day of service in the calendar of its person. */
const feedEntry = z.object({
  id: uuid,
  version: z.int(),
  serviceDate: localDate,
  /** Null when the Views do not have the activity (yet). */
  title: z.string().nullable(),
  place: z.string(),
  status: hoursEntry.shape.status,
  isCancelled: z.boolean(),
});

export const calendars = {
  makeCalendar: route({
    key: 'POST /volunteers/{id}/calendar',
    access: 'token',
    summary: {
      en: 'Make a private calendar of your own service, to subscribe to; the URL of before ends',
      zh: '生成本人服务日历的私密订阅地址（原地址随即失效）',
    },
    params: byId,
    status: 201,
    answer: calendar,
    problems: ['record-unreadable', 'conflict'],
  }),
  endCalendar: route({
    key: 'DELETE /volunteers/{id}/calendar',
    access: 'token',
    summary: {
      en: 'End your private calendar: its URL leads nowhere',
      zh: '停用本人服务日历的订阅地址',
    },
    params: byId,
    answer: calendar,
  }),
  personalFeed: route({
    key: 'GET /feeds/calendar/{file}',
    access: 'public',
    summary: {
      en: 'A volunteer’s private calendar, for whoever has its URL: the service of the last year, 100 days at most',
      zh: '本人服务日历（凭私密地址订阅）',
    },
    /** `<secret>.ics`. Whatever else it is, there is no such calendar. */
    params: z.strictObject({ file: z.string().describe('The secret, and `.ics` behind it.') }),
    only: 'text/calendar',
    answer: z.object({ entries: z.array(feedEntry) }),
    problems: ['not-found'],
  }),
} satisfies Contract;
