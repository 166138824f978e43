import { open, seal } from '../people/envelope.ts';
import { blindHash } from '../people/keys.ts';
import { Problem } from '../refusals/problem.ts';
import { settings } from '../runtime/settings.ts';
import { disclose } from './disclose.ts';
import { listLines, metricOf } from './list-lines.ts';

type Query = Parameters<typeof listLines>[0];
type Page = Awaited<ReturnType<typeof listLines>>;

/**
 * The same for the same person through a year and in no other; a keyed hash, for a volunteer's id
 * can be known, and then a plain hash of it would be no secret.
 * @throws Problem `record-unreadable`
 */
const pseudonymOf = async (year: string, id: string): Promise<string> =>
  `p-${(await blindHash('pseudonym', year, id)).slice(0, 22)}`;

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
  const metric = metricOf(query.metric);
  const items = await Promise.all(
    page.items.map((line) => disclose(line, metric, (id) => pseudonymOf(year, id))),
  );
  if (page.next === null) return { ...page, items };
  const next = seal(await cursorKey(), bindingOf(query), page.next).toString('base64url');
  return { ...page, items, next };
};
