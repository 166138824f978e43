import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids, page } from './samples.ts';

const { id, mergedFrom, ...registered } = {
  id: ids.volunteer,
  ...catalogue.VolunteerRegistered.example.volunteer,
};
const shown = { id, ...registered, mergedFrom: [], version: 1 };
const { credentials } = catalogue.CredentialVerified.example.volunteer;
const { consents } = catalogue.ConsentGiven.example.volunteer;
const again = { ...shown, version: 2 };
const gone = {
  ...again,
  status: 'deactivated' as const,
  leftOn: '2025-11-20',
  spells: [{ from: '2025-09-06', until: '2025-11-20' }],
};
const waits = { id: ids.otherVolunteer, awaiting: ids.otherVolunteer };
const guardian = { name: '王芳', phone: '138 0013 8001', relation: 'parent' } as const;
const person = {
  name: '雷小锋',
  sex: 'male',
  birthDate: '1990-03-05',
  idDocument: { type: 'passport', number: 'E00000000' },
  phone: '+8613800138000',
  skills: ['急救'],
  guardian,
} as const;

export const volunteers = {
  bodies: {
    registerVolunteer: {
      areaId: 'hongqi-01',
      tags: ['party-member'],
      serviceCategories: ['medical'],
      consentVersion: '2025-03',
      person: { ...person, skills: ['急救'] },
    },
    lookUpVolunteers: { phone: '138 0013 8000', reason: 'service-arrangement' },
    reviseVolunteer: { areaId: 'hongqi-02' },
    correctPerson: { phone: '138 0013 8002', address: null },
    confirmVolunteer: { code: 'ABCDE-FGHJK', consentVersion: '2025-03' },
    giveConsent: { purpose: 'publicity', version: '2025-03' },
    addCredential: {
      kind: 'doctor',
      number: '110210000000001',
      holderName: '雷小锋',
      issuedBy: '示范区卫生健康委员会',
      evidence: 'public-register',
      validUntil: '2028-12-31',
    },
    revokeCredential: { reason: '执业注册已注销' },
    deactivateVolunteer: { reason: '迁出本区' },
    mergeVolunteer: { intoId: ids.otherVolunteer, reason: '同一人两次注册' },
    unmergeVolunteer: { reason: '并非同一人，误合并' },
    acceptMerge: { fromId: ids.otherVolunteer },
    approveAccess: { until: '2025-12-31' },
  },
  answers: {
    registerVolunteer: { ...shown, status: 'pending', confirmationCode: 'ABCDE-FGHJK' },
    listVolunteers: page(shown),
    lookUpVolunteers: {
      items: [{ ...shown, maskedName: '雷**', maskedPhone: null }],
    },
    listPossibleDuplicates: page({ ...shown, possibleDuplicates: [ids.otherVolunteer] }),
    readVolunteer: { ...shown, mergedFrom: [waits] },
    readPerson: { id, ...person, skills: ['急救'] },
    reviseVolunteer: { ...again, areaId: 'hongqi-02' },
    correctPerson: again,
    confirmVolunteer: again,
    giveConsent: { ...again, consents },
    withdrawConsent: again,
    addCredential: { ...again, credentials },
    revokeCredential: {
      ...again,
      credentials: credentials.map((each) => ({ ...each, revokedOn: '2025-11-01' })),
    },
    deactivateVolunteer: gone,
    reactivateVolunteer: again,
    mergeVolunteer: { ...gone, status: 'merged', mergedInto: ids.otherVolunteer },
    unmergeVolunteer: { ...again, distinctFrom: [ids.otherVolunteer] },
    acceptMerge: { ...again, mergedFrom: [{ ...waits, awaiting: null }] },
    eraseVolunteer: { ...gone, status: 'erased', consents: [], serviceCategories: [], tags: [] },
    readAccessLog: page({
      at,
      actorId: 'organiser-1',
      role: 'organiser',
      reason: 'service-arrangement',
      what: 'person',
    }),
    approveAccess: { readerId: 'organiser-1', approvedBy: 'admin-1', until: '2025-12-31' },
  },
} satisfies ExamplesOf<(typeof contracts)['volunteers']>;
