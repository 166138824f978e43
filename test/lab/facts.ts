import type { Activity } from '../../events/activities.ts';
import type { DomainEvent } from '../../events/catalogue.ts';
import { type Entry, entriesOf } from '../../events/participation.ts';
import type { Team } from '../../events/teams.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { newest } from '../support/entries.ts';
import { type Facts, takenBackAfter } from './figures/district.ts';
import { parents } from './histories.ts';

const monthOf = (date: string): string => date.slice(0, 7);

/** The areas that contain each area of the laboratory, nearest first. */
const aboveOf = (id: string): readonly string[] => {
  const parent = parents[id];
  return parent ? [parent, ...aboveOf(parent)] : [];
};
export const above = Object.fromEntries(Object.keys(parents).map((id) => [id, aboveOf(id)]));

/** Outputs are summed in whole numbers: what is weighed, in tenths of a kilogram. */
const measuresOf = ({ outcome }: Activity): Readonly<Record<string, number>> => ({
  ...(outcome?.beneficiaries?.basis === 'counted'
    ? { beneficiaries: outcome.beneficiaries.count, beneficiaryReports: 1 }
    : {}),
  ...(outcome?.beneficiaries?.basis === 'estimated'
    ? { beneficiariesEstimated: outcome.beneficiaries.count, beneficiaryReportsEstimated: 1 }
    : {}),
  ...(/[1-9]00$/.test(String(outcome?.beneficiaries?.count))
    ? {
        [outcome?.beneficiaries?.basis === 'counted' ? 'exactHundreds' : 'exactHundredsEstimated']:
          1,
      }
    : {}),
  ...(JSON.stringify(outcome?.outputs) === '{}' ? { outcomesWithoutOutputs: 1 } : {}),
  ...Object.fromEntries(
    Object.entries(outcome?.outputs ?? {}).map(([key, { quantity, basis }]) => [
      basis === 'counted' ? `outputs.${key}` : `outputs.${key}:estimated`,
      Math.round(quantity * (key.endsWith('Kilograms') ? 10 : 1)),
    ]),
  ),
});

/** What the events of a Ledger say: the newest state of each aggregate, the newest word on each line. */
export const factsOf = (events: readonly DomainEvent[]): Facts => {
  const facts = {
    people: new Map(),
    activities: new Map(),
    sheets: new Map(),
    teams: new Map(),
  } satisfies Facts;
  for (const { aggregate, data } of newest(events)) {
    const { id } = aggregate;
    if ('volunteer' in data) {
      const { areaId, mergedInto, confirmedOn, spells } = data.volunteer as Volunteer;
      facts.people.set(id, {
        id,
        areaId,
        mergedInto,
        registeredIn: confirmedOn && monthOf(confirmedOn),
        spells: spells.map(({ from, until }) => ({
          from: monthOf(from),
          until: until && monthOf(until),
        })),
      });
    }
    if ('team' in data) {
      const { areaId, formedOn, dissolvedOn } = data.team as Team;
      const until = dissolvedOn && monthOf(dissolvedOn);
      const formedIn = monthOf(formedOn);
      facts.teams.set(id, { id, areaId, formedIn, spells: [{ from: formedIn, until }] });
    }
    if ('activity' in data) {
      const activity = data.activity as Activity;
      const { startsOn, areaId, theme, partnerIds } = activity;
      // Of the states, only two matter to the figures.
      const status =
        activity.status === 'cancelled' || activity.status === 'verified'
          ? activity.status
          : 'published';
      const measures = measuresOf(activity);
      const month = monthOf(startsOn);
      facts.activities.set(id, { id, month, areaId, theme, status, partnerIds, measures });
    }
  }
  const inOrder = [...events].sort((a, b) => a.aggregate.version - b.aggregate.version);
  for (const { aggregate, data } of inOrder) {
    if (!('sums' in data)) continue;
    const { place, ...changed } = data;
    const before = facts.sheets.get(aggregate.id) ?? { entries: new Map(), takenBack: new Map() };
    const takenBack = takenBackAfter(before, entriesOf(changed));
    const entries = new Map<string, Entry>(before.entries);
    for (const entry of entriesOf(changed)) entries.set(entry.volunteerId, entry);
    facts.sheets.set(aggregate.id, { id: aggregate.id, place, entries, takenBack });
  }
  return facts;
};
