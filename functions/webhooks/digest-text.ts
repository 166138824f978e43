import type { Locale } from '../refusals/problem-types.ts';
import { withinBytes } from './robots.ts';

/** Bytes of a title in a digest at most, so that one long title leaves room for others. */
const mostOfTitle = 240;

/**
 * One text in place of several: how many there are, and the first line of each, as many as there is room
 * for; the last line says how many were left out.
 * @param most bytes of the text
 */
export const digestText = (texts: readonly string[], most: number, locale: Locale): string => {
  const zh = locale === 'zh-CN';
  const head = zh ? `共 ${texts.length} 条消息：` : `${texts.length} messages:`;
  const restOf = (count: number): string => (zh ? `\n……另有 ${count} 条` : `\n… and ${count} more`);
  const lines = texts.map(
    (text) => `\n· ${withinBytes(text.split('\n', 1)[0] ?? '', mostOfTitle)}`,
  );
  let kept = head;
  for (const [at, line] of lines.entries()) {
    const left = lines.length - at - 1;
    const room = most - (left > 0 ? Buffer.byteLength(restOf(left)) : 0);
    if (Buffer.byteLength(kept + line) > room) return `${kept}${restOf(left + 1)}`;
    kept += line;
  }
  return kept;
};
