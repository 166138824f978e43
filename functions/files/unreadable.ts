import { Problem } from '../refusals/problem.ts';

/** The refusal of a file. Its texts repeat no content of the file. */
export const unreadable = (zh: string, en: string): Problem =>
  new Problem('unreadable-file', { zh, en });
