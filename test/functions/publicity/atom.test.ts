import '../../support/district.ts';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { renderAtom } from '../../../functions/publicity/atom.ts';

type Feed = Parameters<typeof renderAtom>[0];
type Locale = Parameters<typeof renderAtom>[1];

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The elements of a document, by a parser that refuses what is no XML. */
const parse = (xml: string): Element => {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    expect(uri).toBe('http://www.w3.org/2005/Atom');
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element = { name: local, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const at = open.at(-1);
    if (at) at.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
};

const named = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name);
const textOf = (element: Element, name: string): string => named(element, name)[0]?.text ?? '';

const entry = {
  id: '0198c0de-0000-7000-8000-0000000000f9',
  kind: 'story' as const,
  areaId: 'hongqi-01',
  theme: null,
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  title: '义诊',
  summary: '红旗社区义诊',
  publishedOn: '2025-10-22',
  publishedAt: '2025-10-22T06:00:00.000Z',
  updatedAt: '2025-10-23T06:00:00.000Z',
  corrections: 0,
  noticeUntil: null,
  confirmedOn: null,
  channels: [],
  version: 5,
};
const feedOf = (entries: Feed['entries']): Feed => ({
  id: '5fd5139f-2187-80a0-82f2-3e3c1e721d90',
  name: 'demo',
  updatedAt: entry.updatedAt,
  entries,
});
const render = (feed: Feed, locale: Locale = 'zh-CN'): Element =>
  parse(renderAtom(feed, locale).text);

test.each(['zh-CN', 'en'] as const)('a feed has what RFC 4287 asks for (%s)', (locale) => {
  const feed = render(feedOf([entry]), locale);
  expect(feed.name).toBe('feed');
  expect(feed.attributes['xml:lang']).toBe(locale);
  for (const one of ['id', 'title', 'updated']) expect(named(feed, one)).toHaveLength(1);
  expect(textOf(feed, 'id')).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(named(feed, 'link').map(({ attributes }) => attributes.rel)).toEqual([
    'self',
    'alternate',
  ]);
  // An author of the feed is the one of entries without their own.
  expect(named(feed, 'author').map((author) => textOf(author, 'name'))).toEqual(['demo']);
  const [only] = named(feed, 'entry');
  if (!only) throw new Error('there is no entry');
  for (const one of ['id', 'title', 'updated', 'published', 'summary'])
    expect(named(only, one)).toHaveLength(1);
  expect(textOf(only, 'id')).toBe(`urn:uuid:${entry.id}`);
  expect(textOf(only, 'updated')).toBe(entry.updatedAt);
  expect(named(only, 'link')[0]?.attributes).toEqual({
    rel: 'alternate',
    type: 'text/html',
    href: `/stories/${entry.id}`,
  });
});

test('a feed without entries is a feed', () => {
  expect(named(render(feedOf([])), 'entry')).toEqual([]);
});

test('a title is in it as it is, whatever characters it has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const [only] = named(render(feedOf([{ ...entry, title, summary: title }])), 'entry');
      const kept = title
        .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
        // XML ends lines in one way.
        .replace(/\r\n?/g, '\n');
      expect(only && textOf(only, 'title')).toBe(kept);
      expect(only && textOf(only, 'summary')).toBe(kept);
    }),
  );
});
