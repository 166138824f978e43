import { slice } from '../slice.ts';
import { teams as contract } from './contract.ts';
import { projectMembership, projectTeam } from './projection.ts';

export const teams = slice({
  name: 'teams',
  contract,
  aggregates: { team: projectTeam, membership: projectMembership },
  http: {
    appends: ['team', 'membership'],
    views: ['ByList'],
    people: { links: ['GetItem'], hashKey: ['GetItem', 'Decrypt'] },
  },
  subscribers: {
    // Ends the memberships of persons who are no longer active volunteers, or moves them to the
    // surviving record after a merge. Checks a person who enters a team once the Views have the
    // row. If the Views are more than three minutes late, the event becomes a dead letter.
    MembershipSubscriber: {
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
      appends: ['team', 'membership'],
      views: ['ByList'],
    },
  },
});
