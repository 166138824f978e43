import { noticeKinds } from '../../people/notice-kinds.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids, page, sheet } from './samples.ts';

export const notices = {
  bodies: {},
  answers: {
    listNotices: page({
      id: ids.notice,
      at,
      kind: 'hours-corrected',
      text: noticeKinds['hours-corrected'],
      hours: {
        sheetId: sheet,
        activityId: ids.activity,
        serviceDate: '2025-10-18',
        creditedMinutes: 150,
        reason: '中途离开半小时',
      },
    }),
  },
} satisfies ExamplesOf<(typeof contracts)['notices']>;
