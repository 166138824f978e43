import type { DomainEvent } from '../../events/catalogue.ts';

type PersonalField = DomainEvent<'PersonalDataCorrected'>['data']['fields'][number];

/** Whether one of these events corrected one of these parts of a person's data. */
export const areCorrected = (
  events: readonly DomainEvent[],
  fields: readonly PersonalField[],
): boolean =>
  events.some(
    ({ type, data }) =>
      type === 'PersonalDataCorrected' &&
      'fields' in data &&
      fields.some((field) => data.fields.includes(field)),
  );
