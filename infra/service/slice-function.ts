import { Duration, type Stack } from 'aws-cdk-lib';
import { type Partition, partitions } from '../../functions/people/partitions.ts';
import { itemActions, keyActions, type Rights } from '../../functions/slice.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { District } from '../settings.ts';
import type { Wiring } from './wiring.ts';

/** The indexes that find people by keyed hashes of their numbers. */
const peopleIndexes = ['ByIdNumber', 'ByPhone', 'ByName'];

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
    data: { ledger, views, people, peopleKey, outbound, closed },
  } = wiring;
  const deliveries = rights.delivers ? wiring.deliveries : undefined;
  const readsLedger = rights.ledger !== undefined || rights.appends !== undefined;
  const inPeople = peopleRightsOf(rights);
  const handler = new DistrictFunction(scope, id, {
    district,
    entry,
    concurrency,
    environment: {
      ...(readsLedger ? { LEDGER_TABLE: ledger.tableName } : {}),
      ...(rights.views ? { VIEWS_TABLE: views.tableName } : {}),
      ...(rights.people ? { PEOPLE_TABLE: people.tableName } : {}),
      ...(inPeople.some(({ withKeys }) => withKeys.length > 0)
        ? { PEOPLE_KEY: peopleKey.keyArn }
        : {}),
      ...(rights.closed ? { CLOSED_TABLE: closed.tableName } : {}),
      ...(rights.outbound ? { OUTBOUND_TABLE: outbound.tableName } : {}),
      ...(rights.signsIn && district.oidc.signIn
        ? { SIGN_IN: signInOf(district.oidc, district.oidc.signIn) }
        : {}),
      ...(deliveries ? { DELIVERIES_QUEUE: deliveries.queueUrl } : {}),
      ...(rights.delivers && district.webhooks.loopback ? { WEBHOOKS_LOOPBACK: 'true' } : {}),
    },
    ...(seconds === undefined ? {} : { timeout: Duration.seconds(seconds) }),
    ...(memorySize === undefined ? {} : { memorySize }),
  });
  if (readsLedger) {
    const streams = typeof rights.ledger === 'object' ? rights.ledger : undefined;
    handler.allowReading(ledger, streams);
    handler.allowAppending(ledger, rights.appends ?? []);
    handler.allowChecking(ledger, rights.checks ?? []);
  }
  if (rights.views) {
    handler.allow(views, [
      'dynamodb:Query',
      'dynamodb:GetItem',
      ...(rights.viewsInBatches ? ['dynamodb:BatchGetItem'] : []),
    ]);
    handler.allowIndexes(views, rights.views);
  }
  for (const { partition, withItems, withKeys } of inPeople) {
    handler.allow(people, withItems, [partition]);
    handler.allowDataKeys(peopleKey, district, withKeys, [partition]);
  }
  if (rights.closed) handler.allow(closed, ['dynamodb:GetItem', 'dynamodb:Query']);
  handler.allow(outbound, (rights.outbound ?? []).map(dynamodbAction));
  deliveries?.grantSendMessages(handler);
  if (rights.peopleIndexes) handler.allowIndexes(people, peopleIndexes);
  return handler;
};

/** What a function needs to sign people in, as `functions/runtime/settings.ts` reads it. */
const signInOf = (
  { issuer, audience }: District['oidc'],
  client: NonNullable<District['oidc']['signIn']>,
): string => JSON.stringify({ issuer, audience, ...client });

/** The actions in each partition of People, as IAM names them: on items, and on their data keys. */
const peopleRightsOf = ({ people = {} }: Rights) =>
  Object.entries(people).map(([name, actions]) => ({
    partition: partitions[name as Partition],
    withItems: itemActions.filter((each) => actions.includes(each)).map(dynamodbAction),
    withKeys: keyActions.filter((each) => actions.includes(each)).map(kmsAction),
  }));

const dynamodbAction = (action: string): string => `dynamodb:${action}`;
const kmsAction = (action: string): string => `kms:${action}`;
