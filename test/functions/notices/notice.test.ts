import { expect, test } from '@jest/globals';
import { eventTypes } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { noticed, noticeKinds, noticeOf } from '../../../functions/notices/notice.ts';

const kinds = {
  VolunteerRegistered: 'registered',
  VolunteerConfirmed: 'registered',
  PersonalDataCorrected: 'personal-data-corrected',
  VolunteerDeactivated: 'deactivated',
  VolunteerMerged: 'merged',
  VolunteerUnmerged: 'unmerged',
  DuplicateUnmerged: 'unmerged',
  DuplicateMerged: 'merge-to-accept',
  MergeAccepted: 'merge-accepted',
  VolunteerErased: 'erased',
  HoursVerified: 'hours-credited',
  HoursCorrected: 'hours-corrected',
  HoursRejected: 'hours-rejected',
  HoursVoided: 'hours-voided',
};

test('people are told of registration, correction, credit and erasure, and of nothing else', () => {
  const told = eventTypes.flatMap((type) => {
    const notice = noticeOf(exampleOf(type));
    return notice ? [[type, notice.kind]] : [];
  });
  expect(Object.fromEntries(told)).toEqual(kinds);
  expect([...noticed].sort()).toEqual(Object.keys(kinds).sort());
});

test('whom somebody else registered is asked to confirm it', () => {
  const event = exampleOf('VolunteerRegistered');
  if (event.type !== 'VolunteerRegistered') throw new Error('another event');
  const pending = { ...event.data.volunteer, status: 'pending' as const };
  expect(noticeOf({ ...event, data: { volunteer: pending } })?.kind).toBe('awaiting-confirmation');
});

test('who need not accept a merge is told that it is accepted', () => {
  const event = exampleOf('DuplicateMerged');
  if (event.type !== 'DuplicateMerged') throw new Error('another event');
  const { volunteer, fromId } = event.data;
  const mergedFrom = volunteer.mergedFrom.map((each) => ({ ...each, awaiting: null }));
  const data = { volunteer: { ...volunteer, mergedFrom }, fromId };
  expect(noticeOf({ ...event, data })?.kind).toBe('merge-accepted');
});

test('a notice of hours goes to whose hours they are, and says how many', () => {
  const event = exampleOf('HoursVerified');
  if (event.type !== 'HoursVerified') throw new Error('another event');
  const { volunteerId, activityId, serviceDate, creditedMinutes } = event.data.hours;
  expect(noticeOf(event)).toEqual({
    id: event.id,
    at: event.recordedAt,
    kind: 'hours-credited',
    volunteerId,
    hours: { id: event.aggregate.id, activityId, serviceDate, creditedMinutes },
  });
});

test('every kind has its words in both languages', () => {
  for (const { zh, en } of Object.values(noticeKinds)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});
