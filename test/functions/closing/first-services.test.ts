import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstServicesIn } from '../../../functions/closing/first-services.ts';
import type { PersonFact } from '../../../functions/projector/facts.ts';
import { localDateOf } from '../../../functions/runtime/calendar.ts';

const dayOf = (from: string, days: number): string =>
  localDateOf(Date.parse(from) + days * 86_400_000, 'UTC');

interface Someone {
  readonly registeredOn: string | null;
  readonly leftIn?: string;
  readonly mergedInto?: string;
  readonly firstServed?: string;
}

const countIn = (year: string, people: Readonly<Record<string, Someone>>) => {
  const persons = Object.entries(people).map(([id, { registeredOn, leftIn, mergedInto }]) => ({
    ...({ of: 'person', id, version: 1, mergedInto: mergedInto ?? null } as const),
    standing:
      registeredOn === null || mergedInto !== undefined
        ? null
        : {
            ...{ areaId: 'area-0', newIn: registeredOn.slice(0, 7) },
            spells: [{ from: registeredOn.slice(0, 7), until: leftIn ?? null }],
          },
  })) satisfies readonly PersonFact[];
  const known = (name: 'registeredOn' | 'firstServed') =>
    new Map(Object.entries(people).flatMap(([id, { [name]: day }]) => (day ? [[id, day]] : [])));
  const [registeredOn, firstServed] = [known('registeredOn'), known('firstServed')];
  return firstServicesIn(year, { persons, registeredOn, firstServed });
};

test.each([
  [0, 1],
  [59, 1],
  [60, 1],
  [61, 0],
  // Who served before they registered had not to be waited for.
  [-10, 1],
])('a first service %i days after the registration: %i within sixty days', (days, count) => {
  const registeredOn = '2025-03-05';
  expect(
    countIn('2025', { anna: { registeredOn, firstServed: dayOf(registeredOn, days) } }),
  ).toEqual({ within60Days: count, never: 0 });
});

test('a person is all records that were merged', () => {
  const one = { registeredOn: '2025-03-05' };
  expect(
    countIn('2025', {
      one,
      two: { registeredOn: '2025-04-01', mergedInto: 'one', firstServed: '2025-04-02' },
    }),
  ).toEqual({ within60Days: 1, never: 0 });
});

test('nobody registered is unknown, which is not 0', () => {
  expect(countIn('2025', {})).toEqual({ within60Days: null, never: null });
  const before = { registeredOn: '2024-12-31', firstServed: '2025-01-01' };
  expect(countIn('2025', { before })).toEqual({ within60Days: null, never: 0 });
});

test('who served after the end of the year, or left in it, is not among those who never served', () => {
  expect(
    countIn('2025', {
      later: { registeredOn: '2025-12-20', firstServed: '2026-01-10' },
      left: { registeredOn: '2025-02-01', leftIn: '2025-06' },
      waiting: { registeredOn: null },
    }),
  ).toEqual({ within60Days: 1, never: 1 });
});

test('both are parts of what is counted of registrations', () => {
  const someone = fc.record({
    registeredOn: fc.nat(800).map((days) => dayOf('2024-01-01', days)),
    firstServed: fc.option(
      fc.nat(800).map((days) => dayOf('2024-01-01', days)),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(fc.array(someone), (all) => {
      const people = Object.fromEntries(all.map((each, at) => [`p${at}`, each]));
      const fresh = all.filter(({ registeredOn }) => registeredOn.startsWith('2025'));
      const there = all.filter(({ registeredOn }) => registeredOn < '2026');
      expect(countIn('2025', people)).toEqual({
        within60Days:
          fresh.length === 0
            ? null
            : fresh.filter(
                ({ registeredOn, firstServed }) =>
                  firstServed && firstServed <= dayOf(registeredOn, 60),
              ).length,
        never:
          there.length === 0
            ? null
            : there.filter(({ firstServed }) => !firstServed || firstServed >= '2026').length,
      });
    }),
  );
});
