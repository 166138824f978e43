import type { Counted } from './material.ts';
import { joined, name, type Pieces, sentence } from './pieces.ts';
import type { Writer } from './writer.ts';

/**
 * 五、居民点单, 七、宣传, 八、激励与典型: what is known of each, in one sentence.
 * @param notRecorded what is said where the system records nothing of the kind, which is no lack of data
 */
export const countedParagraph = (
  all: readonly Counted[] | null,
  notRecorded: Pieces,
  writer: Writer,
): Pieces => {
  if (all === null) return notRecorded;
  const { say, inText } = writer;
  const known = all.flatMap(({ metric, words, value }) => {
    if (value === null) return [];
    const figure = inText(writer.other(metric, value, 'counted', { unit: words.unit }));
    return [
      say(
        sentence`${name(words.zh)}${figure}${name(words.unitZh)}`,
        sentence`${name(words.en)}: ${figure}`,
      ),
    ];
  });
  if (known.length === 0) return writer.unknown;
  const list = joined(known, say('，', '; '));
  return say(sentence`${list}。`, sentence`${list}.`);
};
