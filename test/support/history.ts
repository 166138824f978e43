import fc from 'fast-check';
import type { Activity, Outcome } from '../../events/activities.ts';
import type { DomainEvent, Fact } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import { type Volunteer, volunteerTags } from '../../events/volunteers.ts';
import * as activities from '../../functions/activities/decider.ts';
import * as participation from '../../functions/participation/decider.ts';
import { register } from '../../functions/people/registration.ts';
import { Rejection } from '../../functions/refusals/decision.ts';
import * as volunteers from '../../functions/volunteers/decider.ts';
import { merge } from '../../functions/volunteers/merge-decider.ts';
import { stateAfter } from './entries.ts';
import { activity, campaign, eventOf, hours, idOf, volunteer } from './samples.ts';

/** Few areas, themes and days, so that events meet. Days lie on both sides of months' and years' ends. */
const areas = ['hongqi-01', 'hongqi-02', 'xinhua'];
const themes = ['FREE_CLINIC', 'TRAFFIC_COURTESY'];
const days = ['2025-03-01', '2025-03-31', '2025-12-31', '2026-01-01'];
const activityCount = 4;
const volunteerCount = 3;

const area = fc.constantFrom(...areas);
const theme = fc.constantFrom(...themes);
const day = fc.constantFrom(...days);
const minutes = fc.integer({ min: 1, max: 240 });
const yearOf = (date: string) => date.slice(0, 4);
const inYear = (startsOn: string) => ({ startsOn, endsOn: startsOn });

type Decide<State> = (state: State) => Fact | null;

/** The events of one aggregate: each command acts on the state before it; refused ones add no event. */
const life = <State>(
  id: string,
  first: Fact,
  commands: readonly Decide<State>[],
): readonly DomainEvent[] => {
  const events = [eventOf(first, { id })];
  let state = stateAfter<State>(events[0] as DomainEvent);
  for (const decide of commands)
    try {
      const fact = decide(state);
      if (!fact) continue;
      const event = eventOf(fact, { id, version: events.length + 1 });
      events.push(event);
      state = stateAfter<State>(event);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
  return events;
};

const quantity = fc.integer({ min: 0, max: 300 });
const reported = (quantity: fc.Arbitrary<number>) =>
  fc.record({ quantity, basis: fc.constantFrom('counted' as const, 'estimated' as const) });
const outcome: fc.Arbitrary<Outcome> = fc.record({
  beneficiaries: fc.option(
    fc.record({ count: quantity, basis: fc.constantFrom('counted', 'estimated') }),
  ),
  outputs: fc
    .record(
      {
        healthHandbooks: reported(quantity),
        'careVisits.loneElder': reported(quantity),
        rubbishKilograms: reported(quantity.map((tenths) => tenths / 10)),
      },
      { requiredKeys: [] },
    )
    .map((outputs) => outputs as Outcome['outputs']),
});

const activityCommand: fc.Arbitrary<Decide<Activity>> = fc.oneof(
  fc
    .record({ areaId: area, theme, startsOn: day })
    .map(({ startsOn, ...changes }): Decide<Activity> => {
      const year = { ...campaign, year: Number(yearOf(startsOn)) };
      return (state) => activities.revise(state, { ...changes, ...inYear(startsOn) }, year);
    }),
  {
    weight: 4,
    arbitrary: outcome.map(
      (result): Decide<Activity> =>
        (state) =>
          activities.complete(state, result, {
            today: '2026-12-31',
            actorId: 'organiser-1',
            knownOutputs: new Set(Object.keys(result.outputs)),
          }),
    ),
  },
  {
    weight: 2,
    arbitrary: outcome.map(
      (result): Decide<Activity> =>
        (state) =>
          activities.correct(state, result, {
            reason: '多录了一个零',
            actorId: 'organiser-2',
            knownOutputs: new Set(Object.keys(result.outputs)),
          }),
    ),
  },
  { weight: 4, arbitrary: fc.constant<Decide<Activity>>(activities.verify) },
  fc.constant<Decide<Activity>>((state) => activities.reject(state, '人数不符')),
  fc.constant<Decide<Activity>>((state) => activities.cancel(state, '暴雨')),
);

const activityLife = (n: number) =>
  fc
    .record({
      areaId: area,
      theme,
      startsOn: day,
      partnerIds: fc.subarray([idOf('a', 1), idOf('a', 2)]),
      commands: fc.array(activityCommand, { maxLength: 4 }),
    })
    .map(({ commands, startsOn, ...given }) => {
      const { status: _, outcome: __, rejection: ___, enteredBy: ____, ...rest } = activity;
      const plan = { ...rest, ...given, ...inYear(startsOn) };
      return life(idOf('b', n), activities.publish(plan, campaign), commands);
    });

/** Longer than any activity, so that a correction may cross the end of a year. */
const always = { startsOn: '2025-01-01', endsOn: '2026-12-31' };

const hoursCommand: fc.Arbitrary<Decide<Hours>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Decide<Hours>>((state) => participation.verify(state, 'v')) },
  {
    weight: 2,
    arbitrary: fc.record({ serviceDate: day, creditedMinutes: minutes }).map(
      (changes): Decide<Hours> =>
        (state) =>
          participation.correct(state, changes, {
            activity: always,
            actorId: 'organiser-1',
            today: '2026-12-31',
            reason: '更正',
          }),
    ),
  },
  fc.constant<Decide<Hours>>((state) => participation.reject(state, '不符')),
  fc.constant<Decide<Hours>>((state) => participation.voidEntry(state, '重复')),
);

