import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Activity } from '../../events/activities.ts';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import type { Team } from '../../events/teams.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';

/** Every event in the Ledger of a host, by a scan, which no request of the product makes. */
export const readLedger = async (endpoint: string): Promise<readonly DomainEvent[]> => {
  const base = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const client = DynamoDBDocumentClient.from(base);
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes('Ledger'));
  const rows: LedgerRow[] = [];
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true }))
    rows.push(...((page.Items ?? []).filter(holdsEvent) as LedgerRow[]));
  base.destroy();
  return rows.map((row) => readEvent(envelopeOf(row)));
};

/** The period, area and theme of the requested figures. */
export interface Asked {
  /** `yyyy-mm` or `yyyy`. */
  readonly period: string;
  readonly area?: string | undefined;
  readonly theme?: string | undefined;
}

export type Figures = Readonly<Record<string, number | null>>;

interface Things {
  readonly hours: Hours;
  readonly activity: Activity;
  readonly volunteer: Volunteer;
  readonly team: Team;
}

/** The number at the end of a month; unknown if there was never any. */
const standing = (
  all: readonly { readonly from: string; readonly until: string | null }[],
  end: string,
): number | null => {
  const came = all.filter(({ from }) => from.slice(0, 7) <= end);
  return came.length === 0
    ? null
    : came.filter(({ until }) => !until || until.slice(0, 7) > end).length;
};

/**
 * Computes the figures from the events in the simplest way: takes the newest state of each aggregate, and
 * counts. It deliberately shares no code with the projections.
 */
export const recompute = (events: readonly DomainEvent[]) => {
  const newest = new Map<string, DomainEvent>();
  for (const event of events) {
    const id = `${event.aggregate.type}#${event.aggregate.id}`;
    const known = newest.get(id);
    if (!known || known.aggregate.version < event.aggregate.version) newest.set(id, event);
  }
  const all = [...newest.values()];
  const last = <K extends keyof Things>(type: K) =>
    all.flatMap(({ aggregate, data }) =>
      aggregate.type === type ? [{ id: aggregate.id, ...(data as unknown as Things)[type] }] : [],
    );
  const hours = last('hours');
  const activities = last('activity');
  const volunteers = last('volunteer');
  const teams = last('team');
  const withPeople = new Set(
    hours.filter(({ status }) => status === 'verified').map(({ activityId }) => activityId),
  );

  return ({ period, area, theme }: Asked): Figures => {
    const inCell = (day: string, itsArea: string, itsTheme: string): boolean =>
      day.startsWith(period) && (!area || itsArea === area) && (!theme || itsTheme === theme);
    const there = hours.filter((h) => inCell(h.serviceDate, h.areaId, h.theme));
    const verified = there.filter(({ status }) => status === 'verified');
    const pending = there.filter(({ status }) => status === 'pending');
    const here = activities.filter((a) => inCell(a.startsOn, a.areaId, a.theme));
    const published = here.filter(({ status }) => status !== 'cancelled');
    const confirmed = here.filter(({ status }) => status === 'verified');
    const registered = theme
      ? []
      : volunteers.flatMap(({ areaId, confirmedOn, leftOn, mergedInto }) =>
          confirmedOn && mergedInto === null && (!area || areaId === area)
            ? [{ from: confirmedOn, until: leftOn }]
            : [],
        );

    const formed = theme ? [] : teams.filter(({ areaId }) => !area || areaId === area);

    const sum = <T>(items: readonly T[], of: (item: T) => number | undefined): number | null => {
      const values = items.flatMap((item) => of(item) ?? []);
      return values.length > 0 ? values.reduce((total, value) => total + value, 0) : null;
    };
    const orNull = (count: number): number | null => (count > 0 ? count : null);
    const beneficiaries = (basis: 'counted' | 'estimated') =>
      sum(confirmed, ({ outcome }) =>
        outcome?.beneficiaries?.basis === basis ? outcome.beneficiaries.count : undefined,
      );
    const outputs = new Set(
      confirmed.flatMap(({ outcome }) => Object.keys(outcome?.outputs ?? {})),
    );
    const produced = (key: string, basis: 'counted' | 'estimated') =>
      sum(confirmed, ({ outcome }) => {
        const output = outcome?.outputs[key];
        return output?.basis === basis ? output.quantity : undefined;
      });
    const end = period.length === 4 ? `${period}-12` : period;

    return {
      activitiesPublished: orNull(published.length),
      activitiesHeld: orNull(confirmed.filter(({ id }) => withPeople.has(id)).length),
      participations: orNull(verified.length),
      distinctVolunteers: orNull(new Set(verified.map(({ volunteerId }) => volunteerId)).size),
      partyMemberParticipations: orNull(
        verified.filter(({ tags }) => tags.includes('party-member')).length,
      ),
      creditedMinutes: sum(verified, ({ creditedMinutes }) => creditedMinutes),
      pendingMinutes: sum(pending, ({ creditedMinutes }) => creditedMinutes),
      beneficiaries: beneficiaries('counted'),
      'beneficiaries (estimated)': beneficiaries('estimated'),
      volunteersRegistered: orNull(registered.filter(({ from }) => from.startsWith(period)).length),
      registeredVolunteers: standing(registered, end),
      teamsFormed: orNull(formed.filter(({ formedOn }) => formedOn.startsWith(period)).length),
      teams: standing(
        formed.map(({ formedOn, dissolvedOn }) => ({ from: formedOn, until: dissolvedOn })),
        end,
      ),
      partners: orNull(new Set(confirmed.flatMap(({ partnerIds }) => partnerIds)).size),
      ...Object.fromEntries(
        [...outputs].flatMap((key) => [
          [`outputs.${key}`, produced(key, 'counted')],
          [`outputs.${key} (estimated)`, produced(key, 'estimated')],
        ]),
      ),
    };
  };
};
