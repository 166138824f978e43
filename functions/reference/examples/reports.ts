import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

const problems = {
  text: '部分主题集中在年底开展，平时安排偏少。',
  writtenAt: '2025-12-20T06:00:00.000Z',
};
const texts = { ...catalogue.ReportTextWritten.example.report, version: 1 };

const held = {
  metric: 'activitiesHeld',
  period: '2025',
  areaId: null,
  alone: false,
  theme: null,
  value: 102,
  unit: 'sessions',
  basis: 'counted' as const,
  shown: '102',
};
const text = (of: string) => ({ text: of, kind: 'text' as const });
const totals = {
  title: '总表',
  sheet: 'totals' as const,
  columns: [
    { title: '指标', unit: null, numbers: false, decimals: 0 as const },
    { title: '数量', unit: null, numbers: true, decimals: 0 as const },
  ],
  rows: [{ cells: [{ text: '开展活动', kind: 'name' as const }, held], adds: null }],
};
const services = {
  title: '专业服务（按区域代码顺序）',
  sheet: 'areas' as const,
  columns: [
    { title: '区域', unit: null, numbers: false, decimals: 0 as const },
    { title: '援助案件', unit: '件', numbers: true, decimals: 0 as const },
  ],
  rows: [
    {
      cells: [{ text: '红旗社区', kind: 'name' as const }, { hidden: 'small-cell' as const }],
      adds: null,
    },
    {
      cells: [
        text('合计'),
        { ...held, metric: 'outputs.casesAssisted', value: 12, unit: 'cases', shown: '12' },
      ],
      adds: { from: 0, to: 0, columns: [] },
    },
  ],
};
const year = { text: '2025年', kind: 'date' as const };
const report = {
  period: '2025',
  language: 'zh-CN' as const,
  title: '示范区2025年度学雷锋志愿服务工作总结',
  status: 'closed' as const,
  version: 1,
  root: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  asOf: '2026-01-05',
  head: [{ text: '2025年，已关账。', pieces: [year, text('，已关账。')] }],
  parts: [
    {
      key: 'overall',
      title: '一、总体情况',
      paragraphs: [
        {
          text: '2025年，全区按计划开展学雷锋志愿服务活动102场。',
          pieces: [year, text('，全区按计划开展学雷锋志愿服务活动'), held, text('场。')],
        },
      ],
      tables: [services],
      written: null,
    },
    {
      key: 'problems',
      title: '二、存在的问题',
      paragraphs: [],
      tables: [],
      written: { text: { ...problems, authorId: null }, facts: [] },
    },
  ],
  annexes: [totals],
  totals,
  length: {
    ...held,
    metric: 'characters',
    value: 2140,
    unit: 'characters',
    basis: 'listed' as const,
    shown: '2140',
  },
};
const bulletin = {
  ...report,
  period: '2025-10',
  title: '示范区2025年10月学雷锋志愿服务工作简报',
};
const draft = { status: 'draft' as const, version: null, root: null };

export const reports = {
  bodies: {
    writeReportText: { text: problems.text },
    writeTextOnPage: { text: problems.text, version: '1' },
  },
  answers: {
    readReport: report,
    readReportDraft: { ...report, ...draft },
    readBulletin: bulletin,
    readBulletinDraft: { ...bulletin, ...draft },
    writeReportText: texts,
  },
} satisfies ExamplesOf<(typeof contracts)['reports']>;
