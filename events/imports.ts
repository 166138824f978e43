import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, define, text, uuid } from './envelope.ts';

/** A list of people somebody handed in: counts and ids, and nothing that was in it. */
export const importState = z.object({
  startedBy: actorId,
  /** Where its rows wait, sealed, until they are registered. */
  rowsId: uuid,
  /** Rows with anything in them, below the headings. */
  rows: z.int().min(0),
  accepted: z.int().min(1),
  refused: z.int().min(0),
  /** The accepted rows are registered in so many steps. */
  chunks: z.int().min(1),
  consentVersion: text(40),
});
export type Import = Readonly<z.infer<typeof importState>>;

/**
 * `already-registered`: an earlier list, or an earlier row of this one, had the same person.
 * `number-of-another`: nobody was registered, since somebody with another name is with that ID number.
 */
export const importOutcomes = ['registered', 'already-registered', 'number-of-another'] as const;

export const importChunk = z.object({
  importId: uuid,
  startedBy: actorId,
  rowsId: uuid,
  /** From 1. */
  number: z.int().min(1),
  chunks: z.int().min(1),
  consentVersion: text(40),
  rows: z.array(
    z.object({
      row: z.int().min(1),
      volunteerId: uuid,
      outcome: z.enum(importOutcomes),
      /** Names of columns in which the list and the record differ; the record stays as it is. */
      differs: z
        .array(z.string().regex(/^[a-zA-Z]{1,30}$/))
        .max(20)
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
