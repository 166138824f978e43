import type { Activity } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import type { Area, Organisation } from '../../events/organisations.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';
import { latest } from './ledger.ts';

interface Snapshots {
  readonly area: Area;
  readonly organisation: Organisation;
  readonly activity: Activity;
  readonly volunteer: Volunteer;
  readonly campaign: Campaign;
}

/**
 * The newest state of another aggregate, from that aggregate's newest event: events carry it whole.
 * Undefined when there is no such aggregate.
 */
export const snapshot = async <K extends keyof Snapshots>(
  type: K,
  id: string,
  consistent = true,
): Promise<Snapshots[K] | undefined> => {
  const event = await latest({ type, id }, consistent);
  return (event?.data as Snapshots | undefined)?.[type];
};

/**
 * The newest state of another aggregate that a request's body names: for rules that depend on it,
 * as on an activity that was cancelled or given other days a moment ago.
 * @throws Rejection `unknown-reference` at the pointer
 */
export const reference = async <K extends keyof Snapshots>(
  type: K,
  id: string,
  pointer: Pointer,
): Promise<Snapshots[K]> => {
  const found = await snapshot(type, id);
  if (!found) throw new Rejection('unknown-reference', { what: type, id }, pointer);
  return found;
};

/**
 * Another aggregate that a request's body names, where all that matters is that there is one, or
 * what never changes in it. Read at half the price; what was begun a moment ago may not be seen
 * so, and is then read again before anybody is told that it does not exist.
 * @throws Rejection `unknown-reference` at the pointer
 */
export const existing = async <K extends keyof Snapshots>(
  type: K,
  id: string,
  pointer: Pointer,
): Promise<Snapshots[K]> =>
  (await snapshot(type, id, false)) ?? (await reference(type, id, pointer));
