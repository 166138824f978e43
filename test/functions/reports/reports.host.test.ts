import { afterAll, beforeAll, expect, test } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { xlsx } from '../../../functions/http/contract.ts';
import { startTestHost, type TestHost } from '../../support/host.ts';

let served: TestHost;
let token = '';
beforeAll(async () => {
  served = await startTestHost();
  token = await served.host.mintToken({ sub: 'auditor-1', role: 'auditor' });
});
afterAll(() => served?.stop());

const read = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${served.host.url}${path}`, { headers });

test('a workbook comes through the gateway as its bytes', async () => {
  const headers = { authorization: `Bearer ${token}`, accept: xlsx };
  const answer = await read('/reports/2025/draft', headers);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, xlsx]);
  const sheets = await readXlsxFile(Buffer.from(await answer.arrayBuffer()));
  expect(sheets.map(({ sheet }) => sheet)).toContain('总表');
});

test.each([
  ['/dashboards/2025-03.json', 200, 'application/json; charset=utf-8'],
  ['/dashboards/2025-03.csv', 200, 'text/csv; charset=utf-8'],
  ['/totals/2025.csv', 200, 'text/csv; charset=utf-8'],
  ['/reports/2025.xlsx', 404, 'application/problem+json; charset=utf-8'],
  ['/bulletins/2025-03.html', 404, 'application/problem+json; charset=utf-8'],
  ['/reports/2025.doc', 400, 'application/problem+json; charset=utf-8'],
])('%s is %d, %s', async (path, status, type) => {
  const answer = await read(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
});

test('a draft is for whoever has a token', async () => {
  expect((await read('/reports/2025/draft')).status).toBe(401);
});
