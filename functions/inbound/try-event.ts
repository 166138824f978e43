import type { Accepted } from '../../events/inbound.ts';
import type { Answer } from '../http/answer.ts';
import type { Request } from '../http/request.ts';
import { checkItem } from './check-item.ts';
import type { inbound } from './contract.ts';

/** Milliseconds for the expression of one event. */
const mappingMs = 200;

/** What an event would be taken for, by somebody who sets a partner up. @throws Problem of the event */
export const tryInboundEvent = async (
  { body, locale }: Request<typeof inbound.tryInboundEvent>,
  accepts: readonly Accepted[],
): Promise<Answer<typeof inbound.tryInboundEvent>> => {
  const checked = await checkItem(body.event, accepts, { locale, milliseconds: mappingMs });
  if ('refusal' in checked) throw checked.refusal;
  const { as, ...command } = checked.command;
  return { body: { as, command } };
};
