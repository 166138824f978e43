import type { EventType, Fact } from '../../events/catalogue.ts';
import type { RecordEntry } from '../../events/records.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { checkActive } from '../people/active.ts';
import { Rejection } from '../refusals/decision.ts';

type RecordEvent = Extract<
  EventType,
  `${string}Recorded` | 'ServiceEvaluated' | 'RecordEntryVoided'
>;

/** `Omit` applied to each member of a union. */
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The given fields of a new entry. */
export type NewEntry = OmitEach<RecordEntry, 'status' | 'recordedBy' | 'voidReason'>;

const factOf = (entry: RecordEntry): Fact<RecordEvent> => {
  switch (entry.kind) {
    case 'training':
      return { type: 'TrainingRecorded', data: { entry } };
    case 'commendation':
      return { type: 'CommendationRecorded', data: { entry } };
    case 'evaluation':
      return { type: 'ServiceEvaluated', data: { entry } };
  }
};

/**
 * @param today the local date of the command
 * @throws Rejection `volunteer-not-active`, `invalid-value` for a date in the future
 */
export const record = (
  given: NewEntry,
  {
    volunteer,
    actorId,
    today,
  }: { volunteer: Pick<Volunteer, 'status'>; actorId: string; today: string },
): Fact<RecordEvent> => {
  checkActive(volunteer);
  if (given.date > today)
    throw new Rejection(
      'invalid-value',
      {
        zh: `日期 ${given.date} 晚于今天 ${today}。`,
        en: `The date ${given.date} is later than today, ${today}.`,
      },
      '#/date',
    );
  return factOf({ ...given, status: 'recorded', recordedBy: actorId, voidReason: null });
};

/** Strikes the entry out; the row and the reason stay. @throws Rejection `illegal-transition` */
export const voidEntry = (entry: RecordEntry, reason: string): Fact<'RecordEntryVoided'> => {
  if (entry.status !== 'recorded')
    throw new Rejection('illegal-transition', { status: entry.status, action: 'void' });
  return {
    type: 'RecordEntryVoided',
    data: { entry: { ...entry, status: 'voided', voidReason: reason } },
  };
};
