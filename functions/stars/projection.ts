import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import type { Star } from '../../events/stars.ts';
import { shownStar } from '../people/shown-star.ts';
import { yearOf } from '../runtime/calendar.ts';
import { listOfStars, starRows, starsInNotice } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** The year in which a star is listed: that of its granting, or else of the nomination or finding. */
const yearIn = ({ grantedOn, nominatedOn, foundOn, countedUntil }: Star): string =>
  yearOf(grantedOn ?? nominatedOn ?? foundOn ?? countedUntil);

/** A star without its entries, in the list of its year, and while it is in its notice in that list too. */
export const project = ({
  aggregate: { id },
  data: { star },
}: DomainEvent<EventTypeOf<'star'>>): Projection => {
  const order = `${star.areaId}#${id}`;
  return {
    row: {
      pk: starRows,
      sk: id,
      row: shownStar(star),
      list: { name: listOfStars(yearIn(star)), order },
      ...(star.status === 'in-notice' ? { flag: { name: starsInNotice, order } } : {}),
    },
  };
};
