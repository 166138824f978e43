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
  longPollSeconds: 0,
  retention: { pendingDays: 60, noticeDays: 400, accessLogDays: 1100 },
  outputs: {},
});
