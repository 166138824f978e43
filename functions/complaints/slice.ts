import { slice } from '../slice.ts';
import { complaints as contract } from './contract.ts';
import { project } from './projection.ts';

/** Apart from publicity, so that the function that anybody may send a form to can open no record of a person. */
export const complaints = slice({
  name: 'complaints',
  contract,
  aggregates: { complaint: project },
  http: {
    appends: ['complaint'],
    views: [],
    people: {
      complaints: ['GetItem', 'PutItem', 'UpdateItem', 'Decrypt', 'GenerateDataKey'],
      sources: ['GetItem', 'PutItem', 'UpdateItem'],
      hashKey: ['GetItem', 'Decrypt'],
    },
  },
});
