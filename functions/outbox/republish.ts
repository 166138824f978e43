import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LedgerRow } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';
import type { Position } from './position.ts';
import { calls, outgoing, send } from './publish.ts';

/** An event's recording time is that of its request. The stream may receive it this much later. */
const marginMs = 15 * 60_000;

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** The period in which all events of these positions were recorded. */
export const windowOf = (positions: readonly Position[]): Window => {
  const first = Math.min(...positions.map(({ from }) => from.getTime()));
  const last = Math.max(...positions.map(({ to }) => to.getTime()));
  return { from: new Date(first - marginMs), to: new Date(last + marginMs) };
};

/**
 * Publishes every event recorded in a window again, from the Ledger, regardless of age. Most have
 * been published before; subscribers ignore events they have handled.
 * @returns how many
 * @throws Error when there is no time left, or an event is refused
 */
export const republish = async ({ from, to }: Window, hasTime: () => boolean): Promise<number> => {
  let published = 0;
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: ledgerTable(),
      FilterExpression: '#event.recordedAt BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#event': 'event' },
      ExpressionAttributeValues: { ':from': from.toISOString(), ':to': to.toISOString() },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    if (!hasTime()) throw new Error(`no time to read the whole Ledger; ${published} published`);
    for (const batch of calls((Items as LedgerRow[]).map(outgoing))) {
      const stuck = await send(batch);
      if (stuck.length > 0) throw new Error(`${stuck.length} events were refused by the bus`);
      published += batch.length;
    }
  }
  return published;
};
