import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Story } from '../../../events/publicity.ts';
import {
  addChannel,
  approve,
  begin,
  confirm,
  correct,
  isPublic,
  publish,
  revise,
  sendBack,
  submit,
  withdraw,
  withdrawName,
} from '../../../functions/publicity/decider.ts';
import { mayConfirm, mayReview } from '../../../functions/publicity/policy.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { actor } from '../../support/actors.ts';

const id = (n: number) => `0198c0de-0000-7000-8000-00000000000${n}`;
const moment = {
  today: '2025-10-18',
  now: '2025-10-18T06:00:00.000Z',
  noticeUntil: '2025-10-24',
};
const draft = begin(
  {
    kind: 'story',
    areaId: 'hongqi',
    theme: null,
    organisationId: id(9),
    createdOn: '2025-10-17',
    content: {
      title: '义诊',
      summary: '义诊',
      text: '{{name|1}}{{name|2}}',
      named: [id(1), id(2)],
      standsWithoutNames: true,
    },
  },
  'author',
).data.story;

type Step = (story: Story) => { readonly data: { readonly story: Story } } | null;
const steps: Readonly<Record<string, Step>> = {
  revise: (story) => revise(story, { content: { title: `${story.content.title}。` } }, 'author'),
  submit: (story) => submit(story, 'author'),
  return: (story) => sendBack(story, '请核对'),
  approve: (story) => approve(story, 'reader'),
  publish: (story) => publish(story, [], moment),
  correct: (story) => correct(story, '有误', [], moment),
  confirm: (story) => confirm(story, '2025-10-25'),
  early: (story) => confirm(story, '2025-10-24'),
  channel: (story) => addChannel(story, { kind: 'led', on: '2025-10-18', url: null, reach: null }),
  withdraw: (story) => withdraw(story, '有误'),
  unname: (story) => withdrawName(story, { volunteerId: id(1), standing: 'ended' }, moment.now),
};

const exemplar: Story = { ...draft, kind: 'exemplar' };

const stateAfter = (names: readonly string[], from = draft): Story =>
  names.reduce<Story>((story, name) => {
    try {
      return steps[name]?.(story)?.data.story ?? story;
    } catch (error) {
      if (error instanceof Rejection) return story;
      throw error;
    }
  }, from);

describe('whatever is done to a story', () => {
  const histories = fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 25 });

  test('nothing is published that nobody else approved, and what was taken down stays so', () => {
    fc.assert(
      fc.property(histories, (names) => {
        const last = stateAfter(names);
        if (last.status === 'published' || last.status === 'approved')
          expect(last.approvedBy).toBe('reader');
        expect(last.status === 'withdrawn').toBe(last.withdrawal !== null);
        if (last.status === 'withdrawn') {
          expect(isPublic(last)).toBe(false);
          expect(stateAfter([...names, ...Object.keys(steps)])).toEqual(last);
        }
        if (last.published === null) expect(last.channels).toEqual([]);
      }),
    );
  });

  test('a published text is the approved one, not the one that is being written', () => {
    const published = stateAfter(['submit', 'approve', 'publish']);
    const rewritten = stateAfter(['submit', 'approve', 'publish', 'revise']);
    expect(rewritten.published).toEqual(published.published);
    expect(rewritten.status).toBe('draft');
    const corrected = stateAfter([
      ...['submit', 'approve', 'publish'],
      ...['revise', 'submit', 'approve', 'correct'],
    ]);
    expect(corrected.published?.content.title).toBe('义诊。');
    expect(corrected.published?.corrections).toBe(1);
  });
});

