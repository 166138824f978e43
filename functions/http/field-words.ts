import * as z from 'zod';
import type { FieldFault } from '../refusals/field-faults.ts';
import type { JsonFault } from './read-json.ts';

/** A text in Chinese and English. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

const words = (zh: string, en: string): Words => ({ zh, en });

const kinds: Readonly<Record<string, Words>> = {
  string: words('文字', 'a text'),
  number: words('数字', 'a number'),
  int: words('整数', 'a whole number'),
  boolean: words('是或否', 'true or false'),
  array: words('列表', 'a list'),
  object: words('由字段组成的对象', 'an object'),
  record: words('由字段组成的对象', 'an object'),
  null: words('空值', 'null'),
};

/** The message for a missing field, as the issue itself does not show that. */
const missing = 'missing';

/** The fields that an object may have, by the list of the unknown names in an issue. */
const fieldsByIssue = new WeakMap<readonly string[], readonly string[]>();

/**
 * zod's messages are in one language, for programmers, and repeat the input. Issues keep only the
 * messages of a contract; `wordsOf` makes all others.
 */
export const withoutWords: z.core.$ZodErrorMap = (issue) => {
  // Only here is the schema known that does not know the names.
  if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject)
    fieldsByIssue.set(issue.keys, Object.keys(issue.inst.shape));
  return issue.code === 'invalid_type' && issue.input === undefined ? missing : '';
};

const number = (value: number | bigint): string => String(value);

const tooSmall = ({ origin, minimum }: z.core.$ZodIssueTooSmall): Words => {
  const least = number(minimum);
  if (origin === 'string')
    return least === '1'
      ? words('不能为空', 'must not be empty')
      : words(`至少 ${least} 个字`, `must have at least ${least} characters`);
  if (origin === 'array')
    return words(
      `至少 ${least} 项`,
      `must have at least ${least} ${least === '1' ? 'item' : 'items'}`,
    );
  if (Number(minimum) === Number.MIN_SAFE_INTEGER)
    return words('数字过小', 'is too small a number');
  return words(`不得小于 ${least}`, `must be at least ${least}`);
};

const tooBig = ({ origin, maximum }: z.core.$ZodIssueTooBig): Words => {
  const most = number(maximum);
  if (origin === 'string')
    return words(`最多 ${most} 个字`, `must have at most ${most} characters`);
  if (origin === 'array') return words(`最多 ${most} 项`, `must have at most ${most} items`);
  // What zod says of a number that is no longer exact, before it looks at the field's own bounds.
  if (Number(maximum) === Number.MAX_SAFE_INTEGER)
    return words('数字过大', 'is too large a number');
  return words(`不得大于 ${most}`, `must be at most ${most}`);
};

const formats: Readonly<Record<string, Words>> = {
  date: words('须为日期，格式如 2025-03-05', 'must be a date, as 2025-03-05'),
  datetime: words(
    '须为日期和时间，格式如 2025-03-05 09:00',
    'must be a date and time, as 2025-03-05T09:00:00Z',
  ),
};

const unknownField = words('没有这个字段', 'there is no such field');

/** The message for a field, by zod's code. It never repeats the input. */
const wordsByCode = (issue: z.core.$ZodIssue): Words => {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message === missing) return words('必填', 'is required');
      const kind = kinds[issue.expected];
      return kind
        ? words(`须为${kind.zh}`, `must be ${kind.en}`)
        : words('类型有误', 'is of another type than expected');
    }
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return formats[issue.format] ?? words('格式有误', 'is not in the expected form');
    case 'invalid_value':
      return words('只能取规定的值', 'must be one of the allowed values');
    case 'unrecognized_keys':
      return unknownField;
    case 'invalid_key':
      return words('字段名称有误', 'has a name that is not allowed');
    default:
      return words('内容有误', 'is not as expected');
  }
};

/** A contract's messages are written `中文 / English`. */
const bilingual = (message: string): Words | undefined => {
  const [zh, en] = message.split(' / ');
  return zh && en ? { zh, en } : undefined;
};

/** The message for a field: the contract's own, or else one for the kind of fault. */
export const wordsOf = (issue: z.core.$ZodIssue): Words =>
  bilingual(issue.message) ?? wordsByCode(issue);

/** Values or names that a refusal lists at most. */
const maxAllowed = 120;

/** The values that a field may have. They come from a contract, never from a request. */
export const allowedIn = (issue: z.core.$ZodIssue): readonly string[] | undefined =>
  issue.code === 'invalid_value' ? issue.values.slice(0, maxAllowed).map(String) : undefined;

/** The fields that there are, where a name is unknown. They come from a contract too. */
export const fieldsIn = (issue: z.core.$ZodIssueUnrecognizedKeys): readonly string[] | undefined =>
  fieldsByIssue.get(issue.keys)?.slice(0, maxAllowed);

const faults: Readonly<Record<z.core.$ZodIssue['code'], FieldFault>> = {
  invalid_type: 'invalid-type',
  too_small: 'too-small',
  too_big: 'too-big',
  invalid_format: 'invalid-format',
  not_multiple_of: 'not-multiple',
  unrecognized_keys: 'unknown-field',
  invalid_union: 'invalid-type',
  invalid_key: 'invalid-name',
  invalid_element: 'invalid-element',
  invalid_value: 'not-allowed',
  custom: 'broken-rule',
};

/** The code of the fault that an issue says; a contract's own checks say it by `params.code`. */
export const faultOf = (issue: z.core.$ZodIssue): FieldFault => {
  if (issue.code === 'invalid_type' && issue.message === missing) return 'required';
  return (issue.code === 'custom' ? issue.params?.code : undefined) ?? faults[issue.code];
};

export const jsonWords: Readonly<Record<JsonFault, Words>> = {
  'duplicate-name': words('同一字段出现了两次', 'the field is there twice'),
  'unknown-field': unknownField,
  'too-deep': words('嵌套层数过多', 'is nested too deeply'),
  'too-many-fields': words('字段和数据项过多', 'has too many fields and values'),
  'inexact-number': words('数字过大或位数过多', 'is too large, or has too many digits'),
};
