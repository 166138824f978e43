import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, areaId, define, localDate, text } from './envelope.ts';

/**
 * A complaint or suggestion. What somebody wrote, and how to reach them, is sealed in the People table and in no
 * event: it may name anybody.
 */
export const complaint = z
  .object({
    areaId: areaId.nullable().describe('The area that it is about; null when nobody said.'),
    status: z.enum(['received', 'handling', 'answered', 'closed']).meta({
      id: 'ComplaintStatus',
      description: 'Where a complaint stands.',
    }),
    receivedOn: localDate.describe('The day on which it came.'),
    dueOn: localDate.describe('The last day on which the answer is in time.'),
    takenBy: actorId.nullable().describe('Who deals with it; null while nobody does.'),
    takenOn: localDate.nullable().describe('The day from which somebody deals with it.'),
    answer: text(2000).nullable().describe('The answer, which points to nobody.'),
    answeredOn: localDate.nullable().describe('The day of the first answer.'),
    closedOn: localDate.nullable().describe('The day on which it was closed.'),
  })
  .meta({ id: 'ComplaintState', description: 'A complaint after an event, without what it says.' });
export type Complaint = Readonly<z.infer<typeof complaint>>;

const received: Complaint = {
  areaId: 'hongqi-01',
  status: 'received',
  receivedOn: '2025-10-18',
  dueOn: '2025-11-07',
  takenBy: null,
  takenOn: null,
  answer: null,
  answeredOn: null,
  closedOn: null,
};
const taken: Complaint = {
  ...received,
  status: 'handling',
  takenBy: 'admin-1',
  takenOn: '2025-10-20',
};
const answered: Complaint = {
  ...taken,
  status: 'answered',
  answer: '已核实，签到要求已取消，谢谢您的意见。',
  answeredOn: '2025-10-24',
};

const complaintEvent = (
  summary: { readonly en: string; readonly zh: string },
  example: Complaint,
) =>
  define(aggregates.complaint, {
    summary,
    data: z.object({ complaint }),
    example: { complaint: example },
  });

export const complaintEvents = {
  ComplaintReceived: complaintEvent(
    { en: 'A complaint or suggestion was received', zh: '投诉或意见已收到' },
    received,
  ),
  ComplaintTaken: complaintEvent(
    { en: 'Somebody deals with a complaint', zh: '投诉或意见已受理' },
    taken,
  ),
  ComplaintAnswered: complaintEvent(
    { en: 'A complaint was answered', zh: '投诉或意见已答复' },
    answered,
  ),
  ComplaintClosed: complaintEvent(
    { en: 'A complaint was closed', zh: '投诉或意见已办结' },
    { ...answered, status: 'closed', closedOn: '2025-10-31' },
  ),
};
