import type { ProblemCode } from './problem-types.ts';

/** What can be wrong with a field before a rule of the domain looks at it, in words for a developer. */
export const fieldFaults = {
  required: 'It is missing.',
  'invalid-type': 'It is of another type, such as a text in place of a number.',
  'invalid-format': 'It does not have the form that is asked for.',
  'too-small': 'It is less, shorter or fewer than allowed.',
  'too-big': 'It is more, longer or more numerous than allowed.',
  'not-multiple': 'It has more decimals than allowed.',
  'not-allowed': 'It is none of the values under `allowed`.',
  'invalid-name': 'A name that the request chose does not have the form that is asked for.',
  'invalid-element': 'One of its elements does not fit.',
  'broken-rule': 'It does not go with the other fields, as `detail` says.',
  'unknown-field': 'There is no such field; `allowed` lists those that there are.',
  'duplicate-name': 'It is there twice.',
  'too-deep': 'It is nested too deeply.',
  'too-many-fields': 'There are too many fields or values.',
  'inexact-number': 'The number is too large, or has too many digits.',
  'invalid-text': 'The text has characters that cannot be stored unchanged.',
  'personal-data': 'The text has a number or address of a person where none may be kept.',
} as const;
export type FieldFault = keyof typeof fieldFaults;

/** The `code` of one fault: of the field itself, or of the rule that refuses it. One alphabet for both. */
export type FieldCode = FieldFault | ProblemCode;
