import type { Role } from '../../events/envelope.ts';
import { Rejection } from '../refusals/decision.ts';
import { settings } from '../runtime/settings.ts';
import type { Actor } from './actor.ts';
import type { AlsoWrite, Command } from './ledger.ts';

/** The part of a request that says who wants something done, and when. */
export interface CommandRequest {
  readonly actor: Actor;
  readonly at: number;
  readonly correlationId: string;
  readonly idempotency: Command['idempotency'];
  /** What is written in the transaction of whatever the command appends. */
  readonly alsoWrite?: readonly AlsoWrite[];
  /** A follow-up that changed nothing decides again when its event comes again. */
  readonly decidesAgain?: true;
}

/**
 * The command of a request, done in the role that the policy named.
 * @throws Rejection `forbidden` when the policy named no role
 */
export const commandBy = (role: Role | undefined, request: CommandRequest): Command => {
  if (!role) throw new Rejection('forbidden');
  return {
    district: settings().name,
    actor: { role, id: request.actor.id },
    at: request.at,
    correlationId: request.correlationId,
    idempotency: request.idempotency,
  };
};
