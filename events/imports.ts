import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, define, text, uuid } from './envelope.ts';

/** A list of people that was handed in: counts and ids only, none of its content. */
export const importState = z
  .object({
    startedBy: actorId,
    rowsId: uuid.describe('Where its sealed rows are kept until they are registered.'),
    rows: z.int().min(0).describe('Non-empty rows below the headings.'),
    accepted: z.int().min(1),
    refused: z.int().min(0),
    chunks: z
      .int()
      .min(1)
      .describe('The number of steps in which the accepted rows are registered.'),
    consentVersion: text(40),
  })
  .meta({ id: 'ImportState', description: 'A list of people that was handed in: counts and ids.' });
export type Import = Readonly<z.infer<typeof importState>>;

/**
 * `already-registered`: an earlier list, or an earlier row of this one, had the same person.
 * `number-of-another`: nobody was registered, because somebody else has that ID number, or that name
 * and phone, and it is not only a record that its own person made.
 */
const importOutcomes = ['registered', 'already-registered', 'number-of-another'] as const;
export const importOutcome = z.enum(importOutcomes).meta({
  id: 'ImportOutcome',
  description:
    'What became of a row: `already-registered`, an earlier list or row had the same person; `number-of-another`, nobody was registered, because somebody else has that number, or that name and phone.',
});

/** What staff should look at in a row that was accepted. */
export const rowFlags = [
  'deactivated',
  'merged',
  'corrected-record',
  'claimed-number',
  'possible-duplicate',
  'shared-phone',
] as const;
export const importFlag = z
  .enum(rowFlags)
  .meta({ id: 'ImportFlag', description: 'What staff should look at in a row that was accepted.' });
export type RowFlag = (typeof rowFlags)[number];

/** Other records that a row names at most: a chunk's event stays far below 256 KB. */
export const maxOthers = 20;

export const importChunk = z
  .object({
    importId: uuid.describe('The list.'),
    startedBy: actorId,
    rowsId: uuid.describe('Where the sealed rows of the list are kept.'),
    number: z.int().min(1).describe('From 1.'),
    chunks: z.int().min(1).describe('In how many parts the list is registered.'),
    consentVersion: text(40),
    rows: z.array(
      z
        .object({
          row: z.int().min(1),
          volunteerId: uuid,
          outcome: importOutcome,
          differs: z
            .array(z.string().regex(/^[a-zA-Z]{1,30}$/))
            .max(20)
            .optional()
            .describe(
              'Names of columns in which the list and the record differ; the record is not changed.',
            ),
          flags: z.array(importFlag).max(rowFlags.length).optional(),
          others: z
            .array(
              z.object({ flag: importFlag, volunteerId: uuid }).meta({
                id: 'OtherRecord',
                description: 'Another record that staff should look at beside this one.',
              }),
            )
            .max(maxOthers)
            .optional()
            .describe('Flags about other records, of which a reader is shown those they may see.'),
        })
        .meta({
          id: 'ImportedRow',
          description: 'A row of a list, and the record that it became.',
        }),
    ),
  })
  .meta({
    id: 'ImportChunkState',
    description: 'A part of a list: which row became which record.',
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
