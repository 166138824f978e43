import type * as z from 'zod';
import { Problem } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { isCommand, type Route } from './contract.ts';
import { parsed, refuseFields, refuseNumbers, refuseUnfit } from './field-errors.ts';
import { jsonWords } from './field-words.ts';
import { readJson, UnfitJson } from './read-json.ts';

/** Refuses bytes that are not UTF-8, and drops a byte order mark. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON that bytes say.
 * @throws Problem `malformed-json`, or `invalid-request` for JSON that has no one meaning
 */
export const jsonIn = (bytes: Uint8Array, locale: Locale): unknown => {
  try {
    return readJson(utf8.decode(bytes));
  } catch (error) {
    if (!(error instanceof UnfitJson)) throw new Problem('malformed-json');
    const { fault, path } = error;
    throw refuseFields([{ path, code: fault, words: jsonWords[fault] }], 'body', locale);
  }
};

/** The JSON of a request's body; an empty one is an empty object. */
export const jsonOf = (raw: Buffer, contentType: string | undefined, locale: Locale): unknown => {
  if (raw.length === 0) return {};
  if (
    !/^application\/(json|merge-patch\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(
      contentType ?? '',
    )
  )
    throw new Problem('unsupported-media-type', { mediaTypes: 'application/json' });
  return jsonIn(raw, locale);
};

/**
 * A body as its route takes it. What a command may not keep is refused.
 * @throws Problem `invalid-request` that says what is wrong, and where
 */
export const checkedBody = <B extends z.ZodType>(
  route: Pick<Route, 'key' | 'personal'> & { readonly body: B },
  value: unknown,
  locale: Locale,
): z.output<B> => {
  const body = parsed(route.body, value, 'body', locale);
  if (isCommand(route)) {
    refuseUnfit(body, locale);
    refuseNumbers(body, 'body', route.personal, locale);
  }
  return body;
};
