import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import type { Accepted, InboundKind } from '../../events/inbound.ts';
import { checkedBody } from '../http/json-body.ts';
import { participation } from '../participation/contract.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem, problemOf } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { volunteers } from '../volunteers/contract.ts';
import { handedIn } from './contract.ts';
import { mapEvent } from './map-event.ts';

/** Hours name where they belong, beside what a line of a roll says. */
const hours = z.looseObject({
  activityId: uuid,
  serviceDate: localDate,
  teamId: uuid.nullable().optional(),
});

const line = participation.enterHours.body.shape.entries.element;

/** The fields that a table may fill, by what an event is; of an object in them, any. */
export const fieldsOf: Readonly<Record<InboundKind, readonly string[]>> = {
  registration: Object.keys(volunteers.registerVolunteer.body.shape),
  hours: [...Object.keys(hours.shape), ...Object.keys(line.shape)].filter(
    (name) => name !== 'origin',
  ),
};

/** What an event asks for, as the command takes it that does it. */
export type Command =
  | {
      readonly as: 'registration';
      readonly body: z.output<typeof volunteers.registerVolunteer.body>;
    }
  | {
      readonly as: 'hours';
      readonly activityId: string;
      readonly serviceDate: string;
      readonly body: z.output<typeof participation.enterHours.body>;
    };

/** An event with what it asks for, or why it is refused. */
export type Checked = Fitting | { readonly refusal: Problem };

export interface Fitting {
  readonly event: z.output<typeof handedIn>;
  readonly command: Command;
}

/** Fields of any names may hold what is personal: what a command keeps is checked by its own body. */
const anything = (value: unknown) => ({
  key: 'POST /inbound/{partner}' as const,
  personal: Object.keys(Object(value)),
});

const hoursOf = (data: unknown, locale: Locale): Command => {
  const { activityId, serviceDate, teamId, ...line } = checkedBody(
    { ...anything(data), body: hours },
    data,
    locale,
  );
  // People are never found by a number alone.
  const isByNumber = line.phone !== undefined || line.idNumber !== undefined;
  if (isByNumber && line.name === undefined) throw new Rejection('name-required', {}, '#/name');
  const given = { entries: [{ ...line, origin: 'import' }] };
  const body = checkedBody(
    participation.enterHours,
    teamId === undefined ? given : { ...given, teamId },
    locale,
  );
  return { as: 'hours', activityId, serviceDate, body };
};

/** The command behind what a mapping gave. @throws Problem, Rejection `name-required` */
const commandOf = (as: InboundKind, data: unknown, locale: Locale): Command =>
  as === 'hours'
    ? hoursOf(data, locale)
    : { as, body: checkedBody(volunteers.registerVolunteer, data, locale) };

const read = async (
  input: unknown,
  accepts: readonly Accepted[],
  { locale, milliseconds }: { readonly locale: Locale; readonly milliseconds: number },
): Promise<Checked> => {
  const event = checkedBody({ ...anything(input), body: handedIn }, input, locale);
  const type = accepts.find((each) => each.type === event.type);
  if (!type) throw new Rejection('type-not-accepted', {}, '#/type');
  const data = await mapEvent(type, event, milliseconds);
  return { event, command: commandOf(type.as, data, locale) };
};

/**
 * Takes an event for what the partner may send: by its type, in the form that the type's mapping gives.
 * @param milliseconds left for expressions
 */
export const checkItem = async (...of: Parameters<typeof read>): Promise<Checked> => {
  try {
    return await read(...of);
  } catch (error) {
    if (error instanceof Problem) return { refusal: error };
    if (error instanceof Rejection) return { refusal: problemOf([error], of[2].locale) };
    throw error;
  }
};
