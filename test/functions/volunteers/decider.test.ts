import { expect, test } from '@jest/globals';
import type { Volunteer } from '../../../events/volunteers.ts';
import { type Registration, register } from '../../../functions/people/registration.ts';
import {
  addCredential,
  confirm,
  correctPersonalData,
  deactivate,
  erase,
  giveConsent,
  reactivate,
  revise,
  withdrawConsent,
} from '../../../functions/volunteers/decider.ts';
import {
  acceptMerge,
  merge,
  receiveMerged,
  suspectDuplicates,
} from '../../../functions/volunteers/merge-decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { volunteer } from '../../support/samples.ts';

const today = '2025-09-06';
const asked: Omit<Registration, 'registeredBy'> = {
  areaId: 'hongqi-01',
  tags: [],
  serviceCategories: [],
  ageGroup: 'adult',
  consentVersion: '1',
};
const other = '0198c0de-0000-7000-8000-0000000000b2';

const waiting = register({ ...asked, registeredBy: 'organiser' }, today).data.volunteer;

test('whoever registers themselves is a volunteer at once', () => {
  const { data } = register({ ...asked, registeredBy: 'self' }, today);
  expect(data.volunteer).toMatchObject({
    status: 'active',
    confirmedOn: today,
    consents: [{ purpose: 'service-record', version: '1', by: 'self', withdrawnOn: null }],
  });
});

test('whom somebody else registers waits, and has agreed to nothing', () => {
  expect(waiting).toMatchObject({ status: 'pending', confirmedOn: null, consents: [] });
});

test('their own yes makes them a volunteer, once', () => {
  const { data } = confirm(waiting, { consentVersion: '2' }, other, '2025-09-08');
  expect(data.volunteer).toMatchObject({
    status: 'active',
    selfId: other,
    consentVersion: '2',
    confirmedOn: '2025-09-08',
  });
  expect(rejectionOf(() => confirm(data.volunteer, { consentVersion: '2' }, other, today))).toEqual(
    { code: 'illegal-transition' },
  );
});

test('a child is registered or confirmed only with a guardian’s consent', () => {
  const child = { ...asked, ageGroup: 'under-14' as const };
  const pointer = '#/guardianConsentVersion';
  expect(rejectionOf(() => register({ ...child, registeredBy: 'self' }, today))).toEqual({
    code: 'guardian-required',
    pointer,
  });
  const { volunteer: pending } = register({ ...child, registeredBy: 'organiser' }, today).data;
  expect(rejectionOf(() => confirm(pending, { consentVersion: '1' }, other, today))).toEqual({
    code: 'guardian-required',
    pointer,
  });
  const agreed = { consentVersion: '1', guardianConsentVersion: 'g1' };
  expect(confirm(pending, agreed, other, today).data.volunteer.consents).toMatchObject([
    { purpose: 'service-record' },
    { purpose: 'guardian', version: 'g1', by: 'guardian' },
  ]);
});

test('without consent to a service record nobody takes part, until it is given again', () => {
  const fact = withdrawConsent(volunteer, 'service-record', today);
  const left = fact?.data.volunteer ?? volunteer;
  expect(left).toMatchObject({ status: 'deactivated', leftOn: today });
  expect(withdrawConsent(left, 'service-record', today)).toBeNull();
  expect(rejectionOf(() => reactivate(left, today))).toEqual({ code: 'illegal-transition' });
  const again = giveConsent(left, { purpose: 'service-record', version: '2', by: 'self' }, today);
  expect(reactivate(again?.data.volunteer ?? left, today).data.volunteer).toMatchObject({
    status: 'active',
    leftOn: null,
  });
});

test('a child without a guardian’s consent does not take part, nor come back', () => {
  const child = { ...volunteer, ageGroup: 'under-14' as const };
  const given = { purpose: 'guardian', version: 'g1' } as const;
  expect(rejectionOf(() => giveConsent(child, { ...given, by: 'self' }, today))).toEqual({
    code: 'invalid-value',
    pointer: '#/by',
  });
  const agreed = giveConsent(child, { ...given, by: 'guardian' }, today)?.data.volunteer ?? child;
  const left = withdrawConsent(agreed, 'guardian', today)?.data.volunteer ?? agreed;
  expect(left.status).toBe('deactivated');
  expect(rejectionOf(() => reactivate(left, today))).toEqual({ code: 'illegal-transition' });
  expect(reactivate({ ...left, ageGroup: 'under-18' }, today).data.volunteer.status).toBe('active');
  const again = giveConsent(left, { ...given, by: 'guardian' }, today)?.data.volunteer ?? left;
  expect(reactivate(again, today).data.volunteer.status).toBe('active');
});

