import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Certificate } from '../../../events/recognition.ts';
import {
  apply,
  checkCertifiable,
  checkSpan,
  decline,
  type Findings,
  isOpen,
  nextStep,
  overlap,
  reconsider,
  reissue,
  revoke,
  sealFile,
  withdraw,
} from '../../../functions/recognition/decider.ts';
import { rejectionOf } from '../../support/given.ts';

const applied = catalogue.CertificateApplied.example.certificate as Certificate;
const issued = catalogue.CertificateIssued.example.certificate as Certificate;
const statuses = [
  'applied',
  'in-notice',
  'issued',
  'superseded',
  'revoked',
  'declined',
  'withdrawn',
] as const;
const inStatus = (status: Certificate['status']): Certificate => ({ ...issued, status });
const today = '2026-02-02';
const next = {
  ...{ records: [], entries: issued.entries, minutes: 180, number: issued.number ?? '' },
  ...{ statusList: '2026-1', statusIndex: 1, personVersion: 2, today },
};

/** What may be done in each status; all else is refused. */
const allowed = {
  issue: ['applied', 'in-notice'],
  decline: ['applied', 'in-notice'],
  withdraw: ['applied', 'in-notice'],
  revoke: ['issued', 'superseded'],
  reissue: ['issued', 'superseded'],
  'seal-file': ['issued'],
} as const satisfies Record<string, readonly Certificate['status'][]>;
const acts: Readonly<Record<keyof typeof allowed, (state: Certificate) => unknown>> = {
  issue: (state) => nextStep(state, { today, noticeDays: 0 }),
  decline: (state) => decline(state, '不符'),
  withdraw,
  revoke: (state) => revoke(state, { reason: '有误', today }),
  reissue: (state) => reissue(state, { id: 'a', successorId: 'b', next }),
  'seal-file': (state) => sealFile(state, { sha256: 'a'.repeat(64), bytes: 1, on: today }),
};

describe.each(Object.entries(acts))('%s', (action, act) => {
  const may: readonly string[] = allowed[action as keyof typeof allowed];
  test.each(statuses)('of one that is %s', (status) => {
    if (may.includes(status)) expect(act(inStatus(status))).toBeTruthy();
    else expect(rejectionOf(() => act(inStatus(status))).code).toBe('illegal-transition');
  });
});

test('a notice comes first where the district wants one, and has to be over', () => {
  expect(nextStep(applied, { today, noticeDays: 7 })).toBe('notice');
  const noticed: Certificate = { ...applied, status: 'in-notice', noticeUntil: '2026-02-02' };
  expect(rejectionOf(() => nextStep(noticed, { today, noticeDays: 7 })).code).toBe(
    'notice-not-over',
  );
  expect(nextStep(noticed, { today: '2026-02-03', noticeDays: 7 })).toBe('issue');
});

test('what took its place is named once, and names what it took the place of', () => {
  const { old, new: made } = reissue(issued, { id: 'old', successorId: 'new', next });
  expect(old.data.certificate).toMatchObject({
    ...{ status: 'superseded', successorId: 'new', endedBy: 'reissued', endedOn: today },
    ...{ number: issued.number, entries: issued.entries },
  });
  expect(made.data.certificate).toMatchObject({ status: 'issued', predecessorId: 'old' });
  expect(
    rejectionOf(() => reissue(old.data.certificate, { id: 'old', successorId: 'x', next })).code,
  ).toBe('illegal-transition');
});

test.each([
  ['2026-02-03', '2026-02-02'],
  ['2026-02-01', '2026-02-03'],
])('%s to %s is no time that can be certified', (from, until) => {
  expect(rejectionOf(() => checkSpan({ from, until }, today))).toEqual({
    ...{ code: 'invalid-value', pointer: '#/until' },
  });
});

test('two spans overlap when they have a day in common', () => {
  const of = (from: string, until: string) => ({ from, until });
  expect(overlap(of('2025-01-01', '2025-01-31'), of('2025-01-31', '2025-02-01'))).toBe(true);
  expect(overlap(of('2025-01-01', '2025-01-30'), of('2025-01-31', '2025-02-01'))).toBe(false);
  expect(statuses.filter((status) => isOpen(inStatus(status)))).toEqual([
    ...['applied', 'in-notice', 'issued'],
  ]);
});

test('service of a record that is over, or was never confirmed, is not certified', () => {
  for (const status of ['pending', 'merged', 'erased'] as const)
    expect(rejectionOf(() => checkCertifiable({ status })).code).toBe('volunteer-not-active');
  for (const status of ['active', 'deactivated'] as const) checkCertifiable({ status });
});

describe('what the Ledger says now', () => {
  const volunteer: Findings['volunteer'] = {
    ...{ status: 'active', mergedInto: null, mergedFrom: [] },
  };
  const other = '0198c0de-0000-7000-8000-0000000000c2';
  const mergedFrom = [{ id: other, selfId: null, awaiting: null }];
  const become = (state: Certificate, findings: object) =>
    reconsider(state, { volunteer, hasFallen: false, isOtherwise: false, today, ...findings })?.data
      .certificate;

  test('leaves alone what is still so, and what is over', () => {
    expect(become(issued, {})).toBeUndefined();
    for (const status of ['applied', 'in-notice', 'declined', 'withdrawn'] as const)
      expect(become({ ...applied, status }, { hasFallen: true })).toBeUndefined();
    for (const status of ['superseded', 'revoked'] as const)
      expect(become(inStatus(status), { hasFallen: true })).toBeUndefined();
  });

  test.each([
    ['an entry that is not so any more', { hasFallen: true }, 'entries'],
    ['another name of its person', { isOtherwise: true }, 'person'],
    ['a merge', { volunteer: { ...volunteer, status: 'merged', mergedInto: other } }, 'merged'],
  ])('supersedes after %s', (_, findings, endedBy) => {
    expect(become(issued, findings)).toMatchObject({
      status: 'superseded',
      endedBy,
      endedOn: today,
    });
  });

  test('supersedes what rests on a record that was parted again', () => {
    const withOther = { ...issued, records: [other] };
    expect(become(withOther, { volunteer: { ...volunteer, mergedFrom } })).toBeUndefined();
    expect(become(withOther, {})).toMatchObject({ status: 'superseded', endedBy: 'merged' });
  });

  test.each(statuses)('of somebody who was erased, when it is %s', (status) => {
    const erased = { volunteer: { ...volunteer, status: 'erased' } };
    const state = {
      ...(status === 'applied' || status === 'in-notice' ? applied : issued),
      status,
    };
    const after = become(state, erased);
    if (status === 'declined' || status === 'withdrawn') expect(after).toBeUndefined();
    else if (status === 'applied' || status === 'in-notice')
      expect(after?.status).toBe('withdrawn');
    else expect(after).toMatchObject({ status: 'revoked', endedBy: 'erased' });
    if (after) expect(become(after, erased)).toBeUndefined();
  });
});

test('an application says nothing of its entries', () => {
  const { volunteerId, issuerId, from, until } = applied;
  const { certificate } = apply({ volunteerId, issuerId, from, until }, '2026-01-05').data;
  expect(certificate).toEqual(applied);
});
