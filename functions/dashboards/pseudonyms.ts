import { runningKinds } from '../figures/metrics.ts';
import { open, seal } from '../people/envelope.ts';
import { blindHash } from '../people/keys.ts';
import { pseudonymOf, registrationScope } from '../people/pseudonyms.ts';
import { Problem } from '../refusals/problem.ts';
import { yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { disclose } from './disclose.ts';
import { listLines, metricOf } from './list-lines.ts';

type Query = Parameters<typeof listLines>[0];
type Page = Awaited<ReturnType<typeof listLines>>;

/** A cursor contains the id of the last item, which may be a person's, so it is sealed. */
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
 * `listLines` with pseudonyms, for readers who may not see personal data.
 * @throws Problem `unknown-metric`, `invalid-cursor`, `record-unreadable`
 */
export const listPseudonymousLines = async (query: Query): Promise<Page> => {
  const page = await listLines({ ...query, cursor: await openCursor(query) });
  const metric = metricOf(query.metric);
  const scope = runningKinds.has(metric.lines) ? registrationScope : yearOf(query.period);
  const items = await Promise.all(
    page.items.map((line) => disclose(line, metric, (id) => pseudonymOf(scope, id))),
  );
  if (page.next === null) return { ...page, items };
  const next = seal(await cursorKey(), bindingOf(query), page.next).toString('base64url');
  return { ...page, items, next };
};
