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
