import * as z from 'zod';
import type { FieldFault } from '../refusals/field-faults.ts';
import { hasContactDetails, namesSomebody } from './contact-details.ts';
import { plainText } from './plain-text.ts';

const message = ({ zh, en }: { readonly zh: string; readonly en: string }) => `${zh} / ${en}`;

export const nobodysNumber = {
  zh: '不得填写电话、证件或银行卡号码，也不得填写邮箱或社交账号；个人信息只在志愿者档案或联系人中登记',
  en: 'no telephone, ID or card numbers, no e-mail addresses or accounts: personal data have their own place',
};

/** A code of the state for a subdistrict or a community: 230104001, 230104001002. */
const divisionCode = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{7}(?:\d{3})?$/;

/** An id that somebody chooses and everybody sees: six digits in a row at most, or a division code. */
export const chosenId = (id: z.ZodString) =>
  id.refine((text) => divisionCode.test(text) || !/(?:\d[-_]*){7}/.test(text), {
    message: message(nobodysNumber),
    params: { code: 'personal-data' satisfies FieldFault },
  });

/**
 * A UUID, and a sheet's id, which begins with one, name nobody; but one in some thousands would look like a
 * personal number.
 */
const opaqueId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(~\d{4}-\d\d-\d\d~\d{1,3})?$/i;

export type Path = readonly PropertyKey[];

/**
 * The paths of the texts for which `text` is true, and of the objects with a key for which `key` is
 * true.
 */
const pathsIn = (
  value: unknown,
  is: { readonly text: (text: string) => boolean; readonly key: (key: string) => boolean },
  path: Path = [],
): readonly Path[] => {
  if (typeof value === 'string') return is.text(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    is.key(key) ? [path] : pathsIn(inner, is, [...path, key]),
  );
};

/** The paths of all texts in a value that contain a personal number, including keys. */
export const numbersIn = (value: unknown): readonly Path[] =>
  pathsIn(value, {
    text: (text) => !opaqueId.test(text) && namesSomebody(text),
    key: namesSomebody,
  });

/** Half a character, or a control character other than a tab or line break. */
const unfit = /[[\p{Cs}\p{Cc}]--[\t\n\r]]/v;
export const unfitText = {
  zh: '含有控制字符或不完整的字符',
  en: 'has control characters, or half of a character',
};

/** The paths of all texts in a value that a store, a bus or a page would not accept. */
export const unfitIn = (value: unknown): readonly Path[] =>
  pathsIn(value, { text: (text) => unfit.test(text), key: () => false });

/**
 * Characters that nobody sees, or that look different elsewhere: controls, format characters
 * (including those that change text direction), characters without width, private and unassigned
 * characters, the replacement character, the separators of lines and paragraphs, which are breaks in some
 * programs and nothing in others, and five or more marks on one letter. Variation selectors are allowed.
 */
const invisible =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffd]--[\t\n\r\p{Variation_Selector}]]|\p{M}{5}/v;
const invisibleText = {
  zh: '含有不可见或无法识别的字符',
  en: 'has characters that cannot be seen or read',
};
const withoutLetters = { zh: '须有文字或数字', en: 'must have a letter or a number' };

/**
 * The schemas of texts that stay in the Ledger for good. Apart from personal data, commands take no
 * other free text.
 */
export const officialTexts = z.registry<{ readonly max: number }>();

/** A trimmed text of visible characters, with a letter or a number. */
export const readableText = (min: 0 | 1, max: number) =>
  z
    .string()
    .trim()
    .min(min, { abort: true })
    .max(max, { abort: true })
    .refine((text) => !invisible.test(text), {
      message: message(invisibleText),
      params: { code: 'invalid-text' satisfies FieldFault },
      abort: true,
    })
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(plainText(text)), {
      message: message(withoutLetters),
      params: { code: 'invalid-text' satisfies FieldFault },
      abort: true,
    });

const officialTextOf = (min: 0 | 1, max: number) =>
  readableText(min, max)
    .refine((text) => !hasContactDetails(text), {
      message: message(nobodysNumber),
      params: { code: 'personal-data' satisfies FieldFault },
    })
    .register(officialTexts, { max });

/**
 * A free text of an official act, which stays in the Ledger for good and may be public: trimmed, at
 * most `max` characters, with a letter or number, without invisible characters and without contact
 * details.
 */
export const officialText = (max: number) => officialTextOf(1, max);

/** The version of a text to which people consent: a code, such as `2025-03`, that can name nobody. */
export const consentTextVersion = officialText(40).regex(
  /^[\w.-]+$/,
  '只能含英文字母、数字和 . _ -，如 2025-03 / must have letters, digits and . _ - only, as 2025-03',
);

/** `officialText`, or the empty text. */
export const officialTextOrNone = (max: number) => officialTextOf(0, max);
