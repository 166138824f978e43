import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { yearOf } from '../runtime/calendar.ts';
import { listOfRestatements, periodRows, restatementRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** The row says where a period stands. The figures, which are long, are in the event and in the table Closed. */
export const projectPeriod = ({ data }: DomainEvent<EventTypeOf<'period'>>): Projection => {
  const { closed, ...period } = data.period;
  const { figures: _, ...rest } = closed ?? { figures: [] };
  return {
    row: {
      pk: periodRows,
      sk: period.period,
      row: { ...period, closed: closed && rest },
    },
  };
};

/**
 * Each restatement has a row of its own, in the order of time: among those of its month, and of the month
 * that it was made in.
 */
export const projectRestatement = ({
  aggregate: { id, version },
  recordedAt,
  data: { restatement },
}: DomainEvent<'PeriodRestated'>): Projection => {
  const { closedPeriod, madeIn } = restatement;
  const place = `${closedPeriod}#${recordedAt}#${id}#${version}`;
  return {
    row: {
      pk: restatementRows(yearOf(closedPeriod)),
      sk: place,
      row: restatement,
      list: { name: listOfRestatements(madeIn), order: place },
    },
  };
};
