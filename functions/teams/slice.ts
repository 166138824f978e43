import { slice } from '../slice.ts';
import { teams as contract } from './contract.ts';
import { persons, projectMembership, projectTeam } from './projection.ts';

export const teams = slice({
  name: 'teams',
  contract,
  aggregates: { team: projectTeam, membership: projectMembership },
  persons,
  http: {
    appends: ['team', 'membership'],
    views: ['ByList'],
    people: { partitions: ['links'], actions: ['GetItem'] },
  },
  subscribers: {
    // Whoever is no volunteer any more is in no team; a merged record's are those of the other. Whoever
    // enters a team is looked at when the Views have it: they may be late by an hour, ten tries six
    // minutes apart, before the event is a dead letter.
    MembershipSubscriber: {
      queue: 'Memberships',
      file: 'keep-memberships.ts',
      on: [
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
      seconds: 60,
      // By then the Views mostly have what was appended before the event, and the event itself.
      delaySeconds: 10,
      receives: 10,
      appends: ['team', 'membership'],
      views: ['ByList'],
    },
  },
});