const hoursLife = (n: number) =>
  fc
    .record({
      place: fc.record({ areaId: area, theme }),
      activityId: fc.nat({ max: activityCount - 1 }).map((at) => idOf('b', at)),
      volunteerId: fc.nat({ max: volunteerCount - 1 }).map((at) => idOf('c', at)),
      tags: fc.subarray([...volunteerTags]),
      serviceDate: day,
      creditedMinutes: minutes,
      commands: fc.array(hoursCommand, { maxLength: 6 }),
    })
    .map(({ place, tags, commands, ...entry }) =>
      life(
        idOf('d', n),
        participation.log(
          { ...entry, attendedMinutes: 240, origin: hours.origin },
          {
            activity: { ...activity, ...place, ...always },
            volunteer: { ...volunteer, tags },
            actorId: 'organiser-1',
            today: '2026-12-31',
            at: '#/',
          },
        ),
        commands,
      ),
    );

const volunteerCommand: fc.Arbitrary<Decide<Volunteer>> = fc.oneof(
  fc.constant<Decide<Volunteer>>((state) =>
    volunteers.confirm(state, { consentVersion: '1' }, idOf('d', 1), '2025-12-31'),
  ),
  area.map(
    (areaId): Decide<Volunteer> =>
      (state) =>
        volunteers.revise(state, { areaId }),
  ),
  fc.constant<Decide<Volunteer>>((state) => volunteers.deactivate(state, 'x', '2026-01-01')),
  fc.constant<Decide<Volunteer>>((state) =>
    merge(state, { id: 'a', intoId: idOf('d', 2), into: volunteer, reason: 'x' }),
  ),
  fc.constant<Decide<Volunteer>>((state) => volunteers.erase(state, '2026-01-02')),
);

const volunteerLife = (n: number) =>
  fc
    .tuple(
      area,
      day,
      fc.constantFrom('self' as const, 'organiser' as const),
      fc.array(volunteerCommand, { maxLength: 3 }),
    )
    .map(([areaId, today, registeredBy, commands]) =>
      life(idOf('c', n), register({ ...volunteer, areaId, registeredBy }, today), commands),
    );

const lives = <T>(count: number, of: (n: number) => fc.Arbitrary<T>) =>
  fc.tuple(...Array.from({ length: count }, (_, n) => of(n)));

/** All events of one or two years, by aggregate and in order. */
export const history: fc.Arbitrary<readonly DomainEvent[]> = fc
  .tuple(
    lives(activityCount, activityLife),
    lives(9, hoursLife),
    lives(volunteerCount, volunteerLife),
  )
  .map((all) => all.flat(2));

/** The same events as a queue may deliver them: some twice, in any order, in batches of any size. */
export const deliveries = (
  events: readonly DomainEvent[],
): fc.Arbitrary<readonly (readonly DomainEvent[])[]> =>
  fc
    .subarray([...events], { maxLength: 12 })
    .chain((again) => {
      const all = [...events, ...again];
      return fc
        .shuffledSubarray(
          all.map((_, at) => at),
          { minLength: all.length },
        )
        .map((order) => order.map((at) => all[at] as DomainEvent));
    })
    .chain((all) =>
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }).map((sizes) => {
        const batches: DomainEvent[][] = [];
        for (let at = 0; at < all.length; ) {
          const size = sizes[batches.length % sizes.length] ?? 1;
          batches.push(all.slice(at, at + size));
          at += size;
        }
        return batches;
      }),
    );
