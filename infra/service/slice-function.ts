import { Duration, type Stack } from 'aws-cdk-lib';
import { isSealed, type Partition, partitions } from '../../functions/people/partitions.ts';
import type { Rights } from '../../functions/slice.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { Wiring } from './wiring.ts';

/** The indexes that find people by keyed hashes of their numbers. */
const peopleIndexes = ['ByIdNumber', 'ByPhone'];

export interface SliceFunctionProps {
  /** The handler's file below `functions/`. */
  readonly entry: string;
  /** The rights that the slice declares. The function gets these, and the names of these tables only. */
  readonly rights: Rights;
  readonly seconds?: number | undefined;
  /** Megabytes. */
  readonly memorySize?: number | undefined;
  /** Reserved concurrency, which is also the limit. Null: the function uses the unreserved concurrency. */
  readonly concurrency?: number | null;
}

/** A function of a slice, with the rights that the slice declares. */
export const sliceFunction = (
  scope: Stack,
  id: string,
  wiring: Wiring,
  { entry, rights, seconds, memorySize, concurrency = null }: SliceFunctionProps,
): DistrictFunction => {
  const {
    district,
    data: { ledger, views, people, peopleKey },
  } = wiring;
  const readsLedger = rights.ledger !== undefined || rights.appends !== undefined;
  const sealed = (rights.people?.partitions ?? []).filter(isSealed);
  const webhook = rights.noticesWebhook ? district.notices.webhook : null;
  const handler = new DistrictFunction(scope, id, {
    district,
    entry,
    concurrency,
    environment: {
      ...(readsLedger ? { LEDGER_TABLE: ledger.tableName } : {}),
      ...(rights.views ? { VIEWS_TABLE: views.tableName } : {}),
      ...(rights.people ? { PEOPLE_TABLE: people.tableName } : {}),
      ...(sealed.length > 0 ? { PEOPLE_KEY: peopleKey.keyArn } : {}),
      ...(webhook === null ? {} : { NOTICES_WEBHOOK: webhook }),
    },
    ...(seconds === undefined ? {} : { timeout: Duration.seconds(seconds) }),
    ...(memorySize === undefined ? {} : { memorySize }),
  });
  if (readsLedger) {
    const streams = typeof rights.ledger === 'object' ? rights.ledger : undefined;
    handler.allowReading(ledger, streams);
    handler.allowAppending(ledger, rights.appends ?? []);
  }
  if (rights.views) {
    handler.allow(views, [
      'dynamodb:Query',
      'dynamodb:GetItem',
      ...(rights.viewsInBatches ? ['dynamodb:BatchGetItem'] : []),
    ]);
    handler.allowIndexes(views, rights.views);
  }
  if (rights.people) {
    const { actions, partitions, indexes, reads = [] } = rights.people;
    allowPeople(handler, wiring, actions, partitions);
    allowPeople(handler, wiring, ['GetItem'], reads);
    if (indexes) handler.allowIndexes(people, peopleIndexes);
  }
  return handler;
};

/** Allows access to these partitions of People, and to the data keys of the records in them. */
const allowPeople = (
  handler: DistrictFunction,
  { district, data: { people, peopleKey } }: Wiring,
  actions: readonly string[],
  own: readonly Partition[],
): void => {
  const named = (all: readonly Partition[]) => all.map((partition) => partitions[partition]);
  handler.allow(
    people,
    actions.map((action) => `dynamodb:${action}`),
    named(own),
  );
  const sealed = own.filter(isSealed);
  if (sealed.length > 0) handler.allowDataKeys(peopleKey, district, named(sealed));
};
