import { expect, test } from '@jest/globals';
import { campaigns } from '../../../functions/campaigns/contract.ts';
import { readPlanText } from '../../../functions/campaigns/plan-text/read-plan-text.ts';
import { proposeCampaign } from '../../../functions/campaigns/propose-campaign.ts';
import * as plans from './plan-text/plans.ts';

const proposed = (text: string) => proposeCampaign(readPlanText(text));

test('themes have keys by their order; a meeting is none of them', () => {
  const { proposal, draftThemes, questions } = proposed(plans.labelled);
  expect(proposal).toMatchObject({
    year: 2024,
    title: '红星街道2024年学雷锋活动方案',
    slogan: '红星有约，雷锋同行',
  });
  expect(proposal.themes).toMatchObject([
    { key: 'THEME_01', title: '暖心敲门', months: [3], dates: ['2024-03-05'] },
    { key: 'THEME_02', title: '绿色家园清洁行动', months: [3], dates: [] },
  ]);
  expect(draftThemes).toEqual([1, 2]);
  expect(questions).toEqual([{ pointer: '/themes/1/months', code: 'CONFIRM_MONTHS' }]);
});

test('a range over several months is a theme of these months', () => {
  const { proposal } = proposed(
    '一、活动内容\n1、清洁行动\n时间:3月20日至5月10日\n2、义诊\n时间:6月1日\n',
  );
  expect(proposal.themes.map(({ months }) => months)).toEqual([[3, 4, 5], [6]]);
});

test('what the text does not say is asked: year, title, months', () => {
  const { proposal, questions } = proposed(plans.deadlines);
  expect(proposal).toMatchObject({ year: null, title: null });
  expect(proposal.themes[0]).toMatchObject({ months: null });
  expect(questions).toEqual(
    expect.arrayContaining([
      { pointer: '/year', code: 'YEAR' },
      { pointer: '/title', code: 'TITLE' },
      { pointer: '/themes/0/months', code: 'MONTHS' },
    ]),
  );
});

/** A proposal with an answer to each of its questions. */
const answered = (text: string) => {
  const { proposal } = proposed(text);
  return {
    ...proposal,
    year: proposal.year ?? 2025,
    title: proposal.title ?? '志愿服务方案',
    themes: proposal.themes.map((theme) => ({ ...theme, months: theme.months ?? [5] })),
  };
};

test.each(Object.entries(plans).filter(([name]) => name !== 'novel'))(
  'what is proposed for %s is taken as the body of POST /campaigns, once it is answered',
  (_, text) => {
    const body = answered(text);
    expect(body.themes).not.toEqual([]);
    expect(campaigns.planCampaign.body.parse(body)).toMatchObject(body);
  },
);

test('commendations and meetings are notes; the opening of a year is an activity', () => {
  const { proposal } = proposed(
    '3月：学雷锋启动仪式\n5月：义诊\n11月：最美志愿者评选\n12月：志愿服务总结表彰大会\n12月：工作座谈会\n',
  );
  expect(proposal.themes.map(({ title }) => title)).toEqual(['学雷锋启动仪式', '义诊']);
  const { warnings } = readPlanText('5月：义诊\n12月：志愿服务总结表彰大会\n');
  expect(warnings.map(({ code }) => code)).toContain('MEETING_FOUND');
});

test('a text without a plan proposes nothing', () => {
  const { proposal, questions } = proposed(plans.novel);
  expect(proposal.themes).toEqual([]);
  expect(questions).toContainEqual({ pointer: '/themes', code: 'NO_THEMES' });
});

test('a campaign has at most 24 themes, and the rest is told', () => {
  const lines = Array.from(
    { length: 30 },
    (_, at) => `${at + 1}、3月${at + 1}日开展“第${at + 1}号楼清洁”活动`,
  );
  const { proposal, questions } = proposed(`一、活动内容\n${lines.join('\n')}\n`);
  expect(proposal.themes).toHaveLength(24);
  expect(questions).toContainEqual({ pointer: '/themes', code: 'TOO_MANY' });
});

const read = readPlanText('一、活动内容\n1、义诊\n时间：3月\n2、清洁\n时间：4月\n');
const [first, second] = read.themes;
const number = '138个0013个8000';

const many = Array.from({ length: 25 }, (_, at) => `第${at}小学`);

/** Parts of a draft that no campaign takes as they are, with what is asked of each. */
const notTaken = {
  'a theme': [{ themes: [{ ...first, title: number }, second] }, '/themes', 'LEFT_OUT'],
  'a content': [
    { themes: [{ ...first, content: { text: number } }] },
    '/themes/0/content',
    'LEFT_OUT',
  ],
  'a long content': [
    { themes: [{ ...first, content: { text: '清'.repeat(401) } }] },
    ...['/themes/0/content', 'SHORTENED'],
  ],
  'for whom': [
    { themes: [{ ...first, audience: { text: number } }] },
    '/themes/0/audience',
    'LEFT_OUT',
  ],
  'a unit': [
    { themes: [first, { ...second, units: [{ name: number }] }] },
    '/themes/1/units',
    'LEFT_OUT',
  ],
  'many units': [
    { themes: [{ ...first, units: many.map((name) => ({ name })) }] },
    ...['/themes/0/units', 'TOO_MANY'],
  ],
  'a routine service': [{ routines: [{ title: number }] }, '/routines', 'LEFT_OUT'],
  'many routine services': [
    { routines: many.map((title) => ({ title })) },
    '/routines',
    'TOO_MANY',
  ],
  'a slogan': [{ slogan: { text: number } }, '/slogan', 'LEFT_OUT'],
  'a long title': [{ title: { text: '清'.repeat(121) } }, '/title', 'SHORTENED'],
} as const;

test.each(Object.entries(notTaken))(
  '%s that a campaign does not take is asked for, not left out in silence',
  (_, [part, pointer, code]) => {
    const { questions } = proposeCampaign({ ...read, ...part } as unknown as typeof read);
    expect(questions).toContainEqual({ pointer, code });
  },
);

test.each(Object.entries(plans))('what is proposed for %s fits its schema', (_, text) => {
  const draft = readPlanText(text);
  const answer = { draft, ...proposeCampaign(draft), text: null };
  expect(campaigns.readPlan.answer.parse(answer)).toEqual(answer);
});
