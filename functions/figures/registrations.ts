import { createAdditions } from './counts.ts';
import { regroup } from './groups.ts';
import {
  formationItem,
  formationOf,
  type Identity,
  listedIdentityItem,
  standingOfPerson,
  standingOfTeam,
} from './identity.ts';
import { formationKey } from './layout.ts';
import { readLineOrder } from './line-order.ts';
import { countMembers } from './members.ts';
import { readIdentity } from './person-items.ts';
import { byAggregate, type Failures, type Given } from './projected.ts';
import { moveRunning, type Standing } from './running.ts';
import { type Action, type Store, untilWritten } from './store.ts';

/** All events of one person or team in a batch, newest first. */
type OfOne<Kind extends 'person' | 'team'> = readonly [Given<Kind>, ...Given<Kind>[]];

const projectedOf = <Kind extends 'person' | 'team'>(groups: readonly OfOne<Kind>[]) =>
  groups.flatMap((group) => group.map(({ projected }) => projected));

const putIdentity = async (store: Store, identity: Identity): Promise<Action> =>
  store.put(listedIdentityItem(await readLineOrder(), identity));

const withEvent = (before: Identity, { event, figures }: Given<'person'>): Identity => ({
  ...before,
  version: event.aggregate.version,
  mergedInto: figures.mergedInto,
  standing: standingOfPerson(figures),
});

/**
 * Takes an event into an identity whose group changes: both records that it names, or named, hear of
 * it in the same transaction.
 */
const relate = (store: Store, given: Given<'person'>): Promise<void> =>
  untilWritten(async () => {
    const { id, version } = given.event.aggregate;
    const before = await readIdentity(store, id);
    if (version <= before.version) return;
    const after = withEvent(before, given);
    const [from, to] = await Promise.all(
      [before.mergedInto, after.mergedInto].map((other) =>
        other === null || before.mergedInto === after.mergedInto
          ? undefined
          : readIdentity(store, other),
      ),
    );
    const left = from && {
      ...from,
      mergedFrom: from.mergedFrom.filter((other) => other !== id),
    };
    const joined = to && { ...to, mergedFrom: [...new Set([...to.mergedFrom, id])] };
    const additions = createAdditions();
    moveRunning(additions, 'persons', before.standing, after.standing);
    const puts = [after, left, joined].flatMap((each) => (each ? [putIdentity(store, each)] : []));
    await store.transact([...(await Promise.all(puts)), ...store.add(additions)]);
  });

/**
 * Takes in what persons are: their registration with the running figures, and who they are counted as.
 * After a merge, or an undone one, their years are counted anew; also when the event was known, since
 * an earlier delivery may have stopped before that.
 */
export const applyPersons = async (
  store: Store,
  given: readonly Given<'person'>[],
  failures: Failures,
): Promise<void> => {
  const groups: readonly OfOne<'person'>[] = byAggregate(given);
  const relating = new Set<OfOne<'person'>>();
  await countMembers(
    store,
    groups,
    async (group) => {
      const [newest] = group;
      const { id, version } = newest.event.aggregate;
      const before = await readIdentity(store, id);
      if (version <= before.version) return undefined;
      const after = withEvent(before, newest);
      if (after.mergedInto !== before.mergedInto) {
        relating.add(group);
        return undefined;
      }
      return {
        puts: [await putIdentity(store, after)],
        count: (additions) => moveRunning(additions, 'persons', before.standing, after.standing),
      };
    },
    (failed, error) => failures.fail(projectedOf(failed), error),
  );
  for (const group of groups) {
    const [newest] = group;
    const regroups = relating.has(group) || group.some(({ figures }) => figures.regroups);
    if (!regroups) continue;
    await failures.attempt(projectedOf([group]), async () => {
      await relate(store, newest);
      await regroup(store, newest.event.aggregate.id, newest.event.recordedAt);
    });
  }
};

/** Takes in what teams are, with the running figures. */
export const applyTeams = (
  store: Store,
  given: readonly Given<'team'>[],
  failures: Failures,
): Promise<void> =>
  countMembers(
    store,
    byAggregate(given),
    async ([{ event, figures }]) => {
      const { id, version } = event.aggregate;
      const key = formationKey(id);
      const before = formationOf(key, await store.read(key));
      if (version <= before.version) return undefined;
      const standing: Standing = standingOfTeam(figures);
      return {
        puts: [store.put(formationItem({ ...before, version, standing }))],
        count: (additions) => moveRunning(additions, 'teams', before.standing, standing),
      };
    },
    (failed, error) => failures.fail(projectedOf(failed), error),
  );
