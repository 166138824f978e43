import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allowed,
  checkExpression,
  forbidden,
  mapEvent,
} from '../../../functions/inbound/map-event.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';

const event = {
  specversion: '1.0',
  id: 'a-1',
  data: {
    user: { mobile: '138 0013 8000', xm: '雷小锋', 'a/b': 1, 'm~n': 2 },
    hours: 1.5,
    none: null,
    list: ['first', 'second'],
  },
};
const byTable = (fields: Readonly<Record<string, string>>) =>
  mapEvent({ fields: { ...fields }, expression: null }, event, 200);
const byExpression = (expression: string, milliseconds = 200) =>
  mapEvent({ fields: null, expression }, event, milliseconds);

describe('a table of JSON Pointers', () => {
  test('takes each field from its place, and leaves out what is not there', async () => {
    expect(
      await byTable({
        '/person/phone': '/data/user/mobile',
        '/person/name': '/data/user/xm',
        '/skills': '/data/list/1',
        '/none': '/data/none',
        '/missing': '/data/user/none/at/all',
      }),
    ).toEqual({ person: { phone: '138 0013 8000', name: '雷小锋' }, skills: 'second' });
  });

  test('reads escaped names as RFC 6901 says', async () => {
    expect(await byTable({ '/a': '/data/user/a~1b', '/m': '/data/user/m~0n' })).toEqual({
      a: 1,
      m: 2,
    });
  });

  test('gives to nobody what is of every object', async () => {
    expect(await byTable({ '/a': '/data/constructor', '/b': '/data/__proto__' })).toEqual({});
  });

  test('never changes what other objects have, whatever its targets are called', async () => {
    const names = fc.constantFrom('constructor', 'prototype', 'toString', 'valueOf', 'a', 'b');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(names, { minLength: 1, maxLength: 3 })), async (all) => {
        const fields = Object.fromEntries(all.map((path) => [`/${path.join('/')}`, '/id']));
        const mapped = await byTable(fields);
        expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
        expect(({} as Readonly<Record<string, unknown>>).a).toBeUndefined();
        expect(String({})).toBe('[object Object]');
      }),
    );
  });

  test('without a table or an expression the data are taken as they are', async () => {
    expect(await mapEvent({ fields: null, expression: null }, event, 200)).toBe(event.data);
  });
});

describe('an expression', () => {
  test('makes of an event what a table cannot', async () => {
    expect(
      await byExpression('{"attendedMinutes": data.hours * 60, "name": $trim(data.user.xm)}'),
    ).toEqual({ attendedMinutes: 90, name: '雷小锋' });
  });

  test.each([
    ['loops', '( $f := function($x) { $f($x + 1) }; $f(1) )'],
    ['calls itself ever deeper', '( $f := function($x) { 1 + $f($x) }; $f(1) )'],
    ['makes a list of everything', '[1..1000000]'],
    ['makes lists of lists', '$map([1..400], function($x) { [1..400].($x * $) })'],
    [
      'doubles a text',
      '( $d := function($t, $n) { $n = 0 ? $t : $d($t & $t, $n - 1) }; $d("ab", 40) )',
    ],
    ['pads a text', '$pad("x", 100000000)'],
    ['replaces with a long text', '( $t := $join([1..400].("abcdefgh")); $replace($t, "a", $t) )'],
    ['evaluates what it made', '$eval("1 + 1")'],
    ['depends on the time', '$now()'],
    ['depends on chance', '$random()'],
    ['folds a list into ever more', '$reduce([1..100], function($a, $b) { [[$a], [$a]] }, 1)'],
    [
      'shares what it repeats',
      '( $f := function($x, $n) { $n = 0 ? $x : $f({"a": $x, "b": $x}, $n - 1) }; $f("aaaa", 40) )',
    ],
    [
      'shares it without a function',
      `( ${Array.from({ length: 40 }, (_, n) => `$v${n + 1} := {"a": $v${n}, "b": $v${n}}`).join('; ')}; $v40 )`.replace(
        '( ',
        '( $v0 := "a"; ',
      ),
    ],
    [
      'writes out what it shares',
      '( $f := function($x, $n) { $n = 0 ? $x : $f({"a": $x, "b": $x}, $n - 1) }; $string($f("aaaa", 25)) )',
    ],
    [
      'compares what it shares',
      '( $f := function($x, $n) { $n = 0 ? $x : $f({"a": $x, "b": $x}, $n - 1) }; $f("aaaa", 26) = $f("aaaa", 26) )',
    ],
    [
      'makes lists of lists of lists',
      '( $s := $join([1..499].("abcdefg")); $a := [1..499].($s); $b := [1..499].{"k": $a}; [1..499].{"k": $b} )',
    ],
    [
      'has a picture that becomes a regular expression',
      '$toMillis($join([1..300].("aaaaaaaaaaaaa")), "[F][F][F][F][F][F]")',
    ],
    [
      'hides what it shares in what looks like a function',
      '( $f := function($x, $n) { $n = 0 ? $x : $f({"implementation": $map, "environment": {"lookup": $map}, "a": $x, "b": $x}, $n - 1) }; $f("a", 30) )',
    ],
    ['fails', 'data.user + 1'],
    ['gives a function of its own', '( $x := $error("no") )'],
  ])('that %s is stopped', async (_, expression) => {
    await expect(byExpression(expression)).rejects.toThrow(
      expect.objectContaining({ name: 'Rejection', code: 'mapping-failed' }),
    );
  });

  test('may use functions of its own, within the same bounds', async () => {
    expect(
      await byExpression(
        '( $h := function($n) { $n * 60 }; {"minutes": $map([1..3], $h), "name": data.user.xm} )',
      ),
    ).toEqual({ minutes: [60, 120, 180], name: '雷小锋' });
  });

  test('knows of every function of the library whether it may be called', () => {
    const source = readFileSync('node_modules/jsonata/jsonata.js', 'utf8');
    const there = [...source.matchAll(/staticFrame\.bind\('(\w+)'/g)].map(([, name]) => name);
    expect(there.length).toBeGreaterThan(50);
    const atEach = ['now', 'millis'];
    expect([...allowed, ...forbidden].sort()).toEqual([...there, ...atEach].sort());
  });

  test.each(forbidden)('cannot call $%s, nor hand it on', async (name) => {
    await expect(byExpression(`$${name}(1)`)).rejects.toThrow(Rejection);
    await expect(byExpression(`$map([1], $${name})`)).rejects.toThrow(Rejection);
  });

  test('gets no time when a batch has none left', async () => {
    await expect(
      byExpression('$map([1..300], function($x) { $sum([1..300]) })', -5),
    ).rejects.toThrow(Rejection);
  });

  test('answers the same every time', async () => {
    const first = await byExpression('{"a": data.list, "b": $uppercase(id)}');
    expect(await byExpression('{"a": data.list, "b": $uppercase(id)}')).toEqual(first);
  });

  test.each([
    ['is none', '{"a": '],
    ['has a regular expression', '$contains(id, /(a+)+$/)'],
    ['has one deep inside', '{"a": [{"b": $match(id, /a/)}]}'],
  ])('that %s is refused when it is set', (_, expression) => {
    expect(() => checkExpression(expression, '#/accepts/0/expression')).toThrow(
      expect.objectContaining({ code: 'invalid-value', pointer: '#/accepts/0/expression' }),
    );
  });

  test('that is fit is accepted', () => {
    expect(() => checkExpression('data.{"name": user.xm}', '#/x')).not.toThrow();
  });
});
