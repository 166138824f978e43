import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { readEvent } from '../../events/catalogue.ts';
import type { Projected } from '../figures/engine.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';
import { projectEvent } from './project-event.ts';

export type ScanKey = Readonly<Record<string, unknown>>;

/** The number of parts in which the Ledger is read in parallel. */
export const parts = 8;

export interface Page {
  /** The projections of the page's events, in order, without events that show nothing in the Views. */
  readonly projected: readonly Projected[];
  /** Where the next page begins; undefined after the last. */
  readonly next: ScanKey | undefined;
}

/** One page of a part of the Ledger. For maintenance only. */
export const scanLedger = async (part: number, from: ScanKey | undefined): Promise<Page> => {
  const page = await dynamodb.send(
    new ScanCommand({
      TableName: ledgerTable(),
      Segment: part,
      TotalSegments: parts,
      ConsistentRead: true,
      ExclusiveStartKey: from,
    }),
  );
  return {
    projected: ((page.Items ?? []).filter(holdsEvent) as LedgerRow[]).flatMap(
      (row) => projectEvent(readEvent(envelopeOf(row))) ?? [],
    ),
    next: page.LastEvaluatedKey,
  };
};
