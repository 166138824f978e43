import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { readEvent } from '../../events/catalogue.ts';
import type { Projected } from '../figures/projected.ts';
import { envelopeOf, holdsEvent, type LedgerRow, ledgerKey } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';
import type { Stream } from './facts.ts';
import { projectEvent } from './project-event.ts';

export type ScanKey = Readonly<Record<string, unknown>>;

/** The number of parts in which the Ledger is read in parallel. */
export const parts = 8;

export interface Streams {
  /** Whole streams, in the order of the Ledger, without those that show nothing in the Views. */
  readonly streams: readonly Stream[];
  /** Where the next ones begin; undefined after the last. */
  readonly next: ScanKey | undefined;
  /** Rows read. */
  readonly rows: number;
}

/** The row of the Ledger after which the next stream begins. */
export const endOf = (stream: Stream): ScanKey => {
  const { aggregate } = (stream.at(-1) ?? stream[0]).event;
  return { pk: ledgerKey(aggregate), version: aggregate.version };
};

const streamsOf = (rows: readonly LedgerRow[]): readonly Stream[] => {
  const streams: Projected[][] = [];
  let pk: string | undefined;
  for (const row of rows) {
    const projected = projectEvent(readEvent(envelopeOf(row)));
    if (!projected) continue;
    if (row.pk !== pk) streams.push([]);
    pk = row.pk;
    streams.at(-1)?.push(projected);
  }
  return streams as unknown as readonly Stream[];
};

/**
 * The next whole streams of a part of the Ledger: about a megabyte. The rows of a stream are adjacent,
 * but may continue on the next page, so the last stream of a page is left for the next call, unless it
 * is the only one.
 */
export const scanStreams = async (part: number, from: ScanKey | undefined): Promise<Streams> => {
  const rows: (LedgerRow & ScanKey)[] = [];
  const pages = paginateScan(
    { client: dynamodb, startingToken: from },
    { TableName: ledgerTable(), Segment: part, TotalSegments: parts, ConsistentRead: true },
  );
  for await (const { Items = [], LastEvaluatedKey } of pages) {
    rows.push(...(Items as (LedgerRow & ScanKey)[]));
    const last = rows.at(-1)?.pk;
    const whole = LastEvaluatedKey ? rows.filter(({ pk }) => pk !== last) : rows;
    const end = whole.at(-1);
    if (LastEvaluatedKey && !end) continue;
    return {
      streams: streamsOf(whole.filter(holdsEvent)),
      next: LastEvaluatedKey && end ? { pk: end.pk, version: end.version } : undefined,
      rows: rows.length,
    };
  }
  throw new Error('a scan has at least one page');
};
