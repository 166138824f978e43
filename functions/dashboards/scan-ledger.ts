import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { envelopeOf, type LedgerRow } from '../shared/ledger.ts';
import { ledgerTable } from '../shared/settings.ts';

export type ScanKey = Readonly<Record<string, unknown>>;

/** The Ledger is read in parts side by side. */
export const parts = 8;

export interface Page {
  readonly events: readonly DomainEvent[];
  /** Where the next one begins; undefined when there is none. */
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
    events: ((page.Items ?? []) as LedgerRow[]).map((row) => readEvent(envelopeOf(row))),
    next: page.LastEvaluatedKey,
  };
};
