import type { PersonFigures, Spell, TeamFigures } from '../views/projection.ts';
import type { Revised } from './documents.ts';
import { type Key, registeredList } from './layout.ts';
import { hiddenOrder } from './line-order.ts';
import type { Standing } from './running.ts';

/** Who a record is counted as, and its registration. The registration's line is this item itself. */
export interface Identity extends Revised {
  /** The volunteer's version; 0 while only other records have named this one. */
  readonly version: number;
  readonly mergedInto: string | null;
  /** The records that were merged directly into this one. */
  readonly mergedFrom: readonly string[];
  readonly standing: Standing | null;
}

/** A team's formation. */
export interface Formation extends Revised {
  readonly version: number;
  readonly standing: Standing | null;
}

type Item = Readonly<Record<string, unknown>>;

const standingIn = (item: Item): Standing | null =>
  item.area === undefined
    ? null
    : {
        areaId: item.area as string,
        newIn: (item.new as string | undefined) ?? null,
        spells: item.spells as readonly Spell[],
      };

const standingItem = (standing: Standing | null): Item =>
  standing === null
    ? {}
    : {
        area: standing.areaId,
        ...(standing.newIn === null ? {} : { new: standing.newIn }),
        spells: standing.spells,
      };

export const identityOf = (key: Key, item: Item | undefined): Identity =>
  item
    ? {
        ...key,
        rev: item.rev as number,
        version: item.version as number,
        mergedInto: (item.to as string | undefined) ?? null,
        mergedFrom: item.from as readonly string[],
        standing: standingIn(item),
      }
    : { ...key, rev: 0, version: 0, mergedInto: null, mergedFrom: [], standing: null };

const identityItem = (identity: Identity): Item => ({
  pk: identity.pk,
  sk: identity.sk,
  rev: identity.rev,
  version: identity.version,
  ...(identity.mergedInto === null ? {} : { to: identity.mergedInto }),
  from: identity.mergedFrom,
  ...standingItem(identity.standing),
});

export const formationOf = (key: Key, item: Item | undefined): Formation =>
  item
    ? {
        ...key,
        rev: item.rev as number,
        version: item.version as number,
        standing: standingIn(item),
      }
    : { ...key, rev: 0, version: 0, standing: null };

/**
 * The identity as it is stored. Everybody who is or was registered stands in the list of their area, in
 * an order that says nothing about the ids.
 * @param orderKey of `readLineOrder`
 */
export const listedIdentityItem = (orderKey: Uint8Array, identity: Identity): Item => {
  const { pk, standing } = identity;
  if (!standing) return identityItem(identity);
  const id = pk.slice(pk.indexOf('#') + 1);
  const list = registeredList(standing.areaId);
  return { ...identityItem(identity), id, list, listOrder: hiddenOrder(orderKey, list, id) };
};

export const formationItem = ({ pk, sk, rev, version, standing }: Formation): Item => ({
  pk,
  sk,
  rev,
  version,
  ...standingItem(standing),
});

/** A record that was merged into another counts for nothing: its person is counted there. */
export const standingOfPerson = ({
  mergedInto,
  areaId,
  registeredIn,
  spells,
}: PersonFigures): Standing | null =>
  mergedInto === null && registeredIn !== null ? { areaId, newIn: registeredIn, spells } : null;

export const standingOfTeam = ({ areaId, formedIn, spells }: TeamFigures): Standing => ({
  areaId,
  newIn: formedIn,
  spells,
});
