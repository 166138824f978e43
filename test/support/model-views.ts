import { jest } from '@jest/globals';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { createStore } from '../lab/memory-store.ts';
import { type Sent, schemasOf, sentOf } from '../lab/store-shapes.ts';

type Send = (command: object) => Promise<object>;
interface Named {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

/** The table of a request. No transaction of ours spans the Views and another table. */
const tableOf = ({ input }: Sent): string | undefined => {
  const { TableName, RequestItems = {}, TransactItems: [first = {}] = [] } = input as Named;
  return TableName ?? Object.keys(RequestItems)[0] ?? Object.values(first)[0]?.TableName;
};

/**
 * Keeps the Views in the laboratory's model of the store until the mocks are restored, so that a year of
 * ten thousand entries is projected in seconds. The other tables stay in DynamoDB Local.
 * `test/lab/memory-store.engine.test.ts` compares the model with DynamoDB Local.
 * @returns a function that lists all items of the Views
 */
export const modelViews = () => {
  const table = process.env.VIEWS_TABLE ?? '';
  const store = createStore(schemasOf('ledger', table));
  const send = dynamodb.send.bind(dynamodb) as Send;
  jest.spyOn(dynamodb as unknown as { send: Send }, 'send').mockImplementation(async (command) => {
    const sent = sentOf(command);
    return tableOf(sent) === table ? store.execute(sent) : send(command);
  });
  return () => store.all(table);
};
