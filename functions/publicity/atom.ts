import { html } from '../html/markup.ts';
import { sayIn } from '../html/words.ts';
import type { Render } from '../http/answer.ts';
import type { publicity } from './contract.ts';

/** Characters that XML 1.0 has no way to write. Texts do not have them; what is read from a store may. */
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const text = (of: string): string => of.replace(notXml, '');

/**
 * The newest stories as Atom 1.0 (RFC 4287). Ids are of the feed and of each story, whatever changes; links are
 * relative to the address of the feed, since the gateway's own name ends with its stack. XML escapes what HTML does.
 */
export const renderAtom = (({ id, name, updatedAt, entries }, locale) => {
  const say = sayIn(locale);
  const title = say(
    '学雷锋志愿服务：宣传报道与经验做法',
    'Learn from Lei Feng volunteering: stories and practices',
  );
  const made = entries.map(
    (entry) => html`  <entry>
    <id>urn:uuid:${entry.id}</id>
    <title>${text(entry.title)}</title>
    <link rel="alternate" type="text/html" href="/stories/${entry.id}"/>
    <published>${entry.publishedAt}</published>
    <updated>${entry.updatedAt}</updated>
    <category term="${entry.kind}"/>
    <summary>${text(entry.summary)}</summary>
  </entry>
`,
  );
  return {
    text: String(html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
  <id>urn:uuid:${id}</id>
  <title>${title}</title>
  <link rel="self" type="application/atom+xml" href="/feeds/stories.atom"/>
  <link rel="alternate" type="text/html" href="/stories"/>
  <author><name>${text(name)}</name></author>
  <updated>${updatedAt}</updated>
${made}</feed>
`),
    headers: {},
  };
}) satisfies Render<typeof publicity.storyFeed>;
