import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { page } from './samples.ts';

const number = '251018-48392071-11';
const ticket = 'bm9uY2UtZm9yLWFuLWV4YW.lxk2m1a0.bWFyay1mb3ItYW4tZXhhbX';
const { complaint: received } = catalogue.ComplaintReceived.example;
const { complaint: taken } = catalogue.ComplaintTaken.example;
const { complaint: answered } = catalogue.ComplaintAnswered.example;
const { complaint: closed } = catalogue.ComplaintClosed.example;
const isOverdue = false;
const counts = { received: 1, handling: 2, answered: 1, closed: 20, overdue: 1 };

export const complaints = {
  bodies: {
    sendComplaint: { ticket, text: '活动要求先扫码签到才能领材料。' },
    askState: { ticket, number, secret: 'ABCD-EFGH-JKLM-NPQR' },
    answerComplaint: { text: '已核实，签到要求已取消，谢谢您的意见。' },
  },
  answers: {
    listComplaints: page({ number, ...received, isOverdue, version: 1 }),
    readComplaint: {
      number,
      ...taken,
      isOverdue,
      version: 2,
      text: '活动要求居民先扫码签到才能领材料，老人不会用。',
      contact: '电话联系，晚上方便',
      page: '/stories',
    },
    takeComplaint: { number, ...taken, isOverdue, version: 2 },
    answerComplaint: { number, ...answered, isOverdue, version: 3 },
    closeComplaint: { number, ...closed, isOverdue, version: 4 },
    complaintFigures: { year: '2025', total: counts, months: { '2025-10': counts }, areAll: true },
  },
} satisfies ExamplesOf<(typeof contracts)['complaints']>;
