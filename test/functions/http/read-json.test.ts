import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLimits, readJson, UnfitJson } from '../../../functions/http/read-json.ts';

const faultOf = (text: string) => {
  try {
    readJson(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof UnfitJson)) throw error;
    return [error.fault, error.path];
  }
};

describe('a name that is there twice', () => {
  test.each<[string, readonly (string | number)[]]>([
    ['{"a":1,"a":1}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"\\u0061":1,"b":{"a":1},"a":2}', ['a']],
    ['{"x":[{},{"b":{"c":1,"d":[],"c":{}}}]}', ['x', 1, 'b', 'c']],
    ['{"":1,"":2}', ['']],
    ['{ "a" : "}" , "a" : 1 }', ['a']],
    ['{"a\\"":1,"a\\u0022":2}', ['a"']],
    ['{"constructor":1,"constructor":2}', ['constructor']],
  ])('%s', (text, path) => expect(faultOf(text)).toEqual(['duplicate-name', path]));

  test.each([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    '{"a":"a","b":"a","c":["a","a","\\"a\\":"]}',
    '{"A":1,"a":2,"a ":3}',
    '["{","}","[",{"x":"]"}]',
    '"a"',
    '1',
    'null',
    ' \n[ ]\t',
  ])('is not in %s', (text) => {
    expect(faultOf(text)).toBeUndefined();
    expect(readJson(text)).toEqual(JSON.parse(text));
  });
});

test.each(['{"x":{"__proto__":1}}', '{"x":{"\\u005f_proto__":1}}'])(
  '%s has a name that is no field',
  (text) => expect(faultOf(text)).toEqual(['unknown-field', ['x', '__proto__']]),
);
test('as a value it is a text', () => expect(readJson('["__proto__"]')).toEqual(['__proto__']));

test.each(['1e400', '-1e400', '9007199254740993123', '0.1234567890123456789'])(
  '%s would be read as another number',
  (number) => expect(faultOf(`{"a":${number}}`)).toEqual(['inexact-number', ['a']]),
);
test.each(['0', '-0', '1.0', '1e3', '100000000000000000000', '0.0000000000000000001', '-12.50'])(
  '%s is read',
  (number) => expect(readJson(`[${number}]`)).toEqual([Number(number)]),
);

test('is neither too deep nor of too many parts', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(faultOf(deep(jsonLimits.depth))).toBeUndefined();
  expect(faultOf(deep(jsonLimits.depth + 1))?.[0]).toBe('too-deep');
  expect(faultOf(deep(100_000))?.[0]).toBe('too-deep');
  const wide = (parts: number) => JSON.stringify(Array.from({ length: parts - 1 }, () => 0));
  expect(faultOf(wide(jsonLimits.parts))).toBeUndefined();
  expect(faultOf(wide(jsonLimits.parts + 1))).toEqual(['too-many-fields', []]);
  const names = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`k${index}`, 0]));
  expect(faultOf(JSON.stringify(names))).toEqual(['too-many-fields', []]);
});

test.each(['', '{', '{"a":}', '[1,]', '{"a":1', '"\n"', "{'a':1}", 'undefined', 'NaN', '[01]'])(
  '%j is no JSON',
  (text) => expect(() => readJson(text)).toThrow(SyntaxError),
);

test('whatever JSON.stringify writes is read as it was, however it is spaced', () => {
  const value = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t'), (given, space) => {
      const text = JSON.stringify(given, null, space);
      if (text.includes('__proto__')) return;
      if (faultOf(text)?.[0] === 'inexact-number') return;
      expect(readJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('two names that mean the same are found wherever they are put', () => {
  const escaped = (name: string) =>
    [...name].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const cases = fc.record({
    name: fc.stringMatching(/^[a-z]{1,6}$/),
    before: fc.jsonValue({ maxDepth: 2 }),
    levels: fc.array(fc.constantFrom('o', 'a'), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(cases, ({ name, before, levels }) => {
      const inner = `{"${name}":${JSON.stringify(before)},"0":0,"${escaped(name)}":1}`;
      const text = levels.reduce(
        (all, kind) => (kind === 'o' ? `{"w":${all}}` : `[0,${all}]`),
        inner,
      );
      fc.pre(!text.includes('__proto__') && !/\d{17}|e[-+]?\d/.test(text));
      expect(faultOf(text)?.[0]).toBe('duplicate-name');
    }),
  );
});
