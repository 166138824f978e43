import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, define, text, uuid } from './envelope.ts';

/** A list of people that was handed in: counts and ids only, none of its content. */
export const importState = z.object({
  startedBy: actorId,
  rowsId: uuid.describe('Where its sealed rows are kept until they are registered.'),
  rows: z.int().min(0).describe('Non-empty rows below the headings.'),
  accepted: z.int().min(1),
  refused: z.int().min(0),
  chunks: z.int().min(1).describe('The number of steps in which the accepted rows are registered.'),
  consentVersion: text(40),
});
export type Import = Readonly<z.infer<typeof importState>>;

/**
 * `already-registered`: an earlier list, or an earlier row of this one, had the same person.
 * `number-of-another`: nobody was registered, because somebody else has that ID number, or that name
 * and phone, and it is not only a record that its own person made.
 */
export const importOutcomes = ['registered', 'already-registered', 'number-of-another'] as const;

/** What staff should look at in a row that was accepted. */
export const rowFlags = [
  'deactivated',
  'merged',
  'corrected-record',
  'claimed-number',
  'possible-duplicate',
  'shared-phone',
] as const;
export type RowFlag = (typeof rowFlags)[number];

/** Other records that a row names at most: a chunk's event stays far below 256 KB. */
export const maxOthers = 20;

export const importChunk = z.object({
  importId: uuid,
  startedBy: actorId,
  rowsId: uuid,
  number: z.int().min(1).describe('From 1.'),
  chunks: z.int().min(1),
  consentVersion: text(40),
  rows: z.array(
    z.object({
      row: z.int().min(1),
      volunteerId: uuid,
      outcome: z.enum(importOutcomes),
      /** Names of columns in which the list and the record differ; the record is not changed. */
      differs: z
        .array(z.string().regex(/^[a-zA-Z]{1,30}$/))
        .max(20)
        .optional(),
      flags: z.array(z.enum(rowFlags)).max(rowFlags.length).optional(),
      /** Flags about other records, of which a reader is shown those they may see. */
      others: z
        .array(z.object({ flag: z.enum(rowFlags), volunteerId: uuid }))
        .max(maxOthers)
        .optional(),
    }),
  ),
});
export type ImportChunk = Readonly<z.infer<typeof importChunk>>;

const importId = '0198c0de-0000-7000-8000-0000000000f1';
const rowsId = '0198c0de-0000-4000-8000-0000000000f2';

export const importEvents = {
  ImportAccepted: define(aggregates.import, {
    summary: {
      en: 'A list of people was taken in; they are registered next',
      zh: '批量登记已受理',
    },
    data: z.object({ import: importState }),
    example: {
      import: {
        startedBy: 'organiser-1',
        rowsId,
        rows: 120,
        accepted: 118,
        refused: 2,
        chunks: 3,
        consentVersion: '2025-03',
      },
    },
  }),
  ImportChunkRegistered: define(aggregates.importChunk, {
    summary: { en: 'Some people of a list were registered', zh: '批量登记已完成一段' },
    data: z.object({ chunk: importChunk }),
    example: {
      chunk: {
        importId,
        startedBy: 'organiser-1',
        rowsId,
        number: 1,
        chunks: 3,
        consentVersion: '2025-03',
        rows: [
          {
            row: 2,
            volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
            outcome: 'registered' as const,
          },
        ],
      },
    },
  }),
};
