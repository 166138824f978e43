import * as z from 'zod';
import { areaId, themeKey } from '../../events/envelope.ts';
import { writtenParts, writtenText } from '../../events/reports.ts';
import { bases, wordKinds } from './pieces.ts';
import { sheets } from './tables.ts';

const period = z.string().describe('`yyyy-mm` or `yyyy`.');

const figure = z
  .object({
    metric: z.string().describe('The metric, as dashboards name it, or a number that reports add.'),
    period,
    areaId: areaId.nullable(),
    alone: z.boolean().describe('Without the areas below it.'),
    theme: themeKey.nullable(),
    value: z.number().describe('The number itself; time in minutes.'),
    unit: z.string().describe('What the value counts.'),
    basis: z
      .enum(bases)
      .describe(
        '`counted` and `estimated`: a figure of the cell. `change`: the difference to the closed period before. `ratio`: of two figures. `numerator`: what is divided in a ratio. `listed`: counted in the report itself. `closed`: as it was closed. `corrected`: on the way from the closed figure to the current one.',
      ),
    shown: z.string().describe('The value as text or table say it; time in hours.'),
  })
  .meta({ id: 'ReportFigure', description: 'A number of a report, with what it is a figure of.' });

const words = z
  .object({
    text: z.string().describe('The words themselves.'),
    kind: z
      .enum(wordKinds)
      .describe('`text`, the report’s own, has no digits; the others may have some.'),
  })
  .meta({ id: 'ReportWords', description: 'A part of a sentence that is no number.' });

const hidden = z
  .object({
    hidden: z
      .literal('small-cell')
      .describe('It is below 5 in an area, or would give away one that is.'),
  })
  .meta({ id: 'ReportHidden', description: 'A number that is not shown.' });

const paragraph = z
  .object({
    text: z.string().describe('The paragraph as it is read.'),
    pieces: z.array(z.union([figure, words])).describe('What it is made of, in order.'),
  })
  .meta({ id: 'ReportParagraph', description: 'A paragraph, and the numbers in it.' });

const column = z
  .object({
    title: z.string(),
    unit: z.string().nullable(),
    numbers: z.boolean().describe('Whether it holds numbers.'),
    decimals: z
      .union([z.literal(0), z.literal(1)])
      .describe('Decimals of its numbers; a number may say more.'),
  })
  .meta({ id: 'ReportColumn', description: 'A column of a table.' });

const row = z
  .object({
    cells: z
      .array(z.union([figure, words, hidden]).nullable())
      .describe('By column; null is unknown, and never 0.'),
    adds: z
      .object({
        from: z.int().describe('The first row.'),
        to: z.int().describe('The last row.'),
        columns: z.array(z.int()).describe('Columns in which it is exactly their sum.'),
      })
      .meta({
        id: 'ReportSum',
        description: 'Rows that a row of sums is about, from 0.',
      })
      .nullable(),
  })
  .meta({ id: 'ReportRow', description: 'A row of a table.' });

const table = z
  .object({
    title: z.string(),
    sheet: z.enum(sheets).describe('Where it is in the workbook.'),
    columns: z.array(column),
    rows: z.array(row),
  })
  .meta({ id: 'ReportTable', description: 'A table of a report.' });
export type TableAnswer = z.output<typeof table>;

const part = z
  .object({
    key: z.string(),
    title: z.string(),
    paragraphs: z.array(paragraph),
    tables: z.array(table),
    written: z
      .object({
        text: writtenText
          .extend({
            authorId: writtenText.shape.authorId.nullable().describe('Null in what is public.'),
          })
          .meta({
            id: 'ReportWrittenText',
            description: 'A text by a person, and when it was written.',
          })
          .nullable()
          .describe('Null until somebody wrote it.'),
        facts: z.array(paragraph).describe('For whoever writes it; a final report has none.'),
      })
      .nullable()
      .describe('Set for a part that only a person can write.'),
  })
  .meta({ id: 'ReportPart', description: 'A numbered part of a report.' });

export const report = z
  .object({
    period,
    language: z.enum(['zh-CN', 'en']).describe('By `Accept-Language`.'),
    title: z.string(),
    status: z
      .enum(['draft', 'closed', 'restated'])
      .describe('`restated`: a closed figure was corrected since.'),
    version: z.int().nullable().describe('How often the period was closed; null for a draft.'),
    root: z.string().nullable().describe('The root of the closed figures; null for a draft.'),
    asOf: z.iso.date().nullable().describe('The day of the newest event in the figures.'),
    head: z.array(paragraph).describe('Status, day, version and source.'),
    parts: z.array(part),
    annexes: z.array(table),
    totals: table,
    length: figure.describe(
      'Characters of the text without annexes and spaces; official papers have 5,000 at most.',
    ),
  })
  .meta({
    id: 'Report',
    description:
      'The summary of a year or the bulletin of a month: text and tables, each number with its source.',
  });
/** One of the parts that people write, for whoever writes it. */
export const writtenPartAnswer = z.object({
  year: z.string(),
  part: z.enum(writtenParts),
  version: z
    .int()
    .describe('Of what people wrote in the summary of the year; 0 before anybody did.'),
  title: z.string(),
  text: writtenText.nullable(),
  facts: z.array(z.string()),
});
export type WrittenPartAnswer = z.output<typeof writtenPartAnswer>;

export type ReportAnswer = z.output<typeof report>;
