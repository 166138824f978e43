import type { Hours } from '../../events/participation.ts';
import type { Team } from '../../events/teams.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { open, seal } from '../people/envelope.ts';
import { blindHash } from '../people/keys.ts';
import { Problem } from '../refusals/problem.ts';
import { settings } from '../runtime/settings.ts';
import { listLines } from './list-lines.ts';

type Query = Parameters<typeof listLines>[0];
type Page = Awaited<ReturnType<typeof listLines>>;
type Line = Page['items'][number];

/** Replaces an id by what stands for it. */
type Replace = (id: string) => Promise<string>;

/**
 * The same for the same person through a year and in no other; a keyed hash, for a volunteer's id
 * can be known, and then a plain hash of it would be no secret.
 * @throws Problem `record-unreadable`
 */
export const pseudonymOf = async (year: string, id: string): Promise<string> =>
  `p-${(await blindHash('pseudonym', year, id)).slice(0, 22)}`;

const orNull = async (id: string | null, replace: Replace): Promise<string | null> =>
  id === null ? null : replace(id);

/** Where rows name volunteers, by the kind of line. A declaration is entered by its volunteer. */
const disguises: Readonly<Record<string, (row: never, replace: Replace) => Promise<object>>> = {
  hours: async ({ volunteerId, origin, enteredBy }: Hours, replace) => {
    const [first = '', ...others] = enteredBy;
    const declared = origin === 'self-declared';
    return {
      volunteerId: await replace(volunteerId),
      enteredBy: declared ? [await replace(first), ...others] : enteredBy,
    };
  },
  volunteer: async (
    { selfId, mergedInto, mergedFrom, possibleDuplicates }: Volunteer,
    replace,
  ) => ({
    selfId: await orNull(selfId, replace),
    mergedInto: await orNull(mergedInto, replace),
    mergedFrom: await Promise.all(
      mergedFrom.map(async (each) => ({
        id: await replace(each.id),
        selfId: await orNull(each.selfId, replace),
      })),
    ),
    possibleDuplicates: await Promise.all(possibleDuplicates.map(replace)),
  }),
  team: async ({ leaderId }: Team, replace) => ({ leaderId: await orNull(leaderId, replace) }),
};

const disguise = async (line: Line, { unit }: Page, replace: Replace): Promise<Line> => {
  const { id, kind, entry } = line;
  const isPerson = kind === 'volunteer' || (kind === 'presence' && unit === 'persons');
  const disguised = await disguises[kind]?.(entry as never, replace);
  return { ...line, id: isPerson ? await replace(id) : id, entry: { ...entry, ...disguised } };
};

/** A cursor names the last item of a page, and with it perhaps a person: it goes out sealed. */
const cursorKey = async (): Promise<Uint8Array> =>
  Buffer.from(await blindHash('cursor'), 'base64url');

const bindingOf = ({ period, metric }: Query) => ({
  district: settings().name,
  pk: 'cursor',
  sk: period,
  attribute: metric,
});

const openCursor = async (query: Query): Promise<string | undefined> => {
  if (query.cursor === undefined) return undefined;
  const key = await cursorKey();
  try {
    return String(open(key, bindingOf(query), Buffer.from(query.cursor, 'base64url')));
  } catch {
    throw new Problem('invalid-cursor');
  }
};

/**
 * `listLines` for whoever may not know whose the lines are.
 * @throws Problem `unknown-metric`, `invalid-cursor`, `record-unreadable`
 */
export const listPseudonymousLines = async (query: Query): Promise<Page> => {
  const page = await listLines({ ...query, cursor: await openCursor(query) });
  const year = query.period.slice(0, 4);
  const replace: Replace = (id) => pseudonymOf(year, id);
  const items = await Promise.all(page.items.map((line) => disguise(line, page, replace)));
  if (page.next === null) return { ...page, items };
  const next = seal(await cursorKey(), bindingOf(query), page.next).toString('base64url');
  return { ...page, items, next };
};
