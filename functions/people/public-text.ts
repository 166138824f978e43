import { officialTexts, readableText } from '../http/official-text.ts';
import type { FieldFault } from '../refusals/field-faults.ts';
import { personalPlaces, personalWords, placeIn } from './personal-places.ts';

/** Faults of one text that are listed. */
const mostListed = 10;

/**
 * A text that everybody may read: as an `officialText`, and without what points to somebody. What it must not hold is
 * refused with its place.
 * @param masked the text as it is checked, of the same length: with its placeholders as signs
 */
export const publicText = (max: number, masked: (text: string) => string = (text) => text) =>
  readableText(1, max)
    .superRefine((text, context) => {
      for (const { kind, at } of personalPlaces(masked(text)).slice(0, mostListed)) {
        const { paragraph, character } = placeIn(text, at);
        const { zh, en } = personalWords[kind];
        context.addIssue({
          code: 'custom',
          message: `第${paragraph}段第${character}字处${zh} / paragraph ${paragraph}, character ${character}: ${en}`,
          params: { code: 'personal-data' satisfies FieldFault },
        });
      }
    })
    .register(officialTexts, { max });
