import { describe, expect, test } from '@jest/globals';
import type { Hours } from '../../../events/participation.ts';
import {
  correct,
  log,
  object,
  reject,
  verify,
  voidEntry,
} from '../../../functions/participation/decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, hours, volunteer } from '../../support/samples.ts';

const statuses = ['pending', 'verified', 'rejected', 'voided'] as const;
const others = (...but: Hours['status'][]) => statuses.filter((status) => !but.includes(status));
const illegal = { code: 'illegal-transition' };
const verified: Hours = { ...hours, status: 'verified', verifiedBy: 'verifier-1' };

describe('log', () => {
  const entry = {
    activityId: hours.activityId,
    volunteerId: hours.volunteerId,
    serviceDate: '2025-10-18',
    attendedMinutes: 190,
    creditedMinutes: 180,
    origin: 'leader-roll' as const,
  };
  const three = { ...activity, startsOn: '2025-10-17', endsOn: '2025-10-19' };
  const by = {
    activity: three,
    volunteer,
    actorId: 'organiser-1',
    today: '2025-10-19',
    at: '#/entries/3/' as const,
  };

  test('takes where and what from the activity, and the tags from the volunteer', () => {
    expect(log(entry, by)).toEqual({ type: 'HoursLogged', data: { hours } });
  });

  test.each(['2025-10-17', '2025-10-19'])('on a first or last day: %s', (serviceDate) => {
    expect(log({ ...entry, serviceDate }, by).data.hours.serviceDate).toBe(serviceDate);
  });

  test.each(['published', 'completed', 'verified'] as const)('while it is %s', (status) => {
    const fact = log(entry, { ...by, activity: { ...three, status } });
    expect(fact.data.hours.status).toBe('pending');
  });

  test.each(['2025-10-16', '2025-10-20'])('not on a day it did not run: %s', (serviceDate) => {
    expect(
      rejectionOf(() => log({ ...entry, serviceDate }, { ...by, today: '2025-12-31' })),
    ).toEqual({ code: 'service-date-outside-activity', pointer: '#/entries/3/serviceDate' });
  });

  test('not for tomorrow', () => {
    expect(rejectionOf(() => log(entry, { ...by, today: '2025-10-17' }))).toEqual({
      code: 'service-date-in-future',
      pointer: '#/entries/3/serviceDate',
    });
  });

  test('not for an activity that was cancelled', () => {
    const cancelled = { ...three, status: 'cancelled' as const };
    expect(rejectionOf(() => log(entry, { ...by, activity: cancelled }))).toEqual({
      code: 'activity-not-open',
      pointer: '#/entries/3/activityId',
    });
  });
});

describe('verify and reject', () => {
  test('a pending entry, once', () => {
    expect(verify(hours, 'verifier-1')).toEqual({
      type: 'HoursVerified',
      data: { hours: verified },
    });
    expect(reject(hours, '签到记录不符')).toEqual({
      type: 'HoursRejected',
      data: { hours: { ...hours, status: 'rejected' }, reason: '签到记录不符' },
    });
  });

  test.each(others('pending'))('not one that is %s', (status) => {
    expect(rejectionOf(() => verify({ ...hours, status }, 'v'))).toEqual(illegal);
    expect(rejectionOf(() => reject({ ...hours, status }, 'x'))).toEqual(illegal);
  });
});

describe('correct', () => {
  const by = {
    activity: { startsOn: '2025-10-17', endsOn: '2025-10-19' },
    actorId: 'organiser-2',
    today: '2025-10-20',
    reason: '扣除用餐时间',
  };
  const previous = { serviceDate: '2025-10-18', attendedMinutes: 190, creditedMinutes: 180 };

  test.each(others('voided'))('%s: it waits again, and the old figures stay', (status) => {
    const from = { ...verified, status };
    expect(correct(from, { creditedMinutes: 150 }, by)).toEqual({
      type: 'HoursCorrected',
      data: {
        hours: { ...hours, creditedMinutes: 150, enteredBy: ['organiser-1', 'organiser-2'] },
        previous,
        reason: '扣除用餐时间',
      },
    });
  });

  test.each([
    { serviceDate: '2025-10-17' },
    { attendedMinutes: 200 },
    { attendedMinutes: 200, creditedMinutes: 200 },
  ])('%o alone', (change) => {
    expect(correct(hours, change, by)?.data.hours).toMatchObject(change);
  });

  test.each([{}, previous, { creditedMinutes: 180 }])(
    'the same figures say nothing: %o',
    (same) => {
      expect(correct(verified, same, by)).toBeNull();
    },
  );

  test.each([{ creditedMinutes: 191 }, { attendedMinutes: 179 }])(
    'no more is credited than attended: %o',
    (change) => {
      expect(rejectionOf(() => correct(hours, change, by))).toEqual({
        code: 'invalid-value',
        pointer: '#/creditedMinutes',
      });
    },
  );

  test.each([
    ['2025-10-16', 'service-date-outside-activity'],
    ['2025-10-20', 'service-date-outside-activity'],
    ['2025-10-21', 'service-date-in-future'],
  ])('not to %s', (serviceDate, code) => {
    expect(rejectionOf(() => correct(hours, { serviceDate }, by))).toEqual({
      code,
      pointer: '#/serviceDate',
    });
  });

  test('of an activity that was put off since: the minutes, on the day they were given', () => {
    const putOff = { ...by, activity: { startsOn: '2025-11-01', endsOn: '2025-11-02' } };
    expect(correct(hours, { creditedMinutes: 60 }, putOff)?.data.hours).toMatchObject({
      serviceDate: hours.serviceDate,
      creditedMinutes: 60,
    });
  });

  test('not what was struck out', () => {
    const voided = { ...hours, status: 'voided' as const };
    expect(rejectionOf(() => correct(voided, { creditedMinutes: 1 }, by))).toEqual(illegal);
  });
});

describe('void', () => {
  test.each(others('voided'))('an entry that is %s, keeping its figures', (status) => {
    const from = { ...verified, status };
    expect(voidEntry(from, '重复录入')).toEqual({
      type: 'HoursVoided',
      data: { hours: { ...verified, status: 'voided' }, reason: '重复录入' },
    });
  });

  test('not twice', () => {
    expect(rejectionOf(() => voidEntry({ ...hours, status: 'voided' }, 'x'))).toEqual(illegal);
  });
});

describe('object', () => {
  test.each(['pending', 'verified', 'rejected'] as const)('%s: it is marked, no more', (status) => {
    expect(object({ ...hours, status }, '不是我')).toEqual({
      type: 'HoursObjected',
      data: { hours: { ...hours, status, objected: true }, reason: '不是我' },
    });
  });

  test('not to what is voided, nor twice', () => {
    expect(rejectionOf(() => object({ ...hours, status: 'voided' }, '不是我'))).toEqual(illegal);
    expect(rejectionOf(() => object({ ...hours, objected: true }, '不是我'))).toEqual(illegal);
  });

  test('it is answered by verifying again, correcting or voiding, and then it is gone', () => {
    const objected = { ...hours, status: 'verified' as const, objected: true };
    expect(verify(objected, 'verifier-2').data.hours).toMatchObject({
      status: 'verified',
      verifiedBy: 'verifier-2',
      objected: false,
    });
    expect(voidEntry(objected, '不是本人').data.hours.objected).toBe(false);
    expect(rejectionOf(() => verify({ ...objected, objected: false }, 'v'))).toEqual(illegal);
  });
});
