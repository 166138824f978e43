import * as z from 'zod';
import { report as state, writtenParts } from '../../events/reports.ts';
import { type Contract, month, queryInteger, route, xlsx, year } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { report, writtenPartAnswer } from './answer.ts';

const years = z.strictObject({ year });
const months = z.strictObject({ month });
const oneMonth = z.strictObject({
  month: month
    .optional()
    .describe(
      'A month of the year: its figures alone, when those of the year are too large for one file.',
    ),
});
const writtenPart = z.enum(writtenParts).describe('`problems`, or what comes `next-year`.');
const parts = z.strictObject({ year, part: writtenPart });
const files = [xlsx, 'text/csv'] as const;
const forms = ['text/html', ...files] as const;

export const reports = {
  readReport: route({
    key: 'GET /reports/{year}',
    access: 'public',
    summary: {
      en: 'The summary of a closed year, also as a page, a workbook and CSV',
      zh: '年度工作总结（关账后公开；网页、XLSX、CSV）',
    },
    params: years,
    query: oneMonth,
    answer: report,
    also: forms,
    problems: ['report-not-final', 'answer-too-large', 'invalid-value'],
  }),
  readReportDraft: route({
    key: 'GET /reports/{year}/draft',
    access: 'token',
    summary: {
      en: 'The summary of a year as it stands, for staff',
      zh: '年度工作总结初稿（工作人员）',
    },
    params: years,
    query: oneMonth,
    answer: report,
    also: forms,
    problems: ['answer-too-large', 'invalid-value'],
  }),
  readBulletin: route({
    key: 'GET /bulletins/{month}',
    access: 'public',
    summary: {
      en: 'The bulletin of a closed month, also as a page, a workbook and CSV',
      zh: '月度工作简报（关账后公开；网页、XLSX、CSV）',
    },
    params: months,
    answer: report,
    also: forms,
    problems: ['report-not-final', 'answer-too-large'],
  }),
  readBulletinDraft: route({
    key: 'GET /bulletins/{month}/draft',
    access: 'token',
    summary: {
      en: 'The bulletin of a month as it stands, for staff',
      zh: '月度工作简报初稿（工作人员）',
    },
    params: months,
    answer: report,
    also: forms,
    problems: ['answer-too-large'],
  }),
  writeReportText: route({
    key: 'PUT /reports/{year}/texts/{part}',
    access: 'token',
    summary: {
      en: 'Write a part of the summary that only a person can write',
      zh: '填写年度总结的文字部分（存在的问题、下一年度计划）',
    },
    params: parts,
    body: z.strictObject({ text: officialText(5000) }),
    answer: z
      .object({ ...state.shape, version: z.int() })
      .meta({ id: 'ReportTexts', description: 'What people wrote in the summary of a year.' }),
    versioned: true,
    problems: ['stale-version'],
  }),
  reportPage: route({
    key: 'GET /pages/reports/{year}',
    access: 'session',
    summary: {
      en: 'The summary of a year as it stands or as it was closed, for staff',
      zh: '年度工作总结（初稿或定稿，工作人员）',
    },
    params: years,
    query: oneMonth,
    only: 'text/html',
    also: files,
    answer: report,
  }),
  bulletinPage: route({
    key: 'GET /pages/bulletins/{month}',
    access: 'session',
    summary: {
      en: 'The bulletin of a month as it stands or as it was closed, for staff',
      zh: '月度工作简报（初稿或定稿，工作人员）',
    },
    params: months,
    only: 'text/html',
    also: files,
    answer: report,
  }),
  textPage: route({
    key: 'GET /pages/reports/{year}/texts/{part}',
    access: 'session',
    summary: {
      en: 'A part of the summary that only a person can write, with facts beside it',
      zh: '年度总结的文字部分及参考数据',
    },
    params: parts,
    only: 'text/html',
    answer: writtenPartAnswer,
  }),
  writeTextOnPage: route({
    key: 'POST /pages/reports/{year}/texts/{part}',
    access: 'session',
    summary: { en: 'Write a part of the summary', zh: '填写年度总结的文字部分' },
    params: parts,
    body: z.strictObject({ text: officialText(5000), version: queryInteger(0, 999_999_999) }),
    only: 'text/html',
    again: 'textPage',
    answer: z.object({}),
  }),
} satisfies Contract;
