import { Rejection } from '../shared/decision.ts';
import { get } from '../shared/execute.ts';
import { serve } from '../shared/http.ts';
import { volunteers } from './contract.ts';
import { evolve } from './decider.ts';
import { mayRead } from './policy.ts';
import { registerVolunteer } from './register-volunteer.ts';

export const handler = serve(volunteers, {
  registerVolunteer,
  readVolunteer: async ({ actor, params: { id } }) => {
    if (!mayRead(actor, id)) throw new Rejection('forbidden');
    const { state, version } = await get({ type: 'volunteer', id }, evolve);
    return { body: { id, ...state, version }, version };
  },
});