test('whom a correction makes a child takes no part until a guardian agrees', () => {
  const corrected = correctPersonalData(
    volunteer,
    ['birthDate'],
    { ageGroup: 'under-14', newNumber: false },
    today,
  ).data.volunteer;
  expect(corrected).toMatchObject({ ageGroup: 'under-14', status: 'deactivated', leftOn: today });
  const given = { purpose: 'guardian', version: 'g1', by: 'guardian' } as const;
  const agreed = giveConsent(corrected, given, today)?.data.volunteer ?? corrected;
  expect(reactivate(agreed, today).data.volunteer.status).toBe('active');
  expect(
    correctPersonalData(agreed, ['phone'], { ageGroup: 'under-14', newNumber: false }, today).data
      .volunteer,
  ).toEqual(agreed);
});

test('a minor’s age is corrected, and never unknown again', () => {
  const minor = { ...volunteer, ageGroup: 'under-18' as const };
  expect(
    rejectionOf(() =>
      correctPersonalData(minor, ['birthDate'], { ageGroup: 'unknown', newNumber: false }, today),
    ),
  ).toEqual({
    code: 'invalid-value',
    pointer: '#/birthDate',
  });
  expect(
    correctPersonalData(minor, ['birthDate'], { ageGroup: 'adult', newNumber: false }, today).data
      .volunteer.ageGroup,
  ).toBe('adult');
});

test('the same consent twice is one', () => {
  const given = { purpose: 'publicity', version: '1', by: 'self' } as const;
  const once = giveConsent(volunteer, given, today)?.data.volunteer ?? volunteer;
  expect(once.consents).toHaveLength(2);
  expect(giveConsent(once, given, today)).toBeNull();
});

test('a credential that has ended is not taken', () => {
  const doctor = {
    id: other,
    kind: 'doctor',
    issuedBy: '卫健委',
    evidence: 'original-seen',
    checkedBy: 'a',
  } as const;
  expect(
    rejectionOf(() => addCredential(volunteer, { ...doctor, validUntil: '2025-09-05' }, today)),
  ).toEqual({ code: 'credential-expired', pointer: '#/validUntil' });
  expect(
    addCredential(volunteer, { ...doctor, validUntil: today }, today).data.volunteer.credentials,
  ).toMatchObject([{ kind: 'doctor', checkedOn: today, revokedOn: null }]);
});

test('a record is not merged with itself, nor into one that is not active', () => {
  const reason = '同一人';
  expect(
    rejectionOf(() => merge(volunteer, { id: other, intoId: other, into: volunteer, reason })),
  ).toEqual({ code: 'invalid-value', pointer: '#/intoId' });
  expect(
    rejectionOf(() => merge(volunteer, { id: 'a', intoId: other, into: waiting, reason })),
  ).toEqual({ code: 'invalid-value', pointer: '#/intoId' });
  const merged = merge(volunteer, { id: 'a', intoId: other, into: volunteer, reason });
  expect(merged.data.volunteer).toMatchObject({ status: 'merged', mergedInto: other });
});

test('a record that was merged is merged again, but not once it is erased', () => {
  const again = (record: Volunteer) => () =>
    merge(record, { id: 'a', intoId: other, into: volunteer, reason: '同一人' });
  const merged = again(volunteer)().data.volunteer;
  expect(again(merged)().data.volunteer).toEqual(merged);
  expect(rejectionOf(again(erase(merged, today).data.volunteer))).toEqual({
    code: 'illegal-transition',
    pointer: undefined,
  });
});

test('a record takes another in once, with what had gone into that, and not without end', () => {
  const mergedFrom = [{ id: 'b', selfId: 'token-b', awaiting: null }];
  const from = { id: 'a', selfId: 'token-a', confirmedOn: today, mergedFrom };
  const fact = receiveMerged({ ...volunteer, id: 'into', possibleDuplicates: ['a', 'z'] }, from);
  expect(fact?.data).toMatchObject({ fromId: 'a', volunteer: { possibleDuplicates: ['z'] } });
  const after = { ...(fact?.data.volunteer ?? volunteer), id: 'into' };
  expect(receiveMerged(after, { ...from, mergedFrom: [] })).toBeNull();
  const many = Array.from({ length: 19 }, (_, at) => ({
    id: String(at),
    selfId: null,
    awaiting: null,
  }));
  expect(rejectionOf(() => receiveMerged(after, { ...from, id: 'c', mergedFrom: many }))).toEqual({
    code: 'invalid-value',
    pointer: '#/intoId',
  });
});

const received = (
  into: Parameters<typeof receiveMerged>[0],
  from: Parameters<typeof receiveMerged>[1],
): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    receiveMerged(into, from)?.data.volunteer.mergedFrom.map(({ id, awaiting }) => [
      id,
      awaiting,
    ]) ?? [],
  );

