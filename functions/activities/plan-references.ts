import type { Campaign } from '../../events/campaigns.ts';
import { yearOf } from '../shared/calendar.ts';
import { reference, snapshot } from '../shared/references.ts';
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
    areaId && reference('area', areaId, '#/areaId'),
    organisationId && reference('organisation', organisationId, '#/organisationId'),
    recordingUnitId &&
      recordingUnitId !== organisationId &&
      reference('organisation', recordingUnitId, '#/recordingUnitId'),
    ...partnerIds.map((id, index) => reference('organisation', id, `#/partnerIds/${index}`)),
  ]);
  return campaign;
};
