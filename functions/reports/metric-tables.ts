import type { Aggregation } from '../figures/metrics.ts';
import type { Material } from './material.ts';
import { name } from './pieces.ts';
import { row, type Table, unitColumn, wordColumn } from './tables.ts';
import { everywhere, type Writer } from './writer.ts';

const aggregations: Readonly<Record<Aggregation, readonly [string, string]>> = {
  sum: ['各部分之和', 'the sum of its parts'],
  distinct: [
    '期内去重计数，不等于各月或各区域之和',
    'each counted once in the period; not the sum of months or areas',
  ],
  last: ['期末数', 'as of the end of the period'],
  ratio: ['比率，由两个合计数相除得出', 'a ratio of two sums'],
};

/** What each metric is: those of the district, and the outputs that the period has. */
export const definitions = ({ metrics, figures }: Material, writer: Writer): Table => {
  const measured = figures.at(everywhere);
  const { say } = writer;
  return {
    title: say('附表7 指标说明', 'Annex 7: definitions'),
    sheet: 'definitions',
    columns: [
      wordColumn(say('指标', 'Metric')),
      wordColumn(say('指标代码', 'Code of the metric')),
      unitColumn(writer),
      wordColumn(say('口径', 'How it adds up')),
    ],
    rows: Object.entries(metrics)
      .filter(
        ([metric, { estimated }]) =>
          !metric.startsWith('outputs.') ||
          measured[metric] !== undefined ||
          measured[estimated ?? ''] !== undefined,
      )
      .map(([metric, { aggregation }]) =>
        row([
          writer.label(metric),
          name(metric),
          writer.unit(metric),
          { text: say(...aggregations[aggregation]), kind: 'text' },
        ]),
      ),
  };
};

/** 总表: every figure of the whole period, with its estimate. */
export const totals = ({ metrics, figures }: Material, writer: Writer): Table => ({
  title: writer.say('总表', 'Totals'),
  sheet: 'totals',
  columns: [
    wordColumn(writer.say('指标', 'Metric')),
    { ...wordColumn(writer.say('数量', 'Counted')), numbers: true },
    { ...wordColumn(writer.say('估计数', 'Estimated')), numbers: true },
    unitColumn(writer),
  ],
  // Ratios are no measures of a cell; the part on the quality of figures says them.
  rows: Object.keys(metrics)
    .filter((metric) => metrics[metric]?.aggregation !== 'ratio')
    .filter((metric) => !metric.startsWith('outputs.'))
    .map((metric) =>
      row([
        writer.label(metric),
        writer.inTable(writer.counted(figures, metric)),
        writer.inTable(writer.estimated(figures, metric)),
        writer.unit(metric),
      ]),
    ),
});
