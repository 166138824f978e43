import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Volunteer } from '../../../events/volunteers.ts';
import { register } from '../../../functions/people/registration.ts';
import {
  beginSpell,
  endSpell,
  isRegistered,
  wasRegisteredOn,
} from '../../../functions/people/spells.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import * as volunteers from '../../../functions/volunteers/decider.ts';
import { merge, unmerge } from '../../../functions/volunteers/merge-decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { volunteer } from '../../support/samples.ts';

const dayOf = (n: number): string => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
const lastDay = 60;
const days = Array.from({ length: lastDay + 1 }, (_, n) => dayOf(n));

type Command = (state: Volunteer, today: string) => Volunteer | undefined;

const into = { id: 'a', intoId: 'b', into: { status: 'active' as const }, reason: 'x' };
const child = { ageGroup: 'under-14', newNumber: false } as const;
const adult = { ageGroup: 'adult', newNumber: false } as const;
const commands: Readonly<Record<string, Command>> = {
  confirm: (state, today) =>
    volunteers.confirm(state, { consentVersion: '1' }, 'self', today).data.volunteer,
  leave: (state, today) => volunteers.deactivate(state, 'x', today).data.volunteer,
  withdraw: (state, today) =>
    volunteers.withdrawConsent(state, 'service-record', today)?.data.volunteer,
  agree: (state, today) =>
    volunteers.giveConsent(state, { purpose: 'service-record', version: '1', by: 'self' }, today)
      ?.data.volunteer,
  becomeChild: (state, today) =>
    volunteers.correctPersonalData(state, ['birthDate'], child, today).data.volunteer,
  becomeAdult: (state, today) =>
    volunteers.correctPersonalData(state, ['birthDate'], adult, today).data.volunteer,
  comeBack: (state, today) => volunteers.reactivate(state, today).data.volunteer,
  merge: (state) => merge(state, into).data.volunteer,
  unmerge: (state, today) =>
    unmerge(state, { id: 'a', above: [], until: today, reason: 'x' }, today).data.volunteer,
  erase: (state, today) => volunteers.erase(state, today).data.volunteer,
};

/** The states of a life, with the day of each command. Commands that are refused change nothing. */
const statesOf = (
  registeredBy: 'self' | 'organiser',
  life: readonly (readonly [string, number])[],
): readonly (readonly [Volunteer, string])[] => {
  const asked = { ...volunteer, registeredBy, ageGroup: 'adult' as const };
  const states: [Volunteer, string][] = [[register(asked, dayOf(0)).data.volunteer, dayOf(0)]];
  for (const [name, day] of life) {
    const [state] = states.at(-1) as [Volunteer, string];
    try {
      const next = commands[name]?.(state, dayOf(day));
      if (next) states.push([next, dayOf(day)]);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
  }
  return states;
};

const anyLife = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(commands)), fc.nat({ max: lastDay })),
  { maxLength: 12 },
);
const someone = fc.constantFrom('self' as const, 'organiser' as const);

test('spells are in order, apart, and of a day at least, however the clocks differ', () => {
  fc.assert(
    fc.property(someone, anyLife, (registeredBy, life) => {
      for (const [state] of statesOf(registeredBy, life)) {
        const { spells, status, confirmedOn, leftOn } = state;
        for (const [n, { from, until }] of spells.entries()) {
          expect(from < (until ?? '9')).toBe(true);
          expect(until === null).toBe(n === spells.length - 1 && isRegistered(state));
          expect(from > (spells[n - 1]?.until ?? '')).toBe(true);
          expect(from >= (confirmedOn ?? '9')).toBe(true);
        }
        if (status !== 'merged') expect(isRegistered(state)).toBe(status === 'active');
        expect(isRegistered(state)).toBe(confirmedOn !== null && leftOn === null);
        if (status === 'erased' && confirmedOn !== null) expect(leftOn).not.toBeNull();
      }
    }),
  );
});

test('no command changes who was registered on an earlier day', () => {
  fc.assert(
    fc.property(someone, anyLife, (registeredBy, life) => {
      const states = statesOf(
        registeredBy,
        life.toSorted(([, a], [, b]) => a - b),
      );
      for (const [n, [state, today]] of states.slice(1).entries()) {
        const [before] = states[n] as (typeof states)[number];
        for (const day of days.filter((each) => each < today))
          expect([day, wasRegisteredOn(state, day)]).toEqual([day, wasRegisteredOn(before, day)]);
        if (state.status === 'erased')
          for (const day of days.filter((each) => each >= today))
            expect(wasRegisteredOn(state, day)).toBe(false);
      }
    }),
  );
});

test('a person is registered from the day of confirmation until the day of leaving', () => {
  const spells = [
    { from: '2025-03-05', until: '2025-06-01' },
    { from: '2025-09-01', until: null },
  ];
  const on = (day: string) => wasRegisteredOn({ spells }, day);
  expect(
    ['2025-03-04', '2025-03-05', '2025-05-31', '2025-06-01', '2025-09-01', '2030-01-01'].map(on),
  ).toEqual([false, true, true, false, true, true]);
  expect(wasRegisteredOn({ spells: [] }, '2025-03-05')).toBe(false);
});

test('leaving and coming back on one day is no interruption; a spell of no day is none', () => {
  const left = endSpell(
    { spells: [{ from: '2025-03-05', until: null }], leftOn: null },
    '2025-06-01',
  );
  expect(left).toEqual({
    spells: [{ from: '2025-03-05', until: '2025-06-01' }],
    leftOn: '2025-06-01',
  });
  expect(beginSpell(left, '2025-06-01')).toEqual({
    spells: [{ from: '2025-03-05', until: null }],
    leftOn: null,
  });
  expect(
    endSpell({ spells: [{ from: '2025-03-05', until: null }], leftOn: null }, '2025-03-05'),
  ).toEqual({
    spells: [],
    leftOn: '2025-03-05',
  });
  expect(endSpell(left, '2025-07-01')).toEqual(left);
});

test('a record is left and taken up again a hundred times, and the next time is refused', () => {
  const many = Array.from({ length: 100 }, (_, n) => ({
    from: dayOf(3 * n),
    until: dayOf(3 * n + 1),
  }));
  const leftOn = dayOf(298);
  expect(beginSpell({ spells: many.slice(1), leftOn }, dayOf(400)).spells).toHaveLength(100);
  expect(rejectionOf(() => beginSpell({ spells: many, leftOn }, dayOf(400)))).toEqual({
    code: 'invalid-value',
  });
  // On the day of leaving it is the same spell.
  expect(beginSpell({ spells: many, leftOn }, leftOn).spells).toHaveLength(100);
});
