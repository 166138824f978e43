import type { Entry } from '../../events/participation.ts';
import { readAreaTree } from '../figures/area-tree.ts';
import { type Child, pageOf } from '../figures/documents.ts';
import { documentName, monthPartition } from '../figures/layout.ts';
import { longSheet } from '../figures/packing.ts';
import { listItems, type ViewItem } from '../views/views.ts';

/** Sheets in a fixed order. `from` is where a list goes on that stops at the sheet. */
export type FoundSheets = AsyncIterable<{ readonly id: string; readonly from: string }>;

/** Which sheets are looked for. */
export interface Wanted {
  readonly organisationId?: string | undefined;
  readonly areaId?: string | undefined;
  readonly status?: Entry['status'] | undefined;
  readonly objected?: 'true' | undefined;
}

/** Pages that are read at a time. */
const pagesAtATime = 10;

/** An area and all areas below it throughout a year. */
const areasWithin = async (areaId: string, year: string): Promise<ReadonlySet<string>> =>
  new Set((await readAreaTree(Number(year), areaId)).within(areaId));

const mayHold = ({ organisationId, status, objected }: Wanted, child: Child): boolean => {
  const { waiting = 0, participations = 0, onDutyParticipations = 0 } = child.measures;
  return (
    (organisationId === undefined || child.organisationId === organisationId) &&
    (objected === undefined || (child.measures.objected ?? 0) > 0) &&
    (status !== 'pending' || waiting > 0) &&
    (status !== 'verified' || participations + onDutyParticipations > 0)
  );
};

const encode = (parts: readonly string[]): string => parts.join(' ');

/**
 * The sheets of an organisation or an area, with all below it, that may hold such lines: oldest month
 * first. The documents of the figures say which they are, so only those are read.
 *
 * @param from `<year> <cursor of the pages> <page> <sheet>`; empty for the beginning
 */
export async function* sheetsWith(
  wanted: Wanted,
  years: readonly string[],
  from: string,
): FoundSheets {
  const [fromYear = '', fromCursor = '', fromPage = '', fromSheet = ''] = from.split(' ');
  for (const year of years) {
    if (year < fromYear) continue;
    const areas = wanted.areaId === undefined ? undefined : await areasWithin(wanted.areaId, year);
    const isWanted = ({ sk }: ViewItem): boolean => {
      const { holds, kind, node } = documentName(sk);
      return holds === 'page' && kind === 'sheets' && (areas === undefined || areas.has(node));
    };
    let cursor = year === fromYear ? fromCursor : '';
    do {
      const page = await listItems({
        index: 'items',
        partition: monthPartition(year),
        accepts: isWanted,
        limit: pagesAtATime,
        ...(cursor === '' ? {} : { cursor }),
      });
      for (const item of page.items) {
        const ids = [...pageOf({ pk: item.pk, sk: item.sk }, item).children]
          .filter(([, child]) => mayHold(wanted, child))
          .map(([short]) => longSheet(short, year))
          .sort();
        for (const id of ids) {
          const isBefore =
            year === fromYear &&
            cursor === fromCursor &&
            (item.sk < fromPage || (item.sk === fromPage && id < fromSheet));
          if (!isBefore) yield { id, from: encode([year, cursor, item.sk, id]) };
        }
      }
      cursor = page.next ?? '';
    } while (cursor !== '');
  }
}
