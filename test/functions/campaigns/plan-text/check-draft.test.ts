import { expect, test } from '@jest/globals';
import { readDraft } from '../../../../functions/campaigns/plan-reader.ts';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import type { Draft, DraftTheme } from '../../../../functions/campaigns/plan-text/draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';
import { labelled as text } from './plans.ts';

const right = readPlanText(text);
const withTheme = (part: Partial<DraftTheme>): Draft => ({
  ...right,
  themes: right.themes.map((theme, at) => (at === 1 ? { ...theme, ...part } : theme)),
});
const at = (words: string) => ({
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
});

test.each<[string, unknown, string, string]>([
  ['a draft of another shape', { themes: 'none' }, '', 'malformed'],
  [
    'a title that is not in the text',
    withTheme({ title: '敲门行动' }),
    'themes.1.title',
    'not-in-text',
  ],
  [
    'a title at another place',
    withTheme({ span: at('活动要求') }),
    'themes.1.title',
    'not-in-text',
  ],
  [
    'a title beyond the text',
    withTheme({ span: { start: 0, end: 99_999 } }),
    'themes.1.title',
    'not-in-text',
  ],
  ['an empty title', withTheme({ title: '' }), 'themes.1.title', 'not-in-text'],
  ['an invented month', withTheme({ when: { months: [4] } }), 'themes.1.when', 'not-stated'],
  [
    'an invented day',
    withTheme({ when: { dates: ['2024-03-06'] } }),
    'themes.1.when',
    'not-stated',
  ],
  ['a time without its characters', withTheme({ whenSpans: [] }), 'themes.1.when', 'not-in-text'],
  ['an invented year', { ...right, year: 2023 }, 'year', 'not-stated'],
  ['a year without its characters', { ...right, yearSpans: [] }, 'year', 'not-stated'],
  [
    'the name of a person',
    withTheme({ units: [{ name: '张小强', role: 'lead', span: at('张小强') }] }),
    'themes.1.units.0',
    'personal-data',
  ],
  [
    'a telephone number',
    { ...right, notes: [{ text: '13912345678', span: at('13912345678') }] },
    'notes.0',
    'personal-data',
  ],
  [
    'how often, in other words than the text’s',
    { ...right, routines: [{ title: '暖心敲门', recurrence: '每旬', span: at('暖心敲门') }] },
    'routines.0.recurrence',
    'not-in-text',
  ],
])('%s is found', (_, draft, path, code) => {
  expect(checkDraft(text, draft)).toContainEqual({ path, code });
});

test('the draft of another reader is taken if it stands in the text, else that of the rules', async () => {
  const shorter = { ...right, themes: right.themes.slice(0, 1) };
  expect(await readDraft(text, { read: async () => shorter })).toEqual(shorter);
  const invented = withTheme({ when: { months: [12] } });
  expect(await readDraft(text, { read: () => invented })).toEqual(right);
});
