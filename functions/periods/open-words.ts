import type { OpenKind } from './read-open.ts';

interface Words {
  readonly name: readonly [zh: string, en: string];
  /** What to do with it. */
  readonly todo: readonly [zh: string, en: string];
}

/** What can be open in a month, in the order of the work. */
export const openWords: Readonly<Record<OpenKind, Words>> = {
  waitingEntries: {
    name: ['待查验的条目', 'Entries that wait'],
    todo: ['请查验或退回', 'Verify or reject them'],
  },
  openObjections: {
    name: ['未答复的异议', 'Objections without an answer'],
    todo: ['请答复', 'Answer them'],
  },
  activitiesNotCompleted: {
    name: ['未办结的活动', 'Activities not completed'],
    todo: ['请填报成果或取消', 'Report their outcome, or cancel them'],
  },
  activitiesNotVerified: {
    name: ['未核对的成果', 'Outcomes not verified'],
    todo: ['请核对', 'Verify them'],
  },
  overdueRecords: {
    name: ['超期未查验的条目', 'Entries overdue'],
    todo: ['超过十个工作日', 'More than ten working days old'],
  },
};

export const openKinds = Object.keys(openWords) as readonly OpenKind[];
