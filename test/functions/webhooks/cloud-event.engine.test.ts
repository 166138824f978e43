import '../../support/tables.ts';

import { beforeAll, describe, expect, test } from '@jest/globals';
import { catalogue, type DomainEvent, eventTypes } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { noticesOf } from '../../../functions/people/notice.ts';
import {
  fullEventOf,
  noticeEventOf,
  thinEventOf,
} from '../../../functions/webhooks/cloud-event.ts';
import { publicPartOf } from '../../../functions/webhooks/public-part.ts';
import { freshTables } from '../../support/tables.ts';

beforeAll(freshTables);

/** All texts of a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe.each(eventTypes)('%s', (type) => {
  const event = exampleOf(type);

  test('thin, it has no free text, no actor and no id of a person', async () => {
    const sent = await thinEventOf(event, publicPartOf(event), 'one');
    expect(sent).toMatchObject({ specversion: '1.0', id: event.id, type, time: event.recordedAt });
    expect(sent.source).toBe(`/leifeng/demo/${catalogue[type].slice}`);
    const texts = textsIn(sent);
    expect(texts.join('\n')).not.toMatch(/\p{Script=Han}/u);
    expect(texts).not.toContain(event.actor.id);
    // The examples' ids of volunteers end so.
    expect(texts.join('\n')).not.toMatch(/0000000000c\d/);
    expect(Buffer.byteLength(JSON.stringify(sent))).toBeLessThan(2_000);
  });

  test('full, it has all that the event says', () => {
    const sent = fullEventOf(event);
    expect(sent.data.event).toEqual(event.data);
    expect(sent.subject).toBe(`${event.aggregate.type}/${event.aggregate.id}`);
  });

  test('a notice says whom it is for, and no name', () => {
    for (const notice of noticesOf(event)) {
      const sent = noticeEventOf(event, notice);
      expect(sent).toMatchObject({ id: notice.id, type: `notice.${notice.kind}` });
      expect(sent.data).toEqual({
        kind: notice.kind,
        volunteerId: notice.volunteerId,
        hours: notice.hours,
      });
    }
  });
});

test('a person has one pseudonym for each webhook', async () => {
  const event = exampleOf('VolunteerRegistered');
  const subjectFor = async (scope: string) =>
    (await thinEventOf(event, publicPartOf(event), scope)).subject;
  expect(await subjectFor('one')).toBe(await subjectFor('one'));
  expect(await subjectFor('one')).not.toBe(await subjectFor('two'));
});

test('what would be too large is thin, and says so', () => {
  const event = exampleOf('HoursLogged') as DomainEvent<'HoursLogged'>;
  const [entry] = event.data.entries;
  const entries = Array.from({ length: 200 }, () => ({ ...entry, enteredBy: ['x'.repeat(100)] }));
  const large = { ...event, data: { ...event.data, entries } } as typeof event;
  const sent = fullEventOf(large);
  expect(sent.data).toMatchObject({ event: null, figures: { changedEntries: 200 } });
  expect(Buffer.byteLength(JSON.stringify(sent))).toBeLessThan(20_000);
});
