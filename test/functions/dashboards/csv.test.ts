import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { renderCsv } from '../../../functions/dashboards/csv.ts';
import { examples } from '../../../functions/reference/examples/examples.ts';

test('a dashboard as CSV has a row for each figure, and nothing for what is unknown', () => {
  const { metrics, ...rest } = examples.dashboards.answers.readMonth;
  const minutes = { ...metrics.creditedMinutes, value: null };
  const { text, headers } = renderCsv({
    ...rest,
    metrics: { ...metrics, creditedMinutes: minutes },
  });
  const [, ...all] = parse(text, { bom: true }) as string[][];
  const rows = all.filter(([, , , , , , , aggregation]) => aggregation !== 'ratio');
  expect(rows.slice(0, 4)).toEqual([
    ['2025-10', 'hongqi', '', 'creditedMinutes', '', '', 'minutes', 'sum'],
    ['2025-10', 'hongqi', '', 'beneficiaries', '80', '200', 'person-times', 'sum'],
    ['2025-10', 'hongqi-01', '', 'creditedMinutes', '180', '', 'minutes', 'sum'],
    ['2025-10', 'hongqi-01', '', 'beneficiaries', '80', '200', 'person-times', 'sum'],
  ]);
  expect(rows).toHaveLength(6);
  expect(headers).toEqual({
    'content-disposition': 'attachment; filename="dashboard-2025-10.csv"',
  });
});
