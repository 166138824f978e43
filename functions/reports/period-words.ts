import { chineseDate } from '../html/dates.ts';
import type { Material, Status } from './material.ts';
import { date, type Words } from './pieces.ts';
import type { Writer } from './writer.ts';

/** 2025年, 2025年3月; in English 2025, 2025-03. */
export const periodWords = (period: string, { say }: Pick<Writer, 'say'>): Words =>
  date(say(chineseDate(period), period));

/** 2025年3月5日; in English 2025-03-05. */
export const dayWords = (day: string, { say }: Pick<Writer, 'say'>): Words =>
  date(say(chineseDate(day), day));

/** Where a period stands, in Chinese and English. */
export const statusWords: Readonly<Record<Status, readonly [string, string]>> = {
  draft: ['初稿', 'draft'],
  closed: ['已关账', 'closed'],
  restated: ['已更正', 'restated after the close'],
};

/** The day up to which a report speaks: what is counted at the end was so on that day. */
export const untilWords = (
  { until }: Pick<Material, 'until'>,
  { say }: Pick<Writer, 'say'>,
): Words => {
  const [, month = '', day = ''] = until.split('-');
  return date(say(`${Number(month)}月${Number(day)}日`, until));
};
