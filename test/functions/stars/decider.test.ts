import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import { mostObjections, type Star } from '../../../events/stars.ts';
import {
  answer,
  type Beginning,
  checkInUse,
  decline,
  type Findings,
  find,
  grant,
  nominate,
  notice,
  object,
  reconsider,
  uphold,
  withdraw,
} from '../../../functions/stars/decider.ts';
import { rejectionOf } from '../../support/given.ts';

const nominated = catalogue.StarNominated.example.star as Star;
const noticed = catalogue.StarNoticed.example.star as Star;
const granted = catalogue.StarGranted.example.star as Star;
const statuses = [
  ...['eligible', 'nominated', 'in-notice', 'granted', 'declined', 'withdrawn'],
] as const satisfies readonly Star['status'][];
const inStatus = (status: Star['status']): Star => ({ ...noticed, status });
const today = '2026-01-14';
const snapshot = {
  ...{ countedUntil: today, records: [], minutes: 6060 },
  entries: [...nominated.entries, { ...nominated.entries[0], minutes: 60 }] as Star['entries'],
};
const { volunteerId, level, areaId, terms } = nominated;
const beginning: Beginning = { volunteerId, level, areaId, terms, snapshot, today };

/** What may be done in each status; all else is refused. */
const allowed = {
  nominate: ['eligible', 'declined', 'withdrawn'],
  notice: ['nominated'],
  object: ['in-notice'],
  grant: ['in-notice'],
  decline: ['eligible', 'nominated', 'in-notice'],
  withdraw: ['granted'],
} as const satisfies Record<string, readonly Star['status'][]>;
const ending = { reason: '不符', today };
const acts: Readonly<Record<keyof typeof allowed, (state: Star) => unknown>> = {
  nominate: (state) => nominate(state, beginning, null),
  notice: (state) => notice(state, snapshot, '2026-01-20'),
  object: (state) => object(state, { by: 'x', text: '不符', today }),
  grant: (state) => grant(state, snapshot, today),
  decline: (state) => decline(state, ending),
  withdraw: (state) => withdraw(state, ending),
};

describe.each(Object.entries(acts))('%s', (action, act) => {
  const may: readonly string[] = allowed[action as keyof typeof allowed];
  test.each(statuses)('of one that is %s', (status) => {
    if (may.includes(status)) expect(act(inStatus(status))).toBeTruthy();
    else expect(rejectionOf(() => act(inStatus(status))).code).toBe('illegal-transition');
  });
});

test('a star is begun with its terms and what it rests on', () => {
  expect(find(beginning).data.star).toEqual({
    ...{ ...nominated, ...snapshot, organisationId: null },
    ...{ status: 'eligible', foundOn: today, nominatedOn: null },
  });
  expect(nominate(undefined, beginning, 'o').data.star).toEqual({
    ...{ ...nominated, ...snapshot, organisationId: 'o', nominatedOn: today },
  });
});

test('one that was found says since when, and one that is begun anew forgets what was before', () => {
  const found = find(beginning).data.star;
  const later = { ...beginning, today: '2026-02-01' };
  expect(nominate(found, later, null).data.star).toMatchObject({
    ...{ foundOn: today, nominatedOn: '2026-02-01' },
  });
  const ended = withdraw(granted, ending).data.star;
  expect(nominate(ended, later, null).data.star).toMatchObject({
    ...{ foundOn: null, grantedOn: null, noticeUntil: null, objections: [] },
    ...{ endedBy: null, endedOn: null, reason: null },
  });
});

describe('a notice', () => {
  test('has to be over', () => {
    expect(rejectionOf(() => grant(noticed, snapshot, '2026-01-13')).code).toBe('notice-not-over');
    expect(grant(noticed, snapshot, today).data.star).toEqual({
      ...{ ...noticed, ...snapshot, status: 'granted', grantedOn: today },
    });
  });

  const by = (who: string, state: Star = noticed) =>
    object(state, { by: who, text: '不符', today }).data.star;
  const given = (who: string, upheld: boolean) => ({ by: who, answer: '已核实', upheld });

  test('with an objection waits for its answer, and ends when it is right', () => {
    const two = by('b', by('a'));
    const one = answer(two, 1, given('c', false)).data.star;
    expect(rejectionOf(() => grant(one, snapshot, today)).code).toBe('star-objected');
    const none = answer(one, 2, given('c', false)).data.star;
    expect(grant(none, snapshot, today).data.star.status).toBe('granted');
    const right = answer(one, 2, given('c', true)).data.star;
    expect(rejectionOf(() => grant(right, snapshot, today)).code).toBe('star-objected');
    expect(decline(right, ending).data.star).toMatchObject({ status: 'declined', endedOn: today });
  });

  test('takes an answer once, by somebody else, to an objection that is there', () => {
    const one = by('a');
    expect(rejectionOf(() => answer(one, 1, given('a', false))).code).toBe('own-objection');
    expect(rejectionOf(() => answer(one, 2, given('c', false))).code).toBe('not-found');
    const done = answer(one, 1, given('c', false)).data.star;
    expect(rejectionOf(() => answer(done, 1, given('d', true))).code).toBe('illegal-transition');
    expect(rejectionOf(() => answer(granted, 1, given('d', true))).code).toBe('illegal-transition');
  });

  test('takes so many objections', () => {
    let state: Star = noticed;
    for (let n = 0; n < mostObjections; n += 1) state = by('a', state);
    expect(rejectionOf(() => by('a', state)).code).toBe('too-many-objections');
  });
});

