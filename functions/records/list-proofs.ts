import { findLeaf, proofOf } from '../closed/find-leaf.ts';
import { personHash } from '../closed/person-hash.ts';
import { entriesOfPerson, type PersonEntry, placeOf } from '../figures/person-entries.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { countedWith } from '../people/own-record.ts';
import { readSalt } from '../people/proof-salts.ts';
import { Problem } from '../refusals/problem.ts';
import { monthOf, monthsOf } from '../runtime/calendar.ts';
import type { records } from './contract.ts';
import { openRecord } from './open-record.ts';

/** A closed month: its run, and what its leaves add up to. */
const closedMonths = async (year: string) => {
  const found = await Promise.all(
    monthsOf(year).map(async (month) => {
      const period = await aggregate('period').find(month, false);
      const closed = period?.state.closed;
      return closed ? [[month, { ...closed, version: period.version }] as const] : [];
    }),
  );
  return new Map(found.flat());
};
type ClosedMonths = Awaited<ReturnType<typeof closedMonths>>;

const encode = (entry: PersonEntry): string => Buffer.from(placeOf(entry)).toString('base64url');

/** A cursor comes from outside: it names the entry after which the page begins. */
const decode = (cursor: string): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-\d{2}-\d{2}\|[\w~-]+\|[\w-]+$/.test(place)) throw new Problem('invalid-cursor');
  return place;
};

/** The proof that an entry is among the leaves of its month; none for an entry that is not. */
const proven = async (
  entry: PersonEntry,
  months: ClosedMonths,
  salts: ReadonlyMap<string, string | undefined>,
) => {
  const month = monthOf(entry.serviceDate);
  const closed = months.get(month);
  const salt = salts.get(entry.volunteerId);
  if (!closed || salt === undefined) return [];
  const key = `entry|${entry.sheetId}|${personHash(salt, entry.volunteerId)}`;
  const found = await findLeaf(closed.run, key);
  if (!found) return [];
  return [
    {
      period: month,
      version: closed.version,
      sheetId: entry.sheetId,
      volunteerId: entry.volunteerId,
      salt,
      leaf: found.text,
      index: found.index,
      leafCount: closed.leafCount,
      path: [...(await proofOf(closed.run, found))],
      root: closed.root,
    },
  ];
};

/**
 * The proofs that a person's entries are part of the closed months of a year. An entry that was made
 * after its month was closed has none.
 */
export const listProofs: UseCase<typeof records.listProofs> = async (request) => {
  const { actor, at, params, query } = request;
  const { volunteer, reader } = await openRecord({
    ...{ actor, at, params, query },
    what: 'record',
    staff: ['district-admin', 'organiser'],
  });
  const ids = countedWith(params.id, volunteer, { own: reader === 'own' });
  const [all, months, salts] = await Promise.all([
    entriesOfPerson(ids, query.year),
    closedMonths(query.year),
    Promise.all(ids.map(async (id) => [id, await readSalt(id)] as const)),
  ]);
  const after = query.cursor === undefined ? '' : decode(query.cursor);
  const rest = all
    .filter((entry) => months.has(monthOf(entry.serviceDate)) && placeOf(entry) > after)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const items = await Promise.all(page.map((entry) => proven(entry, months, new Map(salts))));
  return {
    body: {
      items: items.flat(),
      next: last && rest.length > query.limit ? encode(last) : null,
    },
  };
};
