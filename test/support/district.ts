/** The functions' environment variable `DISTRICT`. */
export const testDistrict = JSON.stringify({
  name: 'test',
  timezone: 'Asia/Shanghai',
  locale: 'zh-CN',
  claims: { role: 'role', organisation: 'organisation', area: 'area' },
  roles: {},
  ages: { guardianConsentUnder: 14, adultFrom: 18 },
  auditSample: 100,
  unmergeDays: 30,
  publicBaseUrl: 'https://leifeng.example',
  certificates: { divisionCode: '110105', noticeDays: 0 },
  // So few hours that a test has them.
  stars: {
    version: 1,
    levels: [1, 2, 3, 4, 5].map((hours) => ({
      ...{ level: hours, hours, tenureDays: 0, selected: hours === 5 },
    })),
    ...{ cutOff: null, noticeWorkingDays: 3, by: 'nomination' },
  },
  complaints: {
    workingDays: 15,
    perSource: 5,
    perDay: 200,
    keptDays: 365,
    keptDaysAfterClose: 60,
  },
  exemplars: { noticeWorkingDays: 5 },
  longPollSeconds: 0,
  retention: { pendingDays: 60, noticeDays: 400, accessLogDays: 1100 },
  outputs: {},
});
