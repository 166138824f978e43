import type { FirstServices } from '../closed/frozen-sources.ts';
import { runningValue } from '../figures/running.ts';
import { groupsOf } from '../projector/items-of-people.ts';
import { dayMs } from '../runtime/calendar.ts';
import type { Folded } from './fold.ts';

/** A first service on the last of so many days after the registration is in time. */
const daysToServe = 60;

type Given = Pick<Folded, 'persons' | 'registeredOn' | 'firstServed'>;

/** Which volunteers came to serve, by all records of each person. @param year `yyyy` */
export const firstServicesIn = (
  year: string,
  { persons, registeredOn, firstServed }: Given,
): FirstServices => {
  const groups = groupsOf(persons);
  const firstOf = (id: string): string | undefined =>
    (groups.get(id) ?? [id]).flatMap((member) => firstServed.get(member) ?? []).sort()[0];
  const standing = (metric: string) =>
    persons
      .filter(({ standing: own }) => own && runningValue(own, metric, year) !== undefined)
      .map(({ id }) => ({ id, first: firstOf(id) }));
  const fresh = standing('volunteersRegistered');
  const registered = standing('registeredVolunteers');
  const isSoon = ({ id, first }: { readonly id: string; readonly first: string | undefined }) =>
    first !== undefined &&
    Date.parse(first) <= Date.parse(registeredOn.get(id) ?? '') + daysToServe * dayMs;
  const isNever = ({ first }: { readonly first: string | undefined }) =>
    first === undefined || first > `${year}-12-31`;
  return {
    within60Days: fresh.length === 0 ? null : fresh.filter(isSoon).length,
    never: registered.length === 0 ? null : registered.filter(isNever).length,
  };
};
