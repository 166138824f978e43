import { createAdditions } from '../figures/counts.ts';
import { formationItem, type Identity, listedIdentityItem } from '../figures/identity.ts';
import { formationKey, identityKey } from '../figures/layout.ts';
import { addRunning } from '../figures/running.ts';
import type { PersonFact, TeamFact } from './facts.ts';
import { type Made, planned } from './made.ts';

/** The records that are counted as one person with another, by record: of all that were merged. */
export type Groups = ReadonlyMap<string, readonly string[]>;

/** The connected records of each record that a merge names, sorted, itself among them. */
export const groupsOf = (persons: readonly Pick<PersonFact, 'id' | 'mergedInto'>[]): Groups => {
  const groups = new Map<string, Set<string>>();
  for (const { id, mergedInto } of persons) {
    if (mergedInto === null) continue;
    const [one, other] = [groups.get(id) ?? new Set([id]), groups.get(mergedInto)];
    for (const each of other ?? [mergedInto]) one.add(each);
    for (const each of one) groups.set(each, one);
  }
  return new Map([...groups].map(([id, group]) => [id, [...group].sort()]));
};

/**
 * Identities, formations, and the running figures that they come to.
 * @param orderKey of `readLineOrder`
 */
export const itemsOfPeople = (
  persons: readonly PersonFact[],
  teams: readonly TeamFact[],
  orderKey: Uint8Array,
): Made => {
  const additions = createAdditions();
  const identities = new Map<string, Identity>();
  const identityAt = (id: string): Identity =>
    identities.get(id) ?? {
      ...identityKey(id),
      rev: 1,
      version: 0,
      mergedInto: null,
      mergedFrom: [],
      standing: null,
    };
  for (const { id, version, mergedInto, standing } of persons) {
    identities.set(id, { ...identityAt(id), version, mergedInto, standing });
    addRunning(additions, 'persons', standing, 1);
    if (mergedInto === null) continue;
    const into = identityAt(mergedInto);
    identities.set(mergedInto, { ...into, mergedFrom: [...into.mergedFrom, id] });
  }
  for (const { standing } of teams) addRunning(additions, 'teams', standing, 1);
  return {
    items: [
      ...[...identities.values()].map((identity) =>
        planned(identity, (each) => listedIdentityItem(orderKey, each)),
      ),
      ...teams.map(({ id, version, standing }) =>
        planned({ ...formationKey(id), rev: 1, version, standing }, formationItem),
      ),
    ],
    additions,
  };
};
