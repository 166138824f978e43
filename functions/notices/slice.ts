import { slice } from '../slice.ts';
import { notices as contract } from './contract.ts';
import { noticed } from './notice.ts';

export const notices = slice({
  name: 'notices',
  contract,
  http: {
    ledger: 'reads',
    people: { partitions: ['persons', 'hashKey'], actions: ['Query', 'GetItem', 'PutItem'] },
    noticesWebhook: true,
  },
  subscribers: {
    // Reads volunteers, since an erased person gets only the notice of that. Writes to the person's
    // partition, and derives the webhook's secret from the key of keyed hashes.
    Notifier: {
      queue: 'Notices',
      file: 'notifier.ts',
      on: noticed,
      seconds: 30,
      ledger: ['volunteer'],
      people: { partitions: ['persons', 'hashKey'], actions: ['DeleteItem', 'GetItem', 'PutItem'] },
      noticesWebhook: true,
    },
  },
});
