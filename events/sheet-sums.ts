import * as z from 'zod';

/** Sums over all entries of a sheet that its readers are shown, by measure. */
export const shownSums = z
  .object({
    waiting: z.int().min(0).describe('Pending entries.'),
    pendingMinutes: z.int().min(0).describe('Their credited minutes.'),
    participations: z.int().min(0).describe('Verified entries of people who are not on duty.'),
    creditedMinutes: z.int().min(0).describe('Their credited minutes.'),
    partyMemberParticipations: z.int().min(0).describe('Those of them that are of Party members.'),
    onDutyParticipations: z.int().min(0).describe('Verified entries of people on duty.'),
    objected: z.int().min(0).describe('Open objections.'),
  })
  .meta({ id: 'SheetSums', description: 'Sums over the entries of a sheet.' });

/**
 * Sums that say how good the figures are. They count what is rarer, since a sum of 0 is not said: people
 * who are neither named here by origin nor late were entered on time by the leader's roll.
 */
const qualitySums = z.object({
  late: z.int().min(0).describe('Those of the participations that are flagged `late`.'),
  scan: z.int().min(0).describe('Those of the participations that have the origin `scan`.'),
  selfDeclared: z.int().min(0).describe('Those that have the origin `self-declared`.'),
  backEntry: z.int().min(0).describe('Those that have the origin `back-entry`.'),
  imported: z.int().min(0).describe('Those that have the origin `import`.'),
  correctedEntries: z
    .int()
    .min(0)
    .describe('Entries that were corrected, rejected or voided after they had been verified.'),
  correctedMinutes: z
    .int()
    .min(0)
    .describe('The credited minutes that these had when that happened for the first time.'),
  withdrawn: z.int().min(0).describe('Those of them that are not verified now.'),
  unassessed: z
    .int()
    .min(0)
    .describe(
      'The participations of a sheet whose last event is of version 1, which has none of these sums.',
    ),
  unassessedOnDuty: z.int().min(0).describe('The participations on duty of such a sheet.'),
});

/** Sums over all entries of a sheet, by measure. */
export const sums = shownSums.extend(qualitySums.shape);
export type Sums = Readonly<z.infer<typeof sums>>;

/** The sums of a sheet without entries. */
export const noSums = Object.fromEntries(
  Object.keys(sums.shape).map((name) => [name, 0]),
) as unknown as Sums;

/** Those of the sums that readers of a sheet are shown. */
export const toShow = (whole: Sums): Readonly<z.infer<typeof shownSums>> => shownSums.parse(whole);
