import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids } from './samples.ts';

const webhook = { id: ids.webhook, ...catalogue.WebhookCreated.example.webhook, version: 1 };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const attempt = { problem: null, status: 204, latencyMs: 38, answer: '' };
const delivery = {
  id: '0198c0de-0000-7000-8000-000000000001',
  type: 'ActivityPublished',
  event: { type: 'activity', id: ids.activity, version: 1 },
  status: 'failed',
  attempts: 3,
  at,
  problem: 'timeout',
  answered: null,
  latencyMs: 15_000,
  answer: '',
  dueAt: null,
} as const;

export const webhooks = {
  bodies: {
    createWebhook: {
      url: 'https://hooks.example.org/leifeng',
      description: '区数据平台',
      types: ['ActivityPublished', 'HoursVerified'],
      areaIds: ['hongqi'],
    },
    reviseWebhook: { status: 'paused' },
    rotateSecret: { overlapHours: 24 },
    recoverDeliveries: { since: '2025-10-18T00:00:00+08:00' },
  },
  answers: {
    createWebhook: { ...webhook, secret },
    listWebhooks: { items: [webhook] },
    readWebhook: {
      ...webhook,
      health: { failingSince: at, failures: 3, problem: 'timeout', slowUntil: null },
    },
    reviseWebhook: { ...webhook, status: 'paused', version: 2 },
    deleteWebhook: { ...webhook, status: 'deleted', version: 2 },
    rotateSecret: { ...webhook, secret, version: 2 },
    testWebhook: { webhook, attempt },
    listDeliveries: { items: [delivery], next: null },
    resendDelivery: delivery,
    pullEvents: {
      items: [
        {
          specversion: '1.0',
          id: '0198c0de-0000-7000-8000-000000000001',
          source: 'urn:leifeng:district:demo',
          type: 'ActivityPublished',
          subject: `activity/${ids.activity}`,
          time: at,
          datacontenttype: 'application/json',
          correlationid: '0198c0de-0000-7000-8000-0000000000ff',
          data: { activity: { id: ids.activity, areaId: 'hongqi-01' } },
        },
      ],
      next: 'MDE5OGMwZGU',
      retryAfterSeconds: 0,
    },
    recoverDeliveries: { resent: 12, next: null },
  },
} satisfies ExamplesOf<(typeof contracts)['webhooks']>;