test('a merge awaits the person, unless nobody confirmed the record or both are of one token', () => {
  const into = { ...volunteer, id: 'into', selfId: 'token' };
  const from = { id: 'a', selfId: null, confirmedOn: today, mergedFrom: [] };
  expect(received(into, from)).toEqual({ a: 'a' });
  expect(received(into, { ...from, confirmedOn: null })).toEqual({ a: null });
  expect(received(into, { ...from, selfId: 'token' })).toEqual({ a: null });
  expect(received(into, { ...from, id: 'token' })).toEqual({ token: null });
  const accepted = { id: 'b', selfId: 'token-b', awaiting: null };
  const before = { ...into, mergedFrom: [accepted] };
  expect(received(before, { ...from, selfId: 'token-b' })).toEqual({ b: null, a: null });
  const waiting = { ...into, mergedFrom: [{ ...accepted, awaiting: 'b' }] };
  expect(received(waiting, { ...from, selfId: 'token-b' })).toEqual({ b: 'b', a: 'a' });
});

test('in a chain what was accepted comes with its acceptance, and what waits goes on waiting', () => {
  const into = { ...volunteer, id: 'into' };
  const from = {
    id: 'a',
    selfId: null,
    confirmedOn: today,
    mergedFrom: [
      { id: 'b', selfId: null, awaiting: null },
      { id: 'c', selfId: null, awaiting: 'c' },
    ],
  };
  expect(received(into, from)).toEqual({ a: 'a', b: 'a', c: 'c' });
  expect(received(into, { ...from, confirmedOn: null })).toEqual({ a: null, b: null, c: 'c' });

  const { mergedFrom } = receiveMerged(into, from)?.data.volunteer ?? volunteer;
  const asked = { id: 'into', from: volunteer, by: 'self' as const };
  const yes = (fromId: string, more = {}) =>
    acceptMerge({ ...volunteer, mergedFrom }, { ...asked, fromId, ...more });
  expect(yes('a')?.data.volunteer.mergedFrom).toEqual([
    { id: 'a', selfId: null, awaiting: null },
    { id: 'b', selfId: null, awaiting: null },
    { id: 'c', selfId: null, awaiting: 'c' },
  ]);
  expect(rejectionOf(() => yes('b'))).toEqual({ code: 'invalid-value', pointer: '#/fromId' });
  expect(rejectionOf(() => yes('z'))).toEqual({ code: 'unknown-reference', pointer: '#/fromId' });
  expect(rejectionOf(() => yes('a', { from: erase(volunteer, today).data.volunteer }))).toEqual({
    code: 'illegal-transition',
  });
  const child = { ...volunteer, ageGroup: 'under-14' as const };
  expect(rejectionOf(() => yes('a', { from: child }))).toEqual({
    code: 'guardian-required',
    pointer: '#/by',
  });
  expect(yes('a', { from: child, by: 'guardian' })).not.toBeNull();
  for (const status of ['merged', 'erased', 'pending'] as const)
    expect(
      rejectionOf(() =>
        acceptMerge({ ...volunteer, status, mergedFrom }, { ...asked, fromId: 'a' }),
      ),
    ).toEqual({ code: 'illegal-transition' });
});

test('suspicions are kept once each, and none about who is gone', () => {
  const flagged =
    suspectDuplicates(volunteer, { ids: [other, other] })?.data.volunteer ?? volunteer;
  expect(flagged.possibleDuplicates).toEqual([other]);
  expect(suspectDuplicates(flagged, { ids: [other] })).toBeNull();
  expect(suspectDuplicates(erase(volunteer, today).data.volunteer, { ids: [other] })).toBeNull();
});

test('what stays of an erased person is what totals need', () => {
  const later = '2025-10-18';
  const erased = erase({ ...volunteer, selfId: other, possibleDuplicates: [other] }, later).data
    .volunteer;
  expect(erased).toEqual({
    ...volunteer,
    status: 'erased',
    leftOn: later,
    spells: [{ from: today, until: later }],
    tags: [],
    serviceCategories: [],
    selfId: null,
    ageGroup: 'unknown',
    consents: [],
    credentials: [],
    possibleDuplicates: [],
  });
  for (const again of [
    () => erase(erased, today),
    () => deactivate(erased, 'x', today),
    () => revise(erased, {}),
  ])
    expect(rejectionOf(again)).toEqual({ code: 'illegal-transition' });
});

test('what ended, ended no earlier than it began, though the clocks differ', () => {
  const before = '2025-08-31';
  const begun = register({ ...asked, registeredBy: 'self' }, today).data.volunteer;
  expect(deactivate(begun, '本人申请', before).data.volunteer.leftOn).toBe(today);
  const withdrawn = withdrawConsent(begun, 'service-record', before)?.data.volunteer;
  expect(withdrawn).toMatchObject({ leftOn: today, consents: [{ withdrawnOn: today }] });
  const child = correctPersonalData(
    begun,
    ['birthDate'],
    { ageGroup: 'under-14', newNumber: false },
    before,
  );
  expect(child.data.volunteer).toMatchObject({ status: 'deactivated', leftOn: today });
  expect(deactivate(begun, '本人申请', '2025-09-07').data.volunteer.leftOn).toBe('2025-09-07');
});
