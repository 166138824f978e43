import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Webhook } from '../../../events/webhooks.ts';
import { matches, type Routing } from '../../../functions/webhooks/subscription.ts';

const all: Webhook = {
  description: '全部',
  kind: 'http',
  host: 'example.org',
  types: null,
  areaIds: [],
  themes: [],
  organisationId: null,
  content: 'thin',
  asymmetric: false,
  keyword: null,
  status: 'active',
};
const routing: Routing = {
  type: 'HoursVerified',
  areaIds: ['hongqi-01', 'hongqi', 'demo'],
  theme: 'FREE_CLINIC',
  organisationId: 'o',
};
const gets = (changes: Partial<Webhook>, of: Partial<Routing> = {}): boolean =>
  matches({ id: 'w', webhook: { ...all, ...changes } }, { ...routing, ...of });

test.each<[string, Partial<Webhook>, boolean]>([
  ['everything', {}, true],
  ['its type', { types: ['HoursVerified'] }, true],
  ['another type', { types: ['HoursVoided'] }, false],
  ['the area itself', { areaIds: ['hongqi-01'] }, true],
  ['an area that contains it', { areaIds: ['x', 'demo'] }, true],
  ['another area', { areaIds: ['hongqi-02'] }, false],
  ['its theme', { themes: ['X', 'FREE_CLINIC'] }, true],
  ['another theme', { themes: ['X'] }, false],
  ['its organisation', { organisationId: 'o' }, true],
  ['another organisation', { organisationId: 'p' }, false],
  ['everything, paused', { status: 'paused' }, true],
  ['everything, disabled', { status: 'disabled' }, true],
  ['everything, untested', { status: 'untested' }, false],
  ['everything, deleted', { status: 'deleted' }, false],
])('whoever asks for %s', (_, webhook, expected) => {
  expect(gets(webhook)).toBe(expected);
});

test('what an event does not say matches no filter', () => {
  const silent = { areaIds: [], theme: null, organisationId: null };
  expect(gets({}, silent)).toBe(true);
  for (const filter of [{ areaIds: ['demo'] }, { themes: ['X'] }, { organisationId: 'o' }])
    expect(gets(filter, silent)).toBe(false);
});

test('notices are for those who name them', () => {
  const notice = { type: 'notice.hours-credited' };
  expect(gets({}, notice)).toBe(false);
  expect(gets({ types: ['notice.hours-credited'] }, notice)).toBe(true);
});

test('one more filter never gets more', () => {
  const filter = fc.record(
    {
      types: fc.constantFrom<Webhook['types']>(null, ['HoursVerified'], ['HoursVoided']),
      areaIds: fc.constantFrom<string[]>([], ['demo'], ['x']),
      themes: fc.constantFrom<string[]>([], ['FREE_CLINIC'], ['X']),
      organisationId: fc.constantFrom(null, 'o', 'p'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(filter, filter, (one, other) => {
      const both =
        Object.keys({ ...one, ...other }).length ===
        Object.keys(one).length + Object.keys(other).length;
      if (both && gets({ ...one, ...other })) expect(gets(one) && gets(other)).toBe(true);
    }),
  );
});
