import { expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';
import { kinds } from './kinds-of-plans.ts';

test.each(Object.entries(kinds))('%s', (_, { text, year, themes, warnings }) => {
  const draft = readPlanText(text);
  expect(
    draft.themes.map(({ title, when, units }) => [title, when, ...units.map(({ name }) => name)]),
  ).toEqual(themes);
  expect(draft.year).toBe(year);
  expect(draft.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining([...warnings]));
  expect(checkDraft(text, draft)).toEqual([]);
});

test.each(['张主任', '李书记', '刘站长', '李强', '王芳', '陈红', '王小满', '13800001111'])(
  '%s enters no draft',
  (person) => {
    const texts = Object.values(kinds).filter(({ text }) => text.includes(person));
    expect(texts).not.toEqual([]);
    for (const { text } of texts) expect(JSON.stringify(readPlanText(text))).not.toContain(person);
  },
);
