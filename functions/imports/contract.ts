import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { importOutcomes, rowFlags } from '../../events/imports.ts';
import { bytes, type Contract, pageOf, route } from '../http/contract.ts';
import { consentTextVersion } from '../http/official-text.ts';
import { passedOverReasons } from './classify-row.ts';
import { flagCodes } from './flags.ts';

const byId = z.strictObject({ id: uuid });

const words = z.object({ zh: z.string(), en: z.string() });

/** The report on a row. Rows without errors or flags are only counted. */
const rowReport = z.object({
  /** Counted as in the file, whose first row is 1. */
  row: z.int(),
  /** A row with errors is not registered. */
  errors: z.array(
    z.object({
      column: z.string(),
      /** The column's letter, and its heading as written; null when the file has no such column. */
      letter: z.string().nullable(),
      heading: z.string().nullable(),
      code: z.string(),
      detail: words,
    }),
  ),
  flags: z.array(
    z.object({
      code: z.enum(flagCodes),
      /** The earlier row that the flag refers to. */
      row: z.int().optional(),
      /** The columns that the flag refers to. */
      columns: z.array(z.string()).optional(),
      detail: words,
    }),
  ),
});

const columns = z.array(
  z.object({
    letter: z.string(),
    heading: z.string(),
    /** What the column holds; null when it is not read. */
    column: z.string().nullable(),
    hidden: z.boolean(),
  }),
);

/** How a file was read. */
const fileReport = {
  /** The sheet that was read; null when it has no name, as in CSV. */
  sheet: z.string().nullable(),
  /** Sheets that were not read. */
  otherSheets: z.array(z.string()),
  /** The rows with the headings. */
  headingRows: z.array(z.int()),
  /** The columns below the first headings. */
  columns,
  /** Headings further down that give the columns another meaning: the first of them. */
  laterHeadings: z.array(z.object({ rows: z.array(z.int()), columns })),
  /** The first rows that were not read as people, and why. */
  passedOver: z.array(z.object({ row: z.int(), reason: z.enum(passedOverReasons), detail: words })),
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
      dryRun: z.enum(['true', 'false']).default('false'),
      /** The version of the text that the people are asked to agree to. */
      consentVersion: consentTextVersion,
      /** For rows that name no area. */
      areaId: areaId.optional(),
    }),
    body: bytes,
    // The file's first bytes say what it is, because programs send spreadsheets with any type.
    file: { mediaTypes: ['*/*'], maxBytes: 4 * 1024 * 1024 },
    // A list of 10,000 people takes a gigabyte of memory for up to half a minute.
    costly: true,
    status: 202,
    otherStatus: 200,
    answer: z.object({
      /** Null after a dry run. */
      id: uuid.nullable(),
      ...counts,
      flagged: z.int(),
      /** Number of accepted rows that a dry run compared with registered people in the time it has. */
      compared: z.int(),
      ...fileReport,
      report: z.array(rowReport),
      /** False when more rows were refused, flagged or passed over than the answer contains. */
      reportComplete: z.boolean(),
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
      /** Not registered, because somebody else has the same ID number, or the same name and phone. */
      numberOfAnother: z.int(),
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
      z.object({
        row: z.int(),
        /** Null when nobody was registered for the row. With the flag `merged`: of the record that stays. */
        volunteerId: uuid.nullable(),
        outcome: z.enum(importOutcomes),
        /** Columns in which the list differs from the record. The record is not changed. */
        differs: z.array(z.string()),
        /** What staff should look at. */
        flags: z.array(z.enum(rowFlags)),
        /** Only for people that this import registered. */
        confirmationCode: z.string().nullable(),
      }),
    ),
    problems: ['not-found'],
  }),
} satisfies Contract;
