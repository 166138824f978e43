import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids } from './samples.ts';

const path = '/feeds/calendar/kXq3v9m2TtB0cYw1Jr8sZQ-mJ4nYt2Qe6Lw0Xc9RsVb7Uf1Ka5Hd3Gi8Zp2Oq6E.ics';

export const calendars = {
  bodies: {},
  answers: {
    makeCalendar: { path },
    endCalendar: { path: null },
    personalFeed: {
      entries: [
        {
          id: ids.activity,
          version: 2,
          serviceDate: '2025-10-18',
          title: '新华社区义诊',
          place: '新华社区',
          status: 'verified',
          isCancelled: false,
        },
      ],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['calendars']>;
