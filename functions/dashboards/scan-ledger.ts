import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { envelopeOf, type LedgerRow } from '../shared/ledger.ts';
import { ledgerTable } from '../shared/settings.ts';

export type ScanKey = Readonly<Record<string, unknown>>;

/** One page of a segment of the Ledger, and where the next begins. For maintenance only. */
export const scanLedger = async (
  segment: number,
  segments: number,
  from: ScanKey | undefined,
): Promise<{ readonly events: readonly DomainEvent[]; readonly next: ScanKey | undefined }> => {
  const page = await dynamodb.send(
    new ScanCommand({
      TableName: ledgerTable(),
      Segment: segment,
      TotalSegments: segments,
      ConsistentRead: true,
      ExclusiveStartKey: from,
    }),
  );
  return {
    events: ((page.Items ?? []) as LedgerRow[]).map((row) => readEvent(envelopeOf(row))),
    next: page.LastEvaluatedKey,
  };
};
