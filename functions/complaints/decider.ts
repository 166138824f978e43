import type { Fact } from '../../events/catalogue.ts';
import type { Complaint } from '../../events/complaints.ts';
import { checkStatus } from '../refusals/decision.ts';

/** @param dueOn the last local date on which the answer is in time */
export const receive = (
  areaId: string | null,
  receivedOn: string,
  dueOn: string,
): Fact<'ComplaintReceived'> => ({
  type: 'ComplaintReceived',
  data: {
    complaint: {
      ...{ areaId, status: 'received', receivedOn, dueOn },
      ...{ takenBy: null, takenOn: null, answer: null, answeredOn: null, closedOn: null },
    },
  },
});

/** Somebody deals with it; another one may take it over. @throws Rejection `illegal-transition` */
export const take = (
  complaint: Complaint,
  takenBy: string,
  today: string,
): Fact<'ComplaintTaken'> | null => {
  checkStatus(complaint, 'take', 'received', 'handling');
  if (complaint.takenBy === takenBy) return null;
  return {
    type: 'ComplaintTaken',
    data: { complaint: { ...complaint, status: 'handling', takenBy, takenOn: today } },
  };
};

/** Answers it, or answers anew before it is closed. @throws Rejection `illegal-transition` */
export const answer = (
  complaint: Complaint,
  text: string,
  today: string,
): Fact<'ComplaintAnswered'> | null => {
  checkStatus(complaint, 'answer', 'handling', 'answered');
  if (complaint.answer === text) return null;
  return {
    type: 'ComplaintAnswered',
    data: {
      complaint: {
        ...complaint,
        status: 'answered',
        answer: text,
        // The clock stops with the first answer.
        answeredOn: complaint.answeredOn ?? today,
      },
    },
  };
};

/** @throws Rejection `illegal-transition` unless it was answered */
export const close = (complaint: Complaint, today: string): Fact<'ComplaintClosed'> => {
  checkStatus(complaint, 'close', 'answered');
  return {
    type: 'ComplaintClosed',
    data: { complaint: { ...complaint, status: 'closed', closedOn: today } },
  };
};

/** Whether the answer came, or will come, after the day on which it was due. */
export const isOverdue = (
  { answeredOn, dueOn }: Pick<Complaint, 'answeredOn' | 'dueOn'>,
  today: string,
): boolean => (answeredOn ?? today) > dueOn;
