import { blindHash } from './keys.ts';

/**
 * The scope of the lines that say that somebody is registered. The same line is listed in every year,
 * and is recognised by its place, time and version. So its pseudonym is the same each year, and is not
 * the one of any year's hours: otherwise two years' lists would connect the hours of two years.
 */
export const registrationScope = 'registration';

/**
 * A person's pseudonym for readers who may not see who it is. It is the same throughout a scope and
 * another one in other scopes. It is a keyed hash: ids can be known, and a plain hash of a known id
 * would reveal the person.
 *
 * @param scope `yyyy`, the year to which what is shown belongs, or `registrationScope`
 * @param id a volunteer's id or a subject
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const pseudonymOf = async (scope: string, id: string): Promise<string> =>
  `p-${(await blindHash('pseudonym', scope, id)).slice(0, 22)}`;
