import { noticed } from '../people/notice-kinds.ts';
import { slice } from '../slice.ts';
import { notices as contract } from './contract.ts';

export const notices = slice({
  name: 'notices',
  contract,
  http: {
    ledger: 'reads',
    people: { persons: ['Query'], hashKey: ['GetItem', 'Decrypt'] },
  },
  subscribers: {
    // Reads volunteers, since an erased person gets only the notice of that. Writes notices to the
    // person's partition and opens nothing in it.
    Notifier: {
      file: 'notifier.ts',
      on: noticed,
      seconds: 30,
      ledger: ['volunteer'],
      people: { persons: ['PutItem', 'DeleteItem'] },
    },
  },
});
