import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids, page, sheet } from './samples.ts';

const id = '0198c0de-0000-7000-8000-0000000000f5';
const batchId = '0198c0de-0000-7000-8000-0000000000f6';
const described = catalogue.InboundPartnerCreated.example.partner;
const partner = { id, ...described, version: 1 };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const { status: _, ...given } = described;
const counts = { items: 2, applied: 1, refused: 1 };
const nobody = { volunteerId: null, sheetId: null, confirmationCode: null };
const batch = {
  id: batchId,
  ...counts,
  results: [
    {
      ...{ index: 0, outcome: 'applied' as const, volunteerId: ids.volunteer },
      ...{ sheetId: sheet, confirmationCode: null, problem: null },
    },
    {
      ...{ index: 1, outcome: 'refused' as const, ...nobody },
      problem: {
        type: 'urn:leifeng:problem:name-required',
        title: 'Name required',
        status: 400,
        detail:
          'Hours by a phone or ID number need the `name` beside it: nobody is found by a number alone.',
        errors: [{ pointer: '#/name', code: 'name-required', detail: 'Name required' }],
      },
    },
  ],
};
const line = { activityId: ids.activity, serviceDate: '2025-10-18' };
const event = {
  ...{ specversion: '1.0', id: 'signin-117', source: '/platform', type: 'cn.example.signin' },
  data: {
    ...{ activity: line.activityId, day: line.serviceDate },
    ...{ mobile: '138 0013 8000', name: '雷小锋', minutes: 150 },
  },
};

export const inbound = {
  bodies: {
    createInboundPartner: given,
    reviseInboundPartner: { status: 'paused' },
    rotateInboundSecret: { overlapHours: 24 },
    tryInboundEvent: { event },
    receiveInbound: [event],
  },
  answers: {
    createInboundPartner: { ...partner, secret },
    listInboundPartners: page(partner),
    readInboundPartner: partner,
    reviseInboundPartner: { ...partner, status: 'paused', version: 2 },
    deleteInboundPartner: { ...partner, status: 'deleted', version: 2 },
    rotateInboundSecret: { ...partner, secret, version: 2 },
    tryInboundEvent: {
      as: 'hours',
      command: {
        ...line,
        body: {
          entries: [
            { phone: '+8613800138000', name: '雷小锋', attendedMinutes: 150, origin: 'import' },
          ],
        },
      },
    },
    receiveInbound: batch,
    listInboundBatches: page({ id: batchId, at, partnerId: id, ...counts }),
    readInboundBatch: batch,
  },
} satisfies ExamplesOf<(typeof contracts)['inbound']>;
