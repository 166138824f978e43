import { eventTypes } from '../../events/catalogue.ts';
import { slice } from '../slice.ts';
import { webhooks as contract } from './contract.ts';

export const webhooks = slice({
  name: 'webhooks',
  setting: 'webhooks',
  contract,
  // A webhook is in the list of the table Outbound, and is not projected.
  aggregates: { webhook: null },
  http: {
    appends: ['webhook'],
    people: {
      webhooks: ['GetItem', 'PutItem', 'DeleteItem', 'Decrypt', 'GenerateDataKey'],
      signingKey: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
      hashKey: ['GetItem', 'Decrypt'],
    },
    outbound: ['Query', 'GetItem', 'PutItem', 'DeleteItem'],
    delivers: true,
    // A test waits for the receiver.
    seconds: 29,
  },
  subscribers: {
    // Finds who gets an event, and puts a delivery for each into the queue.
    Dispatcher: {
      file: 'dispatcher.ts',
      on: eventTypes,
      seconds: 30,
      ledger: ['area'],
      // What robots are told of waits there.
      outbound: ['Query', 'PutItem'],
      delivers: true,
    },
  },
});
