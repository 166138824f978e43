import type { Campaign } from '../../events/campaigns.ts';
import { existing, snapshot } from '../ledger/references.ts';
import { yearOf } from '../runtime/calendar.ts';
import type { Plan } from './decider.ts';

/**
 * Makes sure that whatever a plan names exists, and reads the campaign of its year.
 * @throws Rejection `unknown-reference` with the field's pointer
 */
export const planReferences = async (
  { areaId, organisationId, recordingUnitId, partnerIds = [] }: Partial<Plan>,
  startsOn: string,
): Promise<Campaign | undefined> => {
  const [campaign] = await Promise.all([
    snapshot('campaign', yearOf(startsOn)),
    areaId && existing('area', areaId, '#/areaId'),
    organisationId && existing('organisation', organisationId, '#/organisationId'),
    recordingUnitId &&
      recordingUnitId !== organisationId &&
      existing('organisation', recordingUnitId, '#/recordingUnitId'),
    ...partnerIds.map((id, index) => existing('organisation', id, `#/partnerIds/${index}`)),
  ]);
  return campaign;
};
