import { expect, test } from '@jest/globals';
import { eventTypes } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { entriesOf } from '../../../events/participation.ts';
import { noticesOf } from '../../../functions/people/notice.ts';
import { noticed, noticeKinds } from '../../../functions/people/notice-kinds.ts';

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
  CertificateIssued: 'certificate-issued',
  CertificateDeclined: 'certificate-declined',
  CertificateSuperseded: 'certificate-ended',
  CertificateRevoked: 'certificate-ended',
  StarGranted: 'star-granted',
  StarReviewRaised: 'star-under-review',
  StarUpheld: 'star-upheld',
  StarWithdrawn: 'star-withdrawn',
};

test('people are told of their record, hours, certificates and stars, and of nothing else', () => {
  const told = eventTypes.flatMap((type) => {
    const kinds = new Set(noticesOf(exampleOf(type)).map(({ kind }) => kind));
    return [...kinds].map((kind) => [type, kind]);
  });
  expect(Object.fromEntries(told)).toEqual(kinds);
  expect([...noticed].sort()).toEqual(Object.keys(kinds).sort());
});

test('whom somebody else registered is asked to confirm it', () => {
  const event = exampleOf('VolunteerRegistered');
  if (event.type !== 'VolunteerRegistered') throw new Error('another event');
  const pending = { ...event.data.volunteer, status: 'pending' as const };
  const [notice] = noticesOf({ ...event, data: { volunteer: pending } });
  expect(notice?.kind).toBe('awaiting-confirmation');
});

test('who need not accept a merge is told that it is accepted', () => {
  const event = exampleOf('DuplicateMerged');
  if (event.type !== 'DuplicateMerged') throw new Error('another event');
  const { volunteer, fromId } = event.data;
  const mergedFrom = volunteer.mergedFrom.map((each) => ({ ...each, awaiting: null }));
  const data = { volunteer: { ...volunteer, mergedFrom }, fromId };
  expect(noticesOf({ ...event, data })[0]?.kind).toBe('merge-accepted');
});

const verified = () => {
  const event = exampleOf('HoursVerified');
  if (event.type !== 'HoursVerified') throw new Error('another event');
  return event;
};

test('everybody on a sheet is told of their own entry, each by a notice of its own', () => {
  const event = verified();
  const entries = entriesOf(event.data);
  const notices = noticesOf(event);
  expect(notices.map(({ volunteerId }) => volunteerId)).toEqual(
    entries.map(({ volunteerId }) => volunteerId),
  );
  expect(new Set(notices.map(({ id }) => id)).size).toBe(entries.length);
  expect(noticesOf(event)).toEqual(notices);
  const { activityId, serviceDate } = event.data.place;
  expect(notices[0]).toMatchObject({
    at: event.recordedAt,
    kind: 'hours-credited',
    hours: {
      sheetId: event.aggregate.id,
      activityId,
      serviceDate,
      creditedMinutes: entries[0]?.creditedMinutes,
    },
  });
});

test('the answer to an objection reaches the person', () => {
  const event = verified();
  const answer = { ...event, data: { ...event.data, reason: '有签到照片' } };
  expect(noticesOf(answer)[0]?.hours).toMatchObject({ reason: '有签到照片' });
  expect(noticesOf(event)[0]?.hours).toMatchObject({ reason: event.data.reason });
});

test('an entry that waits for its second verifier is not credited yet', () => {
  const event = verified();
  const data = { ...event.data, common: { ...event.data.common, status: 'pending' as const } };
  expect(noticesOf({ ...event, data })).toEqual([]);
});

test('every kind has its words in both languages', () => {
  for (const { zh, en } of Object.values(noticeKinds)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test.each(['CertificateIssued', 'StarGranted'] as const)(
  '%s tells the person that it is about',
  (type) => {
    const { data, ...event } = exampleOf(type);
    const about = 'certificate' in data ? data.certificate : 'star' in data ? data.star : undefined;
    const [notice, ...others] = noticesOf({ ...event, data } as ReturnType<typeof exampleOf>);
    expect([notice?.volunteerId, notice?.hours, others]).toEqual([about?.volunteerId, null, []]);
  },
);
