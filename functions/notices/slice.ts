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
    // Nobody who was erased is told anything but that. A notice goes into its person's partition; the key
    // of keyed hashes makes the webhook's secret.
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
