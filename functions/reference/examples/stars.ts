import { catalogue } from '../../../events/catalogue.ts';
import type { Star } from '../../../events/stars.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page } from './samples.ts';

const shown = ({ entries, records: _, objections, ...rest }: Star, version: number) => ({
  id: ids.star,
  ...rest,
  entryCount: entries.length,
  objections: objections.map(({ by: __, ...objection }) => objection),
  version,
});
const of = (
  type:
    | 'StarNominated'
    | 'StarNoticed'
    | 'StarObjectionAnswered'
    | 'StarGranted'
    | 'StarDeclined'
    | 'StarReviewRaised'
    | 'StarUpheld'
    | 'StarWithdrawn',
): Star => catalogue[type].example.star as Star;

const granted = shown(of('StarGranted'), 5);

export const stars = {
  bodies: {
    nominateStar: { level: 1 },
    objectToStar: { text: '时长与签到不符' },
    answerObjection: { upheld: false, answer: '已核对签到表，记录属实' },
    declineStar: { reason: '异议成立' },
    withdrawStar: { reason: '作废后时长不足' },
  },
  answers: {
    nominateStar: shown(of('StarNominated'), 1),
    listOwnStars: { items: [granted] },
    listStars: page(shown(of('StarReviewRaised'), 6)),
    noticeStar: shown(of('StarNoticed'), 2),
    objectToStar: { id: ids.star, status: 'in-notice', version: 3 },
    answerObjection: shown(of('StarObjectionAnswered'), 4),
    grantStar: granted,
    declineStar: shown(of('StarDeclined'), 5),
    withdrawStar: shown(of('StarWithdrawn'), 7),
    upholdStar: shown(of('StarUpheld'), 7),
    starNotice: page({
      ...{ id: ids.star, areaId: 'hongqi-01', area: '红旗社区', level: 1 },
      ...{ noticeUntil: '2026-01-13', underReview: false, name: null },
    }),
  },
} satisfies ExamplesOf<(typeof contracts)['stars']>;
