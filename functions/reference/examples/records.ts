import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids, page, sheet } from './samples.ts';

const entry = { id: ids.entry, version: 1 };
const training = { ...entry, ...catalogue.TrainingRecorded.example.entry };
const commendation = { ...entry, ...catalogue.CommendationRecorded.example.entry };
const evaluation = { ...entry, ...catalogue.ServiceEvaluated.example.entry };
const voided = { status: 'voided', voidReason: '重复录入', version: 2 } as const;
const organisation = '红旗社区居民委员会';
const none = { entries: 0, minutes: 0, hours: '0.00' };

export const records = {
  bodies: {
    recordTraining: {
      organisationId: ids.organisation,
      date: '2025-10-11',
      name: '应急救护培训',
      content: '心肺复苏、创伤包扎',
      studyMinutes: 150,
      organiser: '示范区红十字会',
    },
    recordCommendation: {
      organisationId: ids.organisation,
      date: '2025-12-05',
      name: '年度优秀志愿者',
    },
    recordEvaluation: {
      organisationId: ids.organisation,
      date: '2025-10-18',
      quality: 'good',
      activityId: ids.activity,
    },
    voidTraining: { reason: '重复录入' },
    voidCommendation: { reason: '重复录入' },
    voidEvaluation: { reason: '重复录入' },
  },
  answers: {
    recordTraining: training,
    recordCommendation: commendation,
    recordEvaluation: evaluation,
    voidTraining: { ...training, ...voided },
    voidCommendation: { ...commendation, ...voided },
    voidEvaluation: { ...evaluation, ...voided },
    readRecord: {
      volunteerId: ids.volunteer,
      status: 'active',
      mergedInto: null,
      mergedFrom: [],
      on: '2025-10-25',
      basic: {
        name: '雷小锋',
        sex: 'male',
        birthDate: '1990-03-05',
        idDocument: '**************0012',
        phone: '+8613800138000',
        skills: ['急救'],
        areaId: 'hongqi-01',
        area: '红旗社区',
        serviceCategories: ['medical'],
        tags: ['party-member'],
        registeredOn: '2025-09-06',
      },
      service: {
        ...page({
          sheetId: sheet,
          volunteerId: ids.volunteer,
          activityId: ids.activity,
          activity: '红旗社区义诊',
          content: '为居民测血压、测血糖，发放健康手册',
          date: '2025-10-18',
          areaId: 'hongqi-01',
          area: '红旗社区',
          onDuty: false,
          minutes: 180,
          hours: '3.00',
          organisationId: ids.organisation,
          organisation,
          responsibleId: null,
          status: 'verified' as const,
          objected: false,
        }),
        totals: {
          verified: { entries: 1, minutes: 180, hours: '3.00' },
          pending: none,
          rejected: none,
          voided: none,
        },
      },
      trainings: page({ ...training, organisation, studyHours: '2.50' }),
      commendations: page({ ...commendation, organisation }),
      stars: [{ level: 1, grantedOn: '2026-01-14', underReview: false }],
      evaluations: page({ ...evaluation, organisation, activity: '红旗社区义诊' }),
    },
    listProofs: page({
      ...{ period: '2025-10', version: 2, sheetId: sheet, volunteerId: ids.volunteer },
      salt: '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
      leaf: '{"area":"hongqi-01","attended":190,"credited":180,"date":"2025-10-18","kind":"entry"}',
      index: 0,
      leafCount: 1,
      path: [],
      root: 'a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3',
    }),
    exportVolunteer: {
      volunteerId: ids.volunteer,
      on: '2025-10-25',
      held: {
        person: { name: '雷小锋', phone: '+8613800138000' },
        personal: [{ place: 'notice', at }],
        volunteer: {
          ...catalogue.VolunteerRegistered.example.volunteer,
          mergedFrom: [],
          version: 1,
        },
        events: [{ type: 'VolunteerRegistered' }],
        trainings: [training],
        commendations: [commendation],
        evaluations: [evaluation],
        memberships: [
          { id: ids.membership, ...catalogue.TeamMemberJoined.example.membership, version: 1 },
        ],
        certificates: [],
        stars: [],
      },
      hours: [
        {
          sheetId: sheet,
          version: 2,
          activityId: ids.activity,
          organisationId: ids.organisation,
          teamId: null,
          areaId: 'hongqi-01',
          theme: 'FREE_CLINIC',
          serviceDate: '2025-10-18',
          volunteerId: ids.volunteer,
          onDuty: false,
          attendedMinutes: 190,
          creditedMinutes: 180,
          origin: 'leader-roll',
          status: 'verified',
          flags: [],
          objectedOn: null,
        },
      ],
      next: null,
    },
  },
} satisfies ExamplesOf<(typeof contracts)['records']>;
