import type { Volunteer } from '../../events/volunteers.ts';
import { Rejection } from '../refusals/decision.ts';
import { endOf } from '../runtime/calendar.ts';

type Registered = Pick<Volunteer, 'spells' | 'leftOn'>;

/** A state keeps each spell, so there is a limit; a person who leaves and returns needs few. */
const maxSpells = 100;

/**
 * A person's registration begins, or begins again, on this local day, or on the day of leaving if the
 * clocks differ. Leaving and coming back on one day is no interruption.
 * @throws Rejection `invalid-value` when the person left and came back 100 times
 */
export const beginSpell = ({ spells, leftOn }: Registered, today: string): Registered => {
  const from = endOf(leftOn, today);
  const last = spells.at(-1);
  const before = last?.until === from ? spells.slice(0, -1) : spells;
  if (before.length === maxSpells)
    throw new Rejection('invalid-value', {
      zh: `同一登记的退出和恢复不得超过 ${maxSpells} 次；请重新注册。`,
      en: `One record can be left and taken up again ${maxSpells} times at most; register anew.`,
    });
  const begun = last !== undefined && before !== spells ? last.from : from;
  return { spells: [...before, { from: begun, until: null }], leftOn: null };
};

/**
 * Ends the spell that lasts, on this local day or on its first day if the clocks differ. A spell without
 * a day is not kept. Changes nothing when no spell lasts.
 */
export const endSpell = ({ spells, leftOn }: Registered, today: string): Registered => {
  const last = spells.at(-1);
  if (last?.until !== null) return { spells, leftOn };
  const until = endOf(last.from, today);
  const before = spells.slice(0, -1);
  return {
    spells: until === last.from ? before : [...before, { from: last.from, until }],
    leftOn: until,
  };
};

/** Whether a spell lasts: the person takes part now, unless the record was merged into another. */
export const isRegistered = ({ spells }: Pick<Volunteer, 'spells'>): boolean =>
  spells.at(-1)?.until === null;

/**
 * Whether somebody was registered on a local day, and so could serve on it. It is true of a person who
 * left after that day, whose service may be entered late, and of an erased record, which takes no entries.
 */
export const wasRegisteredOn = ({ spells }: Pick<Volunteer, 'spells'>, day: string): boolean =>
  spells.some(({ from, until }) => from <= day && (until === null || day < until));
