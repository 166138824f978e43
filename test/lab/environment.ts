import { testDistrict } from '../support/district.ts';

/** What the functions find in their environment: before any of them is imported, as at a cold start. */
process.env = {
  // A plain object: the real one is asked in C++ each time.
  ...process.env,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'lab',
  AWS_SECRET_ACCESS_KEY: 'lab',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  LEDGER_TABLE: 'ledger',
  VIEWS_TABLE: 'views',
  PEOPLE_TABLE: 'people',
  PEOPLE_KEY: 'key',
  BUS_NAME: 'bus',
  DISTRICT: testDistrict,
};
