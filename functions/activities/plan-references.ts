import type { Activity } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import { aggregate, type Versioned } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import type { Plan } from './decider.ts';

/** @throws Rejection `unknown-reference`, or `invalid-value` unless it is an active team of its own */
const checkTeam = async (
  teamId: string,
  { organisationId }: Pick<Activity, 'organisationId'>,
): Promise<void> => {
  const team = await aggregate('team').reference(teamId, '#/teamId');
  const isOwn = team.organisationId === organisationId;
  if (isOwn && team.status === 'active') return;
  throw new Rejection(
    'invalid-value',
    isOwn
      ? { zh: '该志愿服务队已解散，请另选一支。', en: 'The team was dissolved: choose another.' }
      : {
          zh: '该志愿服务队不属于主办组织，请另选一支。',
          en: 'The team belongs to another organisation than the activity: choose one of its own.',
        },
    '#/teamId',
  );
};

/**
 * Checks that everything named in a plan exists, and reads the campaign of its year.
 * @param named what is new in the plan
 * @throws Rejection `unknown-reference`, `invalid-value` with the field's pointer
 */
export const planReferences = async (
  { areaId, organisationId, recordingUnitId, partnerIds = [], teamId }: Partial<Plan>,
  plan: Pick<Activity, 'startsOn' | 'organisationId'>,
): Promise<Versioned<Campaign> | undefined> => {
  const [campaign] = await Promise.all([
    aggregate('campaign').find(yearOf(plan.startsOn)),
    areaId && aggregate('area').referenceEventually(areaId, '#/areaId'),
    organisationId &&
      aggregate('organisation').referenceEventually(organisationId, '#/organisationId'),
    recordingUnitId &&
      recordingUnitId !== organisationId &&
      aggregate('organisation').referenceEventually(recordingUnitId, '#/recordingUnitId'),
    teamId && checkTeam(teamId, plan),
    ...partnerIds.map((id, index) =>
      aggregate('organisation').referenceEventually(id, `#/partnerIds/${index}`),
    ),
  ]);
  return campaign;
};