describe('an exemplar', () => {
  const inNotice = ['submit', 'approve', 'publish'];
  const corrected = ['revise', 'submit', 'approve', 'correct'];

  test('is confirmed only after its notice, as it was published, and no other kind is', () => {
    const histories = fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 25 });
    fc.assert(
      fc.property(histories, fc.constantFrom(draft, exemplar), (names, from) => {
        const { published } = stateAfter(names, from);
        const isConfirmed = (published?.confirmedOn ?? null) !== null;
        expect(isConfirmed && (from === draft || !names.includes('confirm'))).toBe(false);
        if (published) expect(published.noticeUntil !== null).toBe(from === exemplar);
      }),
    );
    expect(() => confirm(stateAfter(inNotice, exemplar), '2025-10-24')).toThrow('notice-not-over');
    expect(stateAfter([...inNotice, 'confirm'], exemplar).published?.confirmedOn).toBe(
      '2025-10-25',
    );
    // A correction that is being written is published by nobody.
    expect(() => confirm(stateAfter([...inNotice, 'revise'], exemplar), '2025-10-25')).toThrow(
      'illegal-transition',
    );
  });

  test.each([['before'], ['after', 'confirm']])(
    'that is corrected %s its confirmation has another notice, and is not confirmed',
    (_, ...names) => {
      const later = { ...moment, today: '2025-10-27', noticeUntil: '2025-10-31' };
      const ready = stateAfter([...inNotice, ...names, ...corrected.slice(0, -1)], exemplar);
      const { story } = correct(ready, '有误', [], later).data;
      expect(story.published).toMatchObject({ noticeUntil: '2025-10-31', confirmedOn: null });
      expect(() => confirm(story, '2025-10-31')).toThrow('notice-not-over');
      expect(confirm(story, '2025-11-01')?.data.story.published?.confirmedOn).toBe('2025-11-01');
    },
  );

  test('is not confirmed while it shows somebody without a name', () => {
    const standing = { volunteerId: id(1), standing: 'corrected' } as const;
    const nameless = withdrawName(stateAfter(inNotice, exemplar), standing, moment.now)?.data.story;
    expect(nameless?.status).toBe('published');
    expect(() => confirm(nameless ?? exemplar, '2025-10-25')).toThrow('not-to-be-named');
  });

  test('goes with the first of its names, whatever its author says', () => {
    expect(exemplar.content.standsWithoutNames).toBe(true);
    expect(stateAfter([...inNotice, 'confirm', 'unname'], exemplar).status).toBe('withdrawn');
    expect(stateAfter([...inNotice, 'unname']).status).toBe('published');
  });

  test('is published as such: a published text stays of its kind', () => {
    const published = stateAfter(inNotice);
    const asExemplar = () => revise(published, { kind: 'exemplar', content: {} }, 'author');
    expect(asExemplar).toThrow('invalid-value');
    expect(revise(draft, { kind: 'exemplar', content: {} }, 'author')).not.toBeNull();
  });
});

describe('who reviews', () => {
  const reviewer = (
    sub: string,
    organisation: string | null,
    role: 'verifier' | 'district-admin',
  ) => actor(sub, organisation, role);

  test('a correction is reviewed by nobody who wrote of it, nor of a text before it', () => {
    const rewritten = (from: Story) => revise(from, { content: { title: '新' } }, 'second');
    const published = stateAfter(['submit', 'approve', 'publish'], exemplar);
    const story = rewritten(published)?.data.story ?? draft;
    for (const author of ['second', 'author']) {
      const asAdmin = reviewer(author, null, 'district-admin');
      expect(() => mayReview(asAdmin, story)).toThrow('own-story');
      expect(() => mayConfirm(asAdmin, story)).toThrow('own-story');
    }
    expect(mayReview(reviewer('third', null, 'district-admin'), story)).toBe('district-admin');
  });

  test('so many people write a story, and nobody drops out of its authors', () => {
    const authorIds = Array.from({ length: 50 }, (_, n) => `author-${n}`);
    const full = { ...stateAfter(['submit', 'approve', 'publish']), authorIds };
    const by = (author: string) => () => revise(full, { content: { title: '新' } }, author);
    expect(by('author-7')()?.data.story.authorIds).toEqual(authorIds);
    expect(by('another')).toThrow('invalid-value');
  });

  test('a verifier is of another organisation', () => {
    expect(mayReview(reviewer('v', id(9), 'verifier'), draft)).toBeUndefined();
    expect(mayReview(reviewer('v', id(8), 'verifier'), draft)).toBe('verifier');
    expect(mayReview(reviewer('v', null, 'verifier'), draft)).toBeUndefined();
  });
});

test('a name is taken out once, and a story that does not stand without goes with the consent', () => {
  const published = stateAfter(['submit', 'approve', 'publish']);
  const out = (story: Story, n: number, standing: 'stands' | 'corrected' | 'ended' = 'ended') =>
    withdrawName(story, { volunteerId: id(n), standing }, moment.now);
  const once = out(published, 1)?.data.story ?? draft;
  expect(once.published?.unnamed).toEqual([id(1)]);
  expect(out(once, 1)).toBeNull();
  expect(out(published, 3)).toBeNull();
  expect(out(draft, 1)).toBeNull();
  expect(out(published, 1, 'stands')).toBeNull();
  const content = { ...draft.content, standsWithoutNames: false };
  const about = { ...published, published: { ...published.published, content } } as Story;
  expect(out(about, 1)?.type).toBe('StoryWithdrawn');
  // A corrected name leaves the text; the consent that ends after it takes the story down.
  const renamed = out(about, 1, 'corrected');
  expect(renamed?.type).toBe('StoryNameWithdrawn');
  expect(out(renamed?.data.story ?? draft, 1, 'corrected')).toBeNull();
  expect(out(renamed?.data.story ?? draft, 1)?.type).toBe('StoryWithdrawn');
});
