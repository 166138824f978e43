import { definitionOf } from '../../events/catalogue.ts';
import type { Sent } from './store-shapes.ts';

type Data = Readonly<Record<string, unknown>>;

/** Hours in version 1 of their events: only the last person who entered, and no objections. */
const inVersion1 = ({ hours, ...data }: Data): Data => {
  const { enteredBy, objected: _, ...entry } = hours as Data & { readonly enteredBy: string[] };
  return { ...data, hours: { ...entry, enteredBy: enteredBy.at(-1) } };
};

const row = (item: Data): Data => {
  const event = item.event as Data | undefined;
  const type = String(event?.type);
  // Types that were introduced with version 2 did not exist in version 1.
  const old =
    event?.schemaVersion === 2 && type.startsWith('Hours') && definitionOf(type)?.behind === 0;
  return old
    ? { ...item, event: { ...event, schemaVersion: 1, data: inVersion1(event.data as Data) } }
    : item;
};

type Put = { readonly TableName: string; readonly Item: Data };
const put = (given: Put): Put => ({ ...given, Item: row(given.Item) });

/** A Ledger write as the functions of the previous version would have made it. */
export const writtenBefore = (sent: Sent): Sent => {
  const { name, input } = sent;
  if (name === 'Put') return { name, input: { ...put(input as unknown as Put) } };
  if (name !== 'TransactWrite') return sent;
  const actions = input.TransactItems as readonly { readonly Put?: Put }[];
  return {
    name,
    input: {
      ...input,
      TransactItems: actions.map((action) => (action.Put ? { Put: put(action.Put) } : action)),
    },
  };
};
