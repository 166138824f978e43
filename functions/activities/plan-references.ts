import type { Campaign } from '../../events/campaigns.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { yearOf } from '../runtime/calendar.ts';
import type { Plan } from './decider.ts';

/**
 * Checks that everything named in a plan exists, and reads the campaign of its year.
 * @throws Rejection `unknown-reference` with the field's pointer
 */
export const planReferences = async (
  { areaId, organisationId, recordingUnitId, partnerIds = [] }: Partial<Plan>,
  startsOn: string,
): Promise<Campaign | undefined> => {
  const [campaign] = await Promise.all([
    aggregate('campaign').stateNow(yearOf(startsOn)),
    areaId && aggregate('area').referenceEventually(areaId, '#/areaId'),
    organisationId &&
      aggregate('organisation').referenceEventually(organisationId, '#/organisationId'),
    recordingUnitId &&
      recordingUnitId !== organisationId &&
      aggregate('organisation').referenceEventually(recordingUnitId, '#/recordingUnitId'),
    ...partnerIds.map((id, index) =>
      aggregate('organisation').referenceEventually(id, `#/partnerIds/${index}`),
    ),
  ]);
  return campaign;
};
