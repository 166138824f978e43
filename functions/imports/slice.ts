import { slice } from '../slice.ts';
import { imports as contract } from './contract.ts';
import { projectChunk, projectImport } from './projection.ts';

export const imports = slice({
  name: 'imports',
  contract,
  aggregates: { import: projectImport, 'import-chunk': projectChunk },
  http: {
    appends: ['import', 'import-chunk'],
    views: [],
    people: {
      // Puts entries in the log of readings.
      persons: ['GetItem', 'PutItem', 'Decrypt'],
      lists: ['PutItem', 'GenerateDataKey'],
      lookUps: ['UpdateItem'],
      hashKey: ['GetItem', 'Decrypt'],
    },
    peopleIndexes: true,
    // A list of 10,000 people is checked while the client waits; a gateway waits no longer than
    // this.
    seconds: 29,
    memorySize: 1024,
  },
  subscribers: {
    // Registers the people of accepted lists, in chunks.
    Registrar: {
      file: 'registrar.ts',
      on: ['ImportAccepted', 'ImportChunkRegistered'],
      seconds: 300,
      appends: ['volunteer', 'import', 'import-chunk'],
      people: {
        persons: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
        lists: ['GetItem', 'DeleteItem', 'Decrypt'],
        hashKey: ['GetItem', 'Decrypt'],
      },
      peopleIndexes: true,
    },
  },
});
