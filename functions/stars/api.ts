import { serve } from '../http/serve.ts';
import { openSession } from '../session/session.ts';
import {
  answerObjection,
  declineStar,
  grantStar,
  noticeStar,
  objectToStar,
  upholdStar,
  withdrawStar,
} from './change-star.ts';
import { stars } from './contract.ts';
import { listOwnStars, listStars, starNotice } from './list-stars.ts';
import { nominateStar } from './nominate-star.ts';
import { renderNotice } from './notice-page.ts';

export const handler = serve(
  stars,
  {
    nominateStar,
    listOwnStars,
    listStars,
    noticeStar,
    objectToStar,
    answerObjection,
    grantStar,
    declineStar,
    withdrawStar,
    upholdStar,
    starNotice,
  },
  { starNotice: { 'text/html': renderNotice } },
  openSession,
);
