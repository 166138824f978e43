import type * as z from 'zod';
import { type CsvValue, writeCsv } from '../files/write-csv.ts';
import type { Representation } from '../http/answer.ts';
import { savedAs } from '../http/endings.ts';
import type { dashboards } from './contract.ts';

type Dashboard = z.output<typeof dashboards.readMonth.answer>;

const headings = ['period', 'area', 'theme', 'metric', 'value', 'estimated', 'unit', 'aggregation'];

/** A row for each figure: of the whole, and of each area and theme in it. An empty value is unknown, and not 0. */
export const renderCsv = ({ period, filter, metrics, breakdown }: Dashboard): Representation => {
  const rows = (
    areaId: string | null,
    theme: string | null,
    figures: Dashboard['metrics'],
  ): readonly (readonly CsvValue[])[] =>
    Object.entries(figures).map(([metric, { value, estimated, unit, aggregation }]) => [
      ...[period, areaId, theme, metric],
      ...[value, estimated ?? null, unit, aggregation],
    ]);
  return {
    text: writeCsv([
      headings,
      ...rows(filter.areaId, filter.theme, metrics),
      ...Object.entries(breakdown.area).flatMap(([id, part]) => rows(id, filter.theme, part)),
      ...Object.entries(breakdown.theme).flatMap(([key, part]) => rows(filter.areaId, key, part)),
    ]),
    headers: savedAs(`dashboard-${period}.csv`),
  };
};
