import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page, sheet } from './samples.ts';

const place = {
  activityId: ids.activity,
  organisationId: ids.organisation,
  teamId: null,
  areaId: 'hongqi-01',
  theme: 'FREE_CLINIC',
  serviceDate: '2025-10-18',
};
const figures = {
  onDuty: false,
  attendedMinutes: 190,
  creditedMinutes: 180,
  origin: 'leader-roll',
} as const;
const entry = {
  volunteerId: ids.volunteer,
  tags: ['party-member' as const],
  ...figures,
  status: 'pending' as const,
  enteredBy: ['organiser-1'],
  verifiedBy: [],
  objection: null,
  flags: ['late' as const],
};
const nothing = {
  waiting: 0,
  pendingMinutes: 0,
  participations: 0,
  creditedMinutes: 0,
  partyMemberParticipations: 0,
  onDutyParticipations: 0,
  objected: 0,
};
const waiting = { ...nothing, waiting: 1, pendingMinutes: 180 };
const counted = {
  ...nothing,
  participations: 1,
  creditedMinutes: 180,
  partyMemberParticipations: 1,
};
const entered = {
  id: sheet,
  ...place,
  sums: waiting,
  version: 1,
  entries: [entry],
  refused: [
    {
      entry: 1,
      volunteerId: ids.otherVolunteer,
      code: 'already-on-sheet' as const,
      title: { zh: '已在签到表上', en: 'Already on the sheet' },
      detail: { zh: '该志愿者当天已在签到表上。', en: 'The volunteer is on the sheet already.' },
    },
  ],
};
const verified = { ...entry, status: 'verified' as const, verifiedBy: ['verifier-1'] };
const objection = { on: '2025-10-25', reason: '当天服务了四小时' };
const changed = (
  to: (typeof entered.entries)[number] | typeof verified | object,
  sums: typeof nothing,
) => ({
  ...entered,
  sums,
  version: 2,
  entries: [{ ...entry, ...to }],
  refused: [],
});

export const participation = {
  bodies: {
    enterHours: {
      entries: [
        { volunteerId: ids.volunteer, ...figures },
        { phone: '138 0013 8000', name: '雷小锋', onDuty: true, origin: 'leader-roll' },
      ],
      atomic: false,
    },
    verifyHours: { entries: 'all' },
    rejectHours: { entries: { allBut: [ids.volunteer] }, reason: '签到表未签字' },
    correctHours: {
      entries: [{ volunteerId: ids.volunteer, creditedMinutes: 150 }],
      reason: '中途离开半小时',
    },
    voidHours: { entries: [ids.volunteer], reason: '重复录入' },
    objectHours: { entries: [ids.volunteer], reason: '当天服务了四小时' },
  },
  answers: {
    enterHours: entered,
    listSheets: { items: [{ id: sheet, serviceDate: '2025-10-18', number: 1 }] },
    readSheet: {
      id: sheet,
      ...place,
      sums: counted,
      version: 2,
      entries: [{ ...verified, objection }],
    },
    listHours: page({
      sheetId: sheet,
      ...place,
      volunteerId: ids.volunteer,
      ...figures,
      status: 'pending',
      flags: ['late'],
      objectedOn: null,
      overdue: false,
      version: 1,
    }),
    verifyHours: changed(verified, counted),
    rejectHours: changed({ status: 'rejected' }, nothing),
    correctHours: changed({ creditedMinutes: 150 }, { ...waiting, pendingMinutes: 150 }),
    voidHours: changed({ status: 'voided' }, nothing),
    objectHours: changed({ ...verified, objection }, { ...counted, objected: 1 }),
  },
} satisfies ExamplesOf<(typeof contracts)['participation']>;
