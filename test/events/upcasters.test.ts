import { expect, test } from '@jest/globals';
import { readEvent } from '../../events/catalogue.ts';
import { exampleOf } from '../../events/examples.ts';

/** A plan of version 1 with this theme. */
const planWith = (theme: object) => ({
  ...exampleOf('CampaignPlanned'),
  schemaVersion: 1,
  data: {
    campaign: {
      year: 2024,
      title: '学雷锋志愿服务活动',
      slogan: '',
      responsibleId: null,
      themes: [{ key: 'LAUNCH', title: '启动仪式', audience: '', content: '', ...theme }],
      routines: [{ key: 'TRAFFIC_COURTESY', title: '文明交通劝导' }],
      status: 'planned',
    },
  },
});

test('a campaign’s month and lead of version 1 become months and a unit that leads', () => {
  const { data } = readEvent(planWith({ month: 3, lead: '街道；党员' }));
  expect(data).toEqual({
    campaign: {
      ...planWith({}).data.campaign,
      responsibleUnit: null,
      themes: [
        {
          key: 'LAUNCH',
          title: '启动仪式',
          months: [3],
          dates: [],
          units: [{ name: '街道；党员', organisationId: null, role: 'lead' }],
          audience: '',
          content: '',
        },
      ],
    },
  });
});

test('a theme of version 1 that nobody leads has no unit', () => {
  const { data } = readEvent(planWith({ month: 12, lead: '' }));
  expect(data).toMatchObject({ campaign: { themes: [{ months: [12], units: [] }] } });
});
