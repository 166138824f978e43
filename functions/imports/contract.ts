import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { importFlag, importOutcome } from '../../events/imports.ts';
import { bytes, type Contract, pageOf, route, trueOrFalse, words } from '../http/contract.ts';
import { consentTextVersion } from '../http/official-text.ts';
import { passedOverReasons } from './classify-row.ts';
import { flagCodes } from './flags.ts';

const byId = z.strictObject({ id: uuid });

/** The report on a row. Rows without errors or flags are only counted. */
const rowReport = z
  .object({
    row: z.int().describe('Counted as in the file, whose first row is 1.'),
    /** A row with errors is not registered. */
    errors: z.array(
      z
        .object({
          column: z.string().describe('What the column holds.'),
          letter: z
            .string()
            .nullable()
            .describe(
              'The column’s letter, and its heading as written; null when the file has no such column.',
            ),
          heading: z.string().nullable(),
          code: z.string().describe('What is wrong, in kebab-case.'),
          detail: words,
        })
        .meta({ id: 'ImportRowError', description: 'What is wrong in a cell.' }),
    ),
    flags: z.array(
      z
        .object({
          code: z.enum(flagCodes).describe('What is odd in the row.'),
          row: z.int().optional().describe('The earlier row that the flag refers to.'),
          columns: z.array(z.string()).optional().describe('The columns that the flag refers to.'),
          detail: words,
        })
        .meta({ id: 'ImportRowFlag', description: 'What staff should look at in a row.' }),
    ),
  })
  .meta({
    id: 'ImportRowReport',
    description: 'The report on a row. Rows without errors or flags are only counted.',
  });

const columns = z.array(
  z
    .object({
      letter: z.string(),
      heading: z.string(),
      column: z.string().nullable().describe('What the column holds; null when it is not read.'),
      hidden: z.boolean(),
    })
    .meta({ id: 'ImportColumn', description: 'A column of the file, and what was read from it.' }),
);

/** How a file was read. */
const fileReport = {
  sheet: z
    .string()
    .nullable()
    .describe('The sheet that was read; null when it has no name, as in CSV.'),
  otherSheets: z.array(z.string()).describe('Sheets that were not read.'),
  headingRows: z.array(z.int()).describe('The rows with the headings.'),
  /** The columns below the first headings. */
  columns,
  laterHeadings: z
    .array(z.object({ rows: z.array(z.int()).describe('The rows of these headings.'), columns }))
    .describe('Headings further down that give the columns another meaning: the first of them.'),
  passedOver: z
    .array(z.object({ row: z.int(), reason: z.enum(passedOverReasons), detail: words }))
    .describe('The first rows that were not read as people, and why.'),
};

const counts = {
  rows: z.int(),
  accepted: z.int(),
  refused: z.int(),
};

export const imports = {
  importVolunteers: route({
    key: 'POST /volunteers/import',
    access: 'token',
    summary: {
      en: 'Register a list of people, each waiting for their own yes; with dryRun=true only look at it',
      zh: '批量登记志愿者，逐人待本人确认；dryRun=true 时仅核对',
    },
    query: z.strictObject({
      dryRun: trueOrFalse.default('false').describe('Whether the list is only looked at.'),
      /** The version of the text that the people are asked to agree to. */
      consentVersion: consentTextVersion,
      areaId: areaId.optional().describe('For rows that name no area.'),
    }),
    body: bytes,
    // The file's first bytes say what it is, because programs send spreadsheets with any type.
    file: { mediaTypes: ['*/*'], maxBytes: 4 * 1024 * 1024 },
    // A list of 10,000 people takes a gigabyte of memory for up to half a minute.
    costly: true,
    status: 202,
    otherStatus: 200,
    answer: z.object({
      id: uuid.nullable().describe('Null after a dry run.'),
      ...counts,
      flagged: z.int(),
      compared: z
        .int()
        .describe(
          'Number of accepted rows that a dry run compared with registered people in the time it has.',
        ),
      ...fileReport,
      report: z.array(rowReport),
      reportComplete: z
        .boolean()
        .describe(
          'False when more rows were refused, flagged or passed over than the answer contains.',
        ),
    }),
    problems: ['unreadable-file'],
  }),
  readImport: route({
    key: 'GET /imports/{id}',
    access: 'token',
    summary: { en: 'How far an import is', zh: '查看批量登记进度' },
    params: byId,
    answer: z.object({
      id: uuid,
      ...counts,
      registered: z.int(),
      alreadyRegistered: z.int(),
      numberOfAnother: z
        .int()
        .describe(
          'Not registered, because somebody else has the same ID number, or the same name and phone.',
        ),
      done: z.boolean(),
    }),
    problems: ['not-found'],
  }),
  listImportRows: route({
    key: 'GET /imports/{id}/rows',
    access: 'token',
    summary: {
      en: 'Which row became which record, with the codes its people confirm with',
      zh: '逐行查看登记结果与确认码',
    },
    params: byId,
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^[1-9]\d{0,3}$/)
        .optional(),
    }),
    answer: pageOf(
      z
        .object({
          row: z.int(),
          volunteerId: uuid
            .nullable()
            .describe(
              'Null when nobody was registered for the row. With the flag `merged`: of the record that stays.',
            ),
          outcome: importOutcome,
          differs: z
            .array(z.string())
            .describe(
              'Columns in which the list differs from the record. The record is not changed.',
            ),
          flags: z.array(importFlag).describe('What staff should look at.'),
          confirmationCode: z
            .string()
            .nullable()
            .describe('Only for people that this import registered.'),
        })
        .meta({ id: 'ImportRow', description: 'A row of a list, and the record that it became.' }),
    ),
    problems: ['not-found'],
  }),
} satisfies Contract;
