import { expect, test } from '@jest/globals';
import { open, plan } from '../../../functions/campaigns/decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { campaign } from '../../support/samples.ts';

const { status: _, ...asked } = campaign;
const planned = { ...campaign, status: 'planned' as const };

test('a year is planned, and not open yet', () => {
  expect(plan(asked)).toEqual({ type: 'CampaignPlanned', data: { campaign: planned } });
});

test('a planned year opens', () => {
  expect(open(planned)).toEqual({ type: 'CampaignOpened', data: { campaign } });
});

test.each(['open', 'closed'] as const)('a year that is %s does not open', (status) => {
  expect(rejectionOf(() => open({ ...campaign, status }))).toEqual({ code: 'illegal-transition' });
});

test.each([
  ['two themes', { themes: [...asked.themes, ...asked.themes] }, '#/themes'],
  [
    'a theme and a routine',
    { routines: [{ key: asked.themes[0]?.key ?? '', title: '乙' }] },
    '#/routines',
  ],
])('%s of one key are refused', (_, change, pointer) => {
  expect(rejectionOf(() => plan({ ...asked, ...change }))).toEqual({
    code: 'invalid-value',
    pointer,
  });
});
