import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Activity } from '../../events/activities.ts';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import type { Area } from '../../events/organisations.ts';
import { type Entry, entriesOf, type Place } from '../../events/participation.ts';
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
  /** Stands for itself and all areas below it. */
  readonly area?: string | undefined;
  readonly theme?: string | undefined;
  /** The area alone. */
  readonly within?: 'only' | undefined;
}

export type Figures = Readonly<Record<string, number | null>>;

/** A figure as dashboards show it. */
interface Shown {
  readonly reason?: string;
  readonly value: number | null;
  readonly aggregation: string;
  readonly estimated?: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
}

/**
 * Shown figures in the form that `recompute` returns: a ratio that is known with its two parts. For how long
 * entries wait depends on the day on which one asks, so it is left out here.
 */
export const valuesOf = (metrics: Readonly<Record<string, Shown>>): Figures =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(
      ([name, { value, aggregation, estimated, numerator = null, denominator = null }]) => {
        if (aggregation !== 'ratio')
          return [
            [name, value],
            ...(estimated === undefined ? [] : [[`${name} (estimated)`, estimated] as const]),
          ];
        if (value === null || name === 'pendingAge') return [];
        return [
          [name, value],
          [`${name} (numerator)`, numerator],
          [`${name} (denominator)`, denominator],
        ];
      },
    ),
  );

interface Things {
  readonly area: Area;
  readonly activity: Activity;
  readonly volunteer: Volunteer;
  readonly team: Team;
}

interface Spell {
  readonly from: string;
  readonly until: string | null;
}

/** The number at the end of a month; unknown if there was never any. */
const standing = (all: readonly (readonly Spell[])[], end: string): number | null => {
  const came = all.filter((spells) => spells.some(({ from }) => from.slice(0, 7) <= end));
  const stays = ({ from, until }: Spell) =>
    from.slice(0, 7) <= end && (!until || until.slice(0, 7) > end);
  return came.length === 0 ? null : came.filter((spells) => spells.some(stays)).length;
};

/**
 * The newest word on every line of every sheet; whether it was ever verified, and the minutes that it had
 * when it was first changed after that.
 */
const linesOf = (events: readonly DomainEvent[]) => {
  const words = new Map<string, { version: number; entry: Entry; place: Place }[]>();
  for (const { aggregate, data } of events) {
    if (!('sums' in data)) continue;
    for (const entry of entriesOf(data)) {
      const id = `${aggregate.id}|${entry.volunteerId}`;
      const word = { version: aggregate.version, entry, place: data.place };
      words.set(id, [...(words.get(id) ?? []), word]);
    }
  }
  return [...words.values()].map((all) => {
    const inOrder = all.sort((a, b) => a.version - b.version).map(({ entry }) => entry);
    const taken = inOrder.filter(
      ({ status }, at) => status === 'verified' && (inOrder[at + 1]?.status ?? status) !== status,
    );
    return {
      ...(all[0] as { place: Place }).place,
      ...(inOrder.at(-1) as Entry),
      everVerified: inOrder.some(({ status }) => status === 'verified'),
      takenMinutes: taken[0]?.creditedMinutes,
    };
  });
};

/** A share in percent, or what `times` makes of it, and its parts; nothing where there is no whole. */
const ratio = (name: string, part: number, whole: number, times = 100): Figures =>
  whole === 0
    ? {}
    : {
        [name]: Math.round((part / whole) * times * 10) / 10,
        [`${name} (numerator)`]: part,
        [`${name} (denominator)`]: whole,
      };

