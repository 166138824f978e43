import { pseudonymOf, registrationScope } from '../people/pseudonyms.ts';
import { yearOf } from '../runtime/calendar.ts';
import { disclose } from './disclose.ts';
import { type LinesQuery, listLines } from './list-lines.ts';

type Page = Awaited<ReturnType<typeof listLines>>;

/**
 * `listLines` with pseudonyms, for readers who may not see personal data.
 * @throws as `listLines`; Problem `record-unreadable`
 */
export const listPseudonymousLines = async (query: LinesQuery): Promise<Page> => {
  const page = await listLines(query);
  const year = yearOf(query.cell.period);
  const items = await Promise.all(
    page.items.map((line) => {
      // The line of a registration is listed in every year: see `registrationScope`.
      const scope = line.kind === 'volunteer' ? registrationScope : year;
      return disclose(line, (id) => pseudonymOf(scope, id));
    }),
  );
  return { ...page, items };
};