test('only somebody in use has a star', () => {
  for (const status of ['pending', 'deactivated', 'merged', 'erased'] as const)
    expect(rejectionOf(() => checkInUse({ status })).code).toBe('volunteer-not-active');
  checkInUse({ status: 'active' });
  checkInUse({ status: 'deactivated' }, 'deactivated');
});

describe('what the Ledger says now', () => {
  const volunteer: Findings['volunteer'] = { status: 'active', mergedInto: null, mergedFrom: [] };
  const other = '0198c0de-0000-7000-8000-0000000000c2';
  const mergedFrom = [{ id: other, selfId: null, awaiting: null }];
  const become = (state: Star, findings: object) =>
    reconsider(state, { volunteer, hasFallen: false, today, ...findings })?.data.star;
  const withOther = { ...granted, records: [other] };

  test.each([
    ['an entry that is not so any more', granted, { hasFallen: true }, 'hours'],
    [
      'a merge',
      granted,
      { volunteer: { ...volunteer, status: 'merged', mergedInto: other } },
      'merged',
    ],
    ['a record that was parted again', withOther, {}, 'merged'],
    [
      'a merge that waits again',
      withOther,
      { volunteer: { ...volunteer, mergedFrom: [{ ...mergedFrom[0], awaiting: other }] } },
      'merged',
    ],
  ])('raises a review after %s, and takes nothing', (_, state, findings, cause) => {
    const after = become(state, findings);
    expect(after).toEqual({ ...state, review: { since: today, cause } });
    expect(become(after as Star, findings)).toBeUndefined();
    for (const status of ['eligible', 'nominated', 'in-notice'] as const)
      expect(become({ ...state, status }, findings)?.review?.cause).toBe(cause);
  });

  test('leaves alone what is still so, and what is over', () => {
    expect(become(granted, {})).toBeUndefined();
    expect(become(withOther, { volunteer: { ...volunteer, mergedFrom } })).toBeUndefined();
    for (const status of ['declined', 'withdrawn'] as const)
      expect(become(inStatus(status), { hasFallen: true })).toBeUndefined();
  });

  test.each(statuses)('of somebody who was erased, when it is %s', (status) => {
    const isOver = status === 'declined' || status === 'withdrawn';
    const erased = { volunteer: { ...volunteer, status: 'erased' } };
    const state = { ...inStatus(status), review: { since: today, cause: 'hours' } as const };
    for (const findings of [erased, { volunteer: undefined }]) {
      const after = become(state, findings);
      if (isOver) expect(after).toBeUndefined();
      else
        expect(after).toMatchObject({
          ...{ status: 'withdrawn', endedBy: 'erased', endedOn: today, review: null },
        });
    }
  });
});

test('a review ends with what is there now, or with the star', () => {
  const reviewed: Star = { ...granted, review: { since: today, cause: 'hours' } };
  expect(uphold(reviewed, snapshot).data.star).toEqual({ ...granted, ...snapshot });
  expect(rejectionOf(() => uphold(granted, snapshot)).code).toBe('illegal-transition');
  expect(withdraw(reviewed, ending).data.star).toMatchObject({ review: null, reason: '不符' });
  const waiting: Star = { ...nominated, review: { since: today, cause: 'hours' } };
  expect(notice(waiting, snapshot, '2026-01-20').data.star).toMatchObject({
    ...{ status: 'in-notice', review: null, minutes: snapshot.minutes },
  });
  const inReview: Star = { ...noticed, review: { since: today, cause: 'hours' } };
  expect(rejectionOf(() => grant(inReview, snapshot, today)).code).toBe('star-under-review');
});
