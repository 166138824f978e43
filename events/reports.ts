import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, define, text } from './envelope.ts';

/** A part of the year's report that only a person can write. */
export const writtenText = z
  .object({
    text: text(5000).describe('A paragraph a line.'),
    authorId: actorId.describe('The `sub` of the token of whoever wrote it.'),
    writtenAt: z.iso.datetime().describe('When it was written.'),
  })
  .meta({ id: 'WrittenText', description: 'A text of a report, with who wrote it and when.' });
export type WrittenText = Readonly<z.infer<typeof writtenText>>;

/** The parts that people write, as paths and states name them. */
export const writtenParts = ['problems', 'next-year'] as const;
export type WrittenPart = (typeof writtenParts)[number];
/** Where the state holds each of them. */
export const fieldOfPart = {
  problems: 'problems',
  'next-year': 'nextYear',
} as const satisfies Readonly<Record<WrittenPart, string>>;

export const report = z
  .object({
    year: z.int().min(2000).max(2999),
    problems: writtenText.nullable().describe('What did not go well; null until it is written.'),
    nextYear: writtenText.nullable().describe('What comes next year; null until it is written.'),
  })
  .meta({ id: 'ReportState', description: 'What people wrote in the report of a year.' });
export type ReportState = Readonly<z.infer<typeof report>>;

export const reportEvents = {
  ReportTextWritten: define(aggregates.report, {
    summary: { en: 'A part of the report of a year was written', zh: '年度总结的文字部分已填写' },
    data: z.object({ report }),
    example: {
      report: {
        year: 2025,
        problems: {
          text: '部分主题集中在年底开展，平时安排偏少。',
          authorId: 'district-admin-1',
          writtenAt: '2025-12-20T06:00:00.000Z',
        },
        nextYear: null,
      },
    },
  }),
};
