import { describe, expect, test } from '@jest/globals';
import { evolve, open, plan } from '../../../functions/campaigns/decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, campaign, eventOf } from '../../support/samples.ts';

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

describe('evolve', () => {
  test('goes from nothing to planned to open', () => {
    const first = evolve(null, eventOf(plan(asked), { id: '2025' }));
    expect(first).toEqual(planned);
    expect(evolve(first, eventOf(open(first), { id: '2025', version: 2 }))).toEqual(campaign);
  });

  test('takes no event of anything else', () => {
    const foreign = eventOf({ type: 'ActivityPublished', data: { activity } }, { id: 'x' });
    expect(() => evolve(campaign, foreign)).toThrow('ActivityPublished is not an event of a camp');
  });
});
