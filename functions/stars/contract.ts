import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { mostObjections, star, starLevel } from '../../events/stars.ts';
import { type Contract, pageOf, paging, queryInteger, route, year } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';
import { listedStar, noticedStar, objectedStar } from './answers.ts';

const byId = z.strictObject({ id: uuid });
const because = z.strictObject({ reason: officialText(200) });

const changing = {
  access: 'token',
  params: byId,
  answer: listedStar,
  versioned: true,
} as const;
const problems = ['not-found', 'illegal-transition', 'stale-version'] as const;
const counting = ['volunteer-not-active', 'star-hours-missing', 'too-many-entries'] as const;

export const stars = {
  nominateStar: route({
    key: 'POST /volunteers/{id}/stars',
    ...changing,
    summary: {
      en: 'Nominate somebody for a star level; where the policy is automatic, also oneself',
      zh: '推荐星级志愿者；自动认定的，本人也可申报',
    },
    body: z.strictObject({ level: starLevel }),
    problems: [...problems, ...counting, 'star-tenure-missing', 'invalid-value'],
  }),
  listOwnStars: route({
    key: 'GET /volunteers/{id}/stars',
    access: 'token',
    summary: { en: 'The stars of a person, by level', zh: '本人的星级' },
    params: byId,
    answer: z
      .object({ items: z.array(listedStar) })
      .meta({ id: 'StarsOfPerson', description: 'The stars of a person, one of a level at most.' }),
  }),
  listStars: route({
    key: 'GET /stars',
    access: 'token',
    summary: {
      en: 'The stars of a year for staff, by area and then by id; without an area for the district only',
      zh: '年度星级列表（工作人员，按区域和编号）',
    },
    query: z.strictObject({
      year: year
        .optional()
        .describe(
          'Granted in this year, or begun in it and not granted; by default the present one.',
        ),
      areaId: areaId.optional().describe('Of this area alone.'),
      status: star.shape.status.optional(),
      ...paging,
    }),
    answer: pageOf(listedStar),
    problems: ['invalid-cursor'],
  }),
  noticeStar: route({
    key: 'POST /stars/{id}/notice',
    ...changing,
    summary: {
      en: 'Begin the public notice; the name is shown only where the person agreed to that',
      zh: '开始公示；本人同意公开姓名的，公示姓名',
    },
    problems: [...problems, ...counting, 'record-unreadable'],
  }),
  objectToStar: route({
    key: 'POST /stars/{id}/objections',
    ...changing,
    answer: objectedStar,
    summary: {
      en: 'Take down an objection to a star in its notice, for staff; residents use the form for complaints',
      zh: '登记公示异议（工作人员；居民请用投诉与意见表）',
    },
    body: z.strictObject({ text: officialText(200) }),
    problems: [...problems, 'too-many-objections'],
  }),
  answerObjection: route({
    key: 'POST /stars/{id}/objections/{n}/answer',
    ...changing,
    summary: { en: 'Answer an objection that somebody else made', zh: '答复公示异议' },
    params: byId.extend({
      n: queryInteger(1, mostObjections).describe(
        'Its number, from 1, in the order in which they came.',
      ),
    }),
    body: z.strictObject({
      upheld: z.boolean().describe('Whether the objection is right.'),
      answer: officialText(200),
    }),
    problems: [...problems, 'own-objection'],
  }),
  grantStar: route({
    key: 'POST /stars/{id}/grant',
    ...changing,
    summary: { en: 'Grant a star after its notice', zh: '授予星级（公示期满）' },
    problems: [...problems, ...counting, 'notice-not-over', 'star-objected', 'star-under-review'],
  }),
  declineStar: route({
    key: 'POST /stars/{id}/decline',
    ...changing,
    summary: { en: 'Do not grant a star, with the reason', zh: '不予授予星级（须说明理由）' },
    body: because,
    problems,
  }),
  withdrawStar: route({
    key: 'POST /stars/{id}/withdraw',
    ...changing,
    summary: { en: 'Withdraw a granted star, with the reason', zh: '撤销星级（须说明理由）' },
    body: because,
    problems,
  }),
  upholdStar: route({
    key: 'POST /stars/{id}/uphold',
    ...changing,
    summary: {
      en: 'End a review: the star stands by what is verified now',
      zh: '复核后维持星级',
    },
    problems: [...problems, ...counting],
  }),
  starNotice: route({
    key: 'GET /stars/notice',
    access: 'public',
    summary: {
      en: 'The stars in their public notice, also as a page',
      zh: '星级志愿者公示',
    },
    query: z.strictObject({ cursor: paging.cursor }),
    answer: pageOf(noticedStar),
    also: ['text/html'],
    problems: ['invalid-cursor'],
  }),
} satisfies Contract;
