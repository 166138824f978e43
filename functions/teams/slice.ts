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
    people: { links: ['GetItem'], hashKey: ['GetItem', 'Decrypt'] },
  },
  subscribers: {
    // Ends the memberships of persons who are no longer active volunteers, or moves them to the
    // surviving record after a merge. Checks a person who enters a team once the Views have the
    // row: the Views may be an hour late, ten tries six minutes apart, before the event becomes a
    // dead letter.
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
      // After this delay the Views usually have this event and those before it.
      delaySeconds: 10,
      receives: 10,
      appends: ['team', 'membership'],
      views: ['ByList'],
    },
  },
});
