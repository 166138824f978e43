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
  DISTRICT: JSON.stringify({
    name: 'test',
    timezone: 'Asia/Shanghai',
    locale: 'zh-CN',
    claims: { role: 'role', organisation: 'organisation', area: 'area' },
    roles: {},
    ages: { guardianConsentUnder: 14, adultFrom: 18 },
    auditSample: 100,
    retention: { pendingDays: 60, noticeDays: 400, accessLogDays: 1100 },
    outputs: {},
  }),
};
