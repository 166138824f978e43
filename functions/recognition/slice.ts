import { slice } from '../slice.ts';
import { recognition as contract } from './contract.ts';
import { project } from './projection.ts';

export const recognition = slice({
  name: 'recognition',
  contract,
  aggregates: { certificate: project },
  http: {
    appends: ['certificate'],
    views: ['ByList'],
    viewsInBatches: true,
    people: {
      // Whose name stands in a certificate; staff once their reading is in the log.
      persons: ['GetItem', 'PutItem', 'Decrypt'],
      certificates: ['GetItem', 'PutItem'],
      certificateNumbers: ['GetItem', 'PutItem'],
      statusLists: ['PutItem', 'Query'],
      sealedFiles: ['GetItem', 'PutItem', 'DeleteItem', 'Query', 'BatchWriteItem'],
      // Makes the key of a year when it first signs in it.
      signingKey: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
      sources: ['GetItem', 'PutItem', 'UpdateItem'],
      hashKey: ['GetItem', 'Decrypt'],
      // Whose certificates the person’s own page shows.
      links: ['GetItem'],
      sessions: ['GetItem', 'Decrypt'],
    },
    // Two thousand sheets are read for the longest certificate.
    seconds: 29,
  },
  subscribers: {
    // Supersedes or revokes certificates when what they rest on changes.
    CertificateKeeper: {
      file: 'keep-certificates.ts',
      on: [
        'HoursVoided',
        'HoursCorrected',
        'HoursRejected',
        'VolunteerErased',
        'VolunteerMerged',
        'VolunteerUnmerged',
        'DuplicateUnmerged',
        'PersonalDataCorrected',
        'CertificateApplied',
        'CertificateIssued',
      ],
      seconds: 60,
      appends: ['certificate'],
      people: {
        certificates: ['GetItem'],
        statusLists: ['PutItem'],
        sealedFiles: ['Query', 'BatchWriteItem'],
      },
    },
  },
});
