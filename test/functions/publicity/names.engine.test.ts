import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { newestEntry } from '../../../functions/ledger/ledger.ts';
import { handler as withdrawNames } from '../../../functions/publicity/withdraw-names.ts';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { handler as clearPeople } from '../../../functions/volunteers/people-subscriber.ts';
import { allViews, deliver, follow } from '../../support/projecting.ts';
import {
  agree,
  begin,
  disagree,
  does,
  erase,
  person,
  publishIt,
  readIt,
  revise,
  told,
  tries,
} from '../../support/stories.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, must } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const naming = { text: '志愿者{{name|1}}连续三年参加义诊。' };
const peopleItems = async () => {
  const items: Record<string, unknown>[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => items.push(item));
  return items;
};

describe('a name in a story', () => {
  test('is shown while the consent stands, and stands in no event and no view', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const story = await told(town, { ...naming, named: [id] });
    await deliver(await ledger());
    expect((await readIt(story)).body.text).toBe('志愿者雷小锋连续三年参加义诊。');
    const page = await readIt(story, { accept: 'text/html' });
    expect(page.body).toContain('雷小锋');
    expect(JSON.stringify([await ledger(), await allViews()])).not.toContain('雷小锋');
    // The reading is in the person's log.
    const log = await must('volunteers', {
      route: 'GET /volunteers/{id}/access-log',
      params: { id },
      token: { sub: 'xiaofeng', role: 'volunteer' },
    });
    expect(log.body.items).toMatchObject([{ reason: 'publication', what: 'published-name' }]);
  });

  test('goes at once with the consent, before any follower ran, and for good after it', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const story = await told(town, { ...naming, named: [id] });
    await disagree('xiaofeng', id);
    expect((await readIt(story)).body.text).toBe('志愿者一名志愿者连续三年参加义诊。');
    const events = await ledger();
    const withdrawn = events.filter(({ type }) => type === 'ConsentWithdrawn');
    expect(await follow(withdrawNames, [...withdrawn, ...withdrawn])).toEqual([]);
    const after = await ledger();
    expect(after.filter(({ type }) => type === 'StoryNameWithdrawn')).toHaveLength(1);
    // Agreeing again does not bring it back: a corrected text does.
    await agree('xiaofeng', id);
    expect((await readIt(story)).body.text).not.toContain('雷小锋');
    await revise(town, story, { summary: '更正后的摘要。' });
    for (const name of ['submit', 'approve']) await does(town, story, name);
    await does(town, story, 'correct', { reason: '本人再次同意' });
    expect((await readIt(story)).body.text).toContain('雷小锋');
  });

  test.each([
    ['before', true],
    ['before', false],
    ['after', true],
    ['after', false],
  ])(
    'does not come back with a consent given again %s the follower, stands without: %s',
    async (when, standsWithoutNames) => {
      const id = await person('xiaofeng', '雷小锋');
      const story = await told(town, { ...naming, named: [id], standsWithoutNames });
      const expectGone = async () => {
        const { body } = await readIt(story);
        expect(JSON.stringify(body)).not.toContain('雷小锋');
        expect(body.status).toBe(standsWithoutNames ? 'published' : 'withdrawn');
      };
      await disagree('xiaofeng', id);
      if (when === 'after') expect(await follow(withdrawNames, await ledger())).toEqual([]);
      await agree('xiaofeng', id);
      await expectGone();
      // The newest first, and again.
      const events = (await ledger()).toReversed();
      expect(await follow(withdrawNames, [...events, ...events])).toEqual([]);
      await expectGone();
      const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
      expect(event?.type).toBe(standsWithoutNames ? 'StoryNameWithdrawn' : 'StoryWithdrawn');
      if (!standsWithoutNames) return;
      await revise(town, story, { summary: '更正后的摘要。' });
      for (const name of ['submit', 'approve']) await does(town, story, name);
      await does(town, story, 'correct', { reason: '本人再次同意' });
      // The withdrawal comes once more: it was before the correction.
      expect(await follow(withdrawNames, events)).toEqual([]);
      expect((await readIt(story)).body.text).toContain('雷小锋');
    },
  );

  test('stays while its consent is replaced by one to a newer text', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const story = await told(town, { ...naming, named: [id] });
    await agree('xiaofeng', id, 'self', '2');
    expect(await follow(withdrawNames, await ledger())).toEqual([]);
    expect((await readIt(story)).body.text).toContain('雷小锋');
  });

  test.each([true, false])(
    'that is corrected in the record leaves the story until that is corrected, stands without: %s',
    async (standsWithoutNames) => {
      const id = await person('xiaofeng', '雷小峰');
      const story = await told(town, { ...naming, named: [id], standsWithoutNames });
      await must('volunteers', {
        route: 'PATCH /volunteers/{id}/person',
        params: { id },
        body: { name: '雷小锋' },
        token: { sub: 'xiaofeng', role: 'volunteer' },
      });
      const nameless = '志愿者一名志愿者连续三年参加义诊。';
      expect((await readIt(story)).body).toMatchObject({ status: 'published', text: nameless });
      const events = await ledger();
      expect(await follow(withdrawNames, [...events, ...events])).toEqual([]);
      const withdrawn = (await ledger()).filter(({ type }) => type === 'StoryNameWithdrawn');
      expect(withdrawn).toHaveLength(1);
      expect((await readIt(story)).body).toMatchObject({ status: 'published', text: nameless });
      await revise(town, story, { summary: '更正后的摘要。' });
      for (const name of ['submit', 'approve']) await does(town, story, name);
      await does(town, story, 'correct', { reason: '姓名有误' });
      expect(await follow(withdrawNames, events)).toEqual([]);
      expect((await readIt(story)).body.text).toBe('志愿者雷小锋连续三年参加义诊。');
    },
  );

  test('that was corrected does not hide that the consent ended', async () => {
    const id = await person('xiaofeng', '雷小峰');
    const story = await told(town, { ...naming, named: [id], standsWithoutNames: false });
    await must('volunteers', {
      route: 'PATCH /volunteers/{id}/person',
      params: { id },
      body: { name: '雷小锋' },
      token: { sub: 'xiaofeng', role: 'volunteer' },
    });
    expect(await follow(withdrawNames, await ledger())).toEqual([]);
    await disagree('xiaofeng', id);
    await agree('xiaofeng', id);
    expect((await readIt(story)).body.status).toBe('withdrawn');
    expect(await follow(withdrawNames, await ledger())).toEqual([]);
    const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
    expect(event?.type).toBe('StoryWithdrawn');
  });

  test('goes with an erasure, whichever follower comes first', async () => {
    for (const [sub, order] of [
      ['first', [withdrawNames, clearPeople]],
      ['second', [clearPeople, withdrawNames]],
    ] as const) {
      const id = await person(sub, '雷小锋');
      const story = await told(town, { ...naming, named: [id] });
      await erase(sub, id);
      expect((await readIt(story)).body.text).not.toContain('雷小锋');
      const erased = (await ledger()).filter(
        ({ type, aggregate }) => type === 'VolunteerErased' && aggregate.id === id,
      );
      for (const follower of order) expect(await follow(follower, erased)).toEqual([]);
      const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
      expect(event?.type).toBe('StoryNameWithdrawn');
      const [kept] = (await peopleItems()).filter(({ pk }) => pk === `story#${story}`);
      expect(Object.keys(kept?.fields as object)).toEqual([]);
    }
  });

  test('takes the story with it that does not stand without', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const story = await told(town, { ...naming, named: [id], standsWithoutNames: false });
    await disagree('xiaofeng', id);
    expect((await readIt(story)).body).toMatchObject({ status: 'withdrawn', text: null });
    await follow(
      withdrawNames,
      (await ledger()).filter(({ type }) => type === 'ConsentWithdrawn'),
    );
    const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
    expect(event?.type).toBe('StoryWithdrawn');
  });

  test('without consent is not published; nor a minor’s with their own, but with the guardian’s', async () => {
    const none = await person('none', '王小明', { agrees: false });
    const story = await begin(town, { ...naming, named: [none] });
    expect((await tries(town, story, 'submit')).body.type).toMatch(/not-to-be-named/);
    const child = await person('child', '赵小宝', { birthDate: '2010-05-01' });
    const other = await begin(town, { ...naming, named: [child] });
    expect((await tries(town, other, 'submit')).body.type).toMatch(/not-to-be-named/);
    await agree('child', child, 'guardian');
    await publishIt(town, other);
    expect((await readIt(other)).body.text).toContain('赵小宝');
    // The guardian's consent is replaced by the child's own.
    await agree('child', child, 'self');
    expect((await readIt(other)).body.text).not.toContain('赵小宝');
  });

  test('is not published when the consent ends between approval and publication', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const story = await begin(town, { ...naming, named: [id] });
    for (const name of ['submit', 'approve']) await does(town, story, name);
    await disagree('xiaofeng', id);
    expect((await tries(town, story, 'publish')).body.type).toMatch(/not-to-be-named/);
  });

  test('that is typed beside its reference is refused', async () => {
    const id = await person('xiaofeng', '雷小锋');
    const text = '志愿者{{name|1}}说。雷 小锋笑了。';
    const story = await begin(town, { text, named: [id] });
    for (const name of ['submit', 'approve']) await does(town, story, name);
    expect((await tries(town, story, 'publish')).body.type).toMatch(/invalid-value/);
  });

  test('of a merged record needs the consent of the surviving one too', async () => {
    const former = await person('former', '雷小锋');
    const story = await told(town, { ...naming, named: [former] });
    const survivor = await person('survivor', '雷小锋', { agrees: false });
    await must('volunteers', {
      route: 'POST /volunteers/{id}/merge',
      params: { id: former },
      body: { intoId: survivor, reason: '同一人两次注册' },
      token: admin,
    });
    expect((await readIt(story)).body.text).not.toContain('雷小锋');
    await follow(
      withdrawNames,
      (await ledger()).filter(({ type }) => type === 'VolunteerMerged'),
    );
    const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
    expect(event?.type).toBe('StoryNameWithdrawn');
  });

  test('of a merged record goes with what the surviving one withdraws, and stays while that agrees', async () => {
    const former = await person('former', '雷小锋');
    const story = await told(town, { ...naming, named: [former] });
    const survivor = await person('survivor', '雷小锋', { agrees: false });
    await agree('survivor', survivor);
    await must('volunteers', {
      route: 'POST /volunteers/{id}/merge',
      params: { id: former },
      body: { intoId: survivor, reason: '同一人两次注册' },
      token: admin,
    });
    expect(await follow(withdrawNames, await ledger())).toEqual([]);
    expect((await readIt(story)).body.text).toContain('雷小锋');
    await disagree('survivor', survivor);
    await agree('survivor', survivor);
    expect((await readIt(story)).body.text).not.toContain('雷小锋');
  });

  test('read from the surviving record goes when the merge is undone', async () => {
    const former = await person('former', '雷小峰');
    const survivor = await person('survivor', '雷小锋');
    const merge = { params: { id: former }, body: { intoId: survivor, reason: '同一人' } };
    await must('volunteers', { route: 'POST /volunteers/{id}/merge', ...merge, token: admin });
    const story = await told(town, { ...naming, named: [former] });
    expect((await readIt(story)).body.text).toContain('雷小锋');
    await must('volunteers', {
      route: 'POST /volunteers/{id}/unmerge',
      params: { id: former },
      body: { reason: '不是同一人' },
      token: admin,
    });
    expect((await readIt(story)).body.text).not.toContain('雷小锋');
    expect(await follow(withdrawNames, await ledger())).toEqual([]);
    const { event } = (await newestEntry({ type: 'story', id: story })) ?? {};
    expect(event?.type).toBe('StoryNameWithdrawn');
  });
});
