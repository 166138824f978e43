import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { sheetId } from '../../events/participation.ts';
import { type Contract, pageOf, paging, route, words } from '../http/contract.ts';
import { type NoticeKind, noticeKinds } from '../people/notice-kinds.ts';

const kinds = Object.keys(noticeKinds) as [NoticeKind, ...NoticeKind[]];

const notice = z
  .object({
    id: uuid,
    at: z.iso.datetime(),
    kind: z.enum(kinds).meta({ id: 'NoticeKind', description: 'What happened to the record.' }),
    text: words,
    hours: z
      .object({
        sheetId,
        activityId: uuid,
        serviceDate: localDate,
        creditedMinutes: z.int(),
        reason: z
          .string()
          .nullable()
          .describe('What staff gave as the reason; null when they gave none.'),
      })
      .nullable()
      .describe('The hours that it is about; null when it is about the record.'),
  })
  .meta({ id: 'Notice', description: 'What a person is told of their own record.' });

export const notices = {
  listNotices: route({
    key: 'GET /volunteers/{id}/notices',
    access: 'token',
    summary: { en: 'What happened to your own record, newest first', zh: '本人通知' },
    params: z.strictObject({ id: uuid }),
    query: z.strictObject(paging),
    answer: pageOf(notice),
    problems: ['invalid-cursor'],
  }),
} satisfies Contract;
