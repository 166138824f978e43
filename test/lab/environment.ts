import { testDistrict } from '../support/district.ts';

/** Sets the functions' environment. Import this before any function, as at a cold start. */
process.env = {
  // A plain object, because each read of the real one is a slow call into C++.
  ...process.env,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'lab',
  AWS_SECRET_ACCESS_KEY: 'lab',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  LEDGER_TABLE: 'ledger',
  VIEWS_TABLE: 'views',
  PEOPLE_TABLE: 'people',
  CLOSED_TABLE: 'closed',
  PEOPLE_KEY: 'key',
  BUS_NAME: 'bus',
  DISTRICT: testDistrict,
};
