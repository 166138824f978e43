import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { importOutcomes } from '../../events/imports.ts';
import { bytes, type Contract, pageOf, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { flagCodes } from './flags.ts';

const byId = z.strictObject({ id: uuid });

const words = z.object({ zh: z.string(), en: z.string() });

/** What is said of a row; rows with nothing to say of them are only counted. */
const rowReport = z.object({
  /** As the file counts them: its first row is 1. */
  row: z.int(),
  /** Not registered as long as there are any. */
  errors: z.array(
    z.object({
      column: z.string(),
      /** Where the column stands, and its heading as it is written; null where the file has no such column. */
      letter: z.string().nullable(),
      heading: z.string().nullable(),
      code: z.string(),
      detail: words,
    }),
  ),
  flags: z.array(
    z.object({
      code: z.enum(flagCodes),
      /** The earlier row that it is about. */
      row: z.int().optional(),
      /** The columns that it is about. */
      columns: z.array(z.string()).optional(),
      detail: words,
    }),
  ),
});

/** How a file was read. */
const fileReport = {
  /** The sheet that was read; null where a file has none with a name. */
  sheet: z.string().nullable(),
  /** Sheets that were not read. */
  otherSheets: z.array(z.string()),
  /** The rows with the headings. */
  headingRows: z.array(z.int()),
  columns: z.array(
    z.object({
      letter: z.string(),
      heading: z.string(),
      /** What the column holds; null where it is not read. */
      column: z.string().nullable(),
      hidden: z.boolean(),
    }),
  ),
  /** The first rows below the headings that were taken for no person's. */
  passedOver: z.array(
    z.object({
      row: z.int(),
      reason: z.enum(['headings', 'title', 'footer', 'example', 'nothing-read']),
    }),
  ),
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
      consentVersion: officialText(40),
      /** For rows that name no area. */
      areaId: areaId.optional(),
    }),
    body: bytes,
    // What a file is, its first bytes say: programs send spreadsheets as anything.
    file: { mediaTypes: ['*/*'], maxBytes: 4 * 1024 * 1024 },
    status: 202,
    otherStatus: 200,
    answer: z.object({
      /** Null after a dry run. */
      id: uuid.nullable(),
      ...counts,
      flagged: z.int(),
      /** Accepted rows that a dry run compared with the people already there, as time allowed. */
      compared: z.int(),
      ...fileReport,
      report: z.array(rowReport),
      /** False when more rows were refused or flagged than are told. */
      reportComplete: z.boolean(),
    }),
    problems: ['unreadable-file', 'record-unreadable'],
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
      /** Not registered: somebody with another name is, with the same ID number. */
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
        /** Null where nobody was registered. */
        volunteerId: uuid.nullable(),
        outcome: z.enum(importOutcomes),
        /** Columns in which the list says something else than the record, which stays as it is. */
        differs: z.array(z.string()),
        /** Only with what this import itself registered. */
        confirmationCode: z.string().nullable(),
      }),
    ),
    problems: ['not-found'],
  }),
} satisfies Contract;
