import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { EventType } from '../../events/catalogue.ts';
import { handler as registrar } from '../../functions/imports/registrar.ts';
import { noticed } from '../../functions/notices/notice.ts';
import { handler as notifier } from '../../functions/notices/notifier.ts';
import { handler as mover } from '../../functions/participation/reassign-hours.ts';
import { handler as project } from '../../functions/projector/projector.ts';
import { handler as memberships } from '../../functions/teams/keep-memberships.ts';
import { handler as keeper } from '../../functions/volunteers/keeper.ts';
import type { QueueSettings } from './queue.ts';

export interface Subscriber extends QueueSettings {
  /** What the template calls it. */
  readonly id: string;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
  /** All that the projector knows, if it does not say. */
  readonly events?: readonly EventType[];
}

const maxReceives = 5;

/**
 * Who listens to the bus, each with a queue of its own. `subscribers.test.ts` holds it against the
 * template.
 */
export const projector: Subscriber = {
  ...{ id: 'Projections', name: 'projector', handler: project },
  ...{ delay: 0, visibility: 180, maxReceives },
};
export const followers: readonly Subscriber[] = [
  {
    ...{ id: 'PeopleUpkeep', name: 'keeper', handler: keeper },
    ...{ delay: 0, visibility: 180, maxReceives },
    events: ['VolunteerRegistered', 'PersonalDataCorrected', 'VolunteerErased'],
  },
  {
    ...{ id: 'Merges', name: 'mover', handler: mover },
    ...{ delay: 10, visibility: 1800, maxReceives },
    events: ['VolunteerMerged'],
  },
  {
    ...{ id: 'Memberships', name: 'memberships', handler: memberships },
    ...{ delay: 10, visibility: 360, maxReceives: 10 },
    events: [
      'VolunteerMerged',
      'VolunteerErased',
      'VolunteerDeactivated',
      'ConsentWithdrawn',
      'PersonalDataCorrected',
      'TeamMemberInvited',
      'TeamMemberJoined',
      'TeamFormed',
      'TeamRevised',
    ],
  },
  {
    ...{ id: 'Notices', name: 'notifier', handler: notifier },
    ...{ delay: 0, visibility: 180, maxReceives },
    events: noticed,
  },
  {
    ...{ id: 'Imports', name: 'registrar', handler: registrar },
    ...{ delay: 0, visibility: 1800, maxReceives },
    events: ['ImportAccepted', 'ImportChunkRegistered'],
  },
];

const following = new Set(followers.map(({ name }) => name));
/** Whether who makes a call follows what happens: `memberships 2`. */
export const isFollower = (who: string): boolean => following.has(who.split(' ')[0] ?? '');
/** Whether who makes a call takes messages from a queue: a follower, or the projector. */
export const isOnQueue = (who: string): boolean =>
  who.startsWith(`${projector.name} `) || isFollower(who);
