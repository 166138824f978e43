import type { Hours } from '../../events/participation.ts';
import { nowhere } from '../access/areas.ts';

/**
 * Stands for a missing entry in policies: of nobody, of no organisation, nowhere. What an actor may
 * not see is refused after the same reads as what is not there.
 */
export const noEntry: Hours = {
  activityId: '',
  organisationId: '',
  areaId: nowhere,
  theme: '',
  volunteerId: '',
  tags: [],
  serviceDate: '',
  attendedMinutes: 0,
  creditedMinutes: 0,
  origin: 'leader-roll',
  status: 'pending',
  enteredBy: [],
  verifiedBy: null,
  objected: false,
};