/**
 * Computes the figures from the events in the simplest way: takes the newest state of each aggregate and
 * the newest word on each line of a sheet, and counts. It deliberately shares no code with the projections.
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
      aggregate.type === type ? [{ ...(data as unknown as Things)[type], id: aggregate.id }] : [],
    );
  const hours = linesOf(events);
  const activities = last('activity');
  const volunteers = last('volunteer');
  const teams = last('team');
  const withPeople = new Set(
    hours.filter(({ status }) => status === 'verified').map(({ activityId }) => activityId),
  );
  const mergedInto = new Map(volunteers.map((each) => [each.id, each.mergedInto]));
  const personOf = (id: string): string => {
    const into = mergedInto.get(id);
    return into ? personOf(into) : id;
  };
  const parents = new Map(last('area').map((area) => [area.id, area.parents]));
  const parentIn = (id: string, year: number): string | null =>
    (parents.get(id) ?? []).filter(({ fromYear }) => fromYear <= year).at(-1)?.parentId ?? null;
  const isWithin = (itsArea: string | null, area: string, year: number): boolean =>
    itsArea !== null && (itsArea === area || isWithin(parentIn(itsArea, year), area, year));

  return ({ period, area, theme, within }: Asked): Figures => {
    const year = Number(period.slice(0, 4));
    const inArea = (itsArea: string): boolean =>
      !area || (within === 'only' ? itsArea === area : isWithin(itsArea, area, year));
    const inCell = (day: string, itsArea: string, itsTheme: string): boolean =>
      day.startsWith(period) && inArea(itsArea) && (!theme || itsTheme === theme);
    const there = hours.filter((h) => inCell(h.serviceDate, h.areaId, h.theme));
    const counted = there.filter(({ status }) => status === 'verified');
    const verified = counted.filter(({ onDuty }) => !onDuty);
    const pending = there.filter(({ status }) => status === 'pending');
    const here = activities.filter((a) => inCell(a.startsOn, a.areaId, a.theme));
    const published = here.filter(({ status }) => status !== 'cancelled');
    const confirmed = here.filter(({ status }) => status === 'verified');
    const registered = theme
      ? []
      : volunteers.filter(
          (each) => each.confirmedOn && each.mergedInto === null && inArea(each.areaId),
        );
    const formed = theme ? [] : teams.filter(({ areaId }) => inArea(areaId));

    const sum = <T>(items: readonly T[], of: (item: T) => number | undefined): number | null => {
      const values = items.flatMap((item) => of(item) ?? []);
      return values.length > 0 ? values.reduce((total, value) => total + value, 0) : null;
    };
    const orNull = (count: number | null): number | null => count || null;
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
    const shareOf = (name: string, origin: Entry['origin']): Figures =>
      ratio(name, verified.filter((h) => h.origin === origin).length, verified.length);
    const hundreds = (name: string, basis: 'counted' | 'estimated'): Figures => {
      const reports = confirmed.flatMap(({ outcome }) =>
        outcome?.beneficiaries?.basis === basis ? [outcome.beneficiaries.count] : [],
      );
      return ratio(name, reports.filter((n) => /[1-9]00$/.test(String(n))).length, reports.length);
    };
    const changed = there.filter(({ takenMinutes }) => takenMinutes !== undefined);
    const end = period.length === 4 ? `${period}-12` : period;

    return {
      activitiesPublished: orNull(published.length),
      activitiesHeld: orNull(confirmed.filter(({ id }) => withPeople.has(id)).length),
      participations: orNull(verified.length),
      distinctVolunteers: orNull(
        new Set(verified.map(({ volunteerId }) => personOf(volunteerId))).size,
      ),
      partyMemberParticipations: orNull(
        verified.filter(({ tags }) => tags.includes('party-member')).length,
      ),
      onDutyParticipations: orNull(counted.filter(({ onDuty }) => onDuty).length),
      creditedMinutes: orNull(sum(verified, ({ creditedMinutes }) => creditedMinutes)),
      pendingMinutes: orNull(sum(pending, ({ creditedMinutes }) => creditedMinutes)),
      beneficiaries: beneficiaries('counted'),
      'beneficiaries (estimated)': beneficiaries('estimated'),
      volunteersRegistered: orNull(
        registered.filter(({ confirmedOn }) => confirmedOn?.startsWith(period)).length,
      ),
      registeredVolunteers: standing(
        registered.map(({ confirmedOn, leftOn, ...volunteer }) => {
          const once = [{ from: confirmedOn ?? '', until: leftOn }];
          return (volunteer as { spells?: readonly Spell[] }).spells ?? once;
        }),
        end,
      ),
      teamsFormed: orNull(formed.filter(({ formedOn }) => formedOn.startsWith(period)).length),
      teams: standing(
        formed.map(({ formedOn, dissolvedOn }) => [{ from: formedOn, until: dissolvedOn }]),
        end,
      ),
      partners: orNull(new Set(confirmed.flatMap(({ partnerIds }) => partnerIds)).size),
      ...ratio(
        'onTimeRecordShare',
        verified.filter(({ flags }) => !flags.includes('late')).length,
        verified.length,
      ),
      ...ratio(
        'correctionShare',
        changed.length,
        there.filter(({ everVerified }) => everVerified).length,
      ),
      correctedMinutes: orNull(sum(changed, ({ takenMinutes }) => takenMinutes)),
      ...shareOf('scanShare', 'scan'),
      ...shareOf('leaderRollShare', 'leader-roll'),
      ...shareOf('selfDeclaredShare', 'self-declared'),
      ...shareOf('backEntryShare', 'back-entry'),
      ...shareOf('importShare', 'import'),
      ...hundreds('exactHundredsShare', 'counted'),
      ...hundreds('exactHundredsShareEstimated', 'estimated'),
      outcomesWithoutOutputs: orNull(
        confirmed.filter(({ outcome }) => JSON.stringify(outcome?.outputs) === '{}').length,
      ),
      ...ratio(
        'minutesPerParticipation',
        verified.reduce((total, { creditedMinutes }) => total + creditedMinutes, 0),
        verified.length,
        1,
      ),
      ...Object.fromEntries(
        [...outputs].flatMap((key) => [
          [`outputs.${key}`, produced(key, 'counted')],
          [`outputs.${key} (estimated)`, produced(key, 'estimated')],
        ]),
      ),
    };
  };
};
