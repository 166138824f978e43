import type { DomainEvent } from '../../events/catalogue.ts';
import type { Membership } from '../../events/teams.ts';
import { chunkName, membershipRows } from '../views/keys.ts';

/** A breach of a law. It contains ids only, no personal data. */
export interface Breach {
  readonly law: string;
  /** What breaks the law: `<type>#<id>`, or the key of a row or an item. */
  readonly of: string;
  readonly found: string;
}

/** A row of the Views; `pk` is without the generation. */
export interface ViewRow {
  readonly pk: string;
  readonly sk: string;
  readonly row: unknown;
}

/** The unsealed attributes of an item of People. */
export interface PeopleItem {
  readonly pk: string;
  readonly sk: string;
  /** The kind of a notice. */
  readonly kind?: string;
  /** The record that a link leads to. */
  readonly volunteerId?: string;
}

type Report = (of: string, found: string) => void;

/** A law reads the Ledger first, then the Views, then People, each in any order. */
interface Reading {
  /** Called with the newest event of each aggregate that shows anything in the Views. */
  readonly event: (event: DomainEvent) => void;
  /** Called after the Ledger was read. */
  readonly ledgerRead?: () => void;
  readonly row?: (row: ViewRow) => void;
  /** Called after the Views were read. */
  readonly viewsRead?: () => void;
  readonly item?: (item: PeopleItem) => void;
}

/** A rule that holds between aggregates, in whatever order events came, once all subscribers are done. */
export interface Law {
  readonly name: string;
  /** Prefixes of the partitions whose rows it reads. */
  readonly rows?: readonly string[];
  /** It may keep some bytes in memory for each person, but none for each entry. */
  readonly begin: (report: Report) => Reading;
}

const nameOf = ({ aggregate: { type, id } }: DomainEvent): string => `${type}#${id}`;

const isOpen = ({ status }: Membership): boolean => status === 'joined' || status === 'invited';

/** A volunteer who is merged, erased or deactivated has no membership or invitation and leads no team. */
const teams: Law = {
  name: 'teams-of-active-volunteers-only',
  rows: [membershipRows('')],
  begin: (report) => {
    const inactive = new Map<string, string>();
    const standing: { of: string; volunteerId: string; as: string }[] = [];
    return {
      event: (event) => {
        const { data, aggregate } = event;
        if ('volunteer' in data && data.volunteer.status !== 'active')
          inactive.set(aggregate.id, data.volunteer.status);
        if ('membership' in data && isOpen(data.membership)) {
          const { volunteerId, status } = data.membership;
          standing.push({ of: nameOf(event), volunteerId, as: status });
        }
        if ('team' in data && data.team.status === 'active' && data.team.leaderId !== null)
          standing.push({ of: nameOf(event), volunteerId: data.team.leaderId, as: 'leader' });
      },
      ledgerRead: () => {
        for (const { of, volunteerId, as } of standing) {
          const status = inactive.get(volunteerId);
          if (status) report(of, `volunteer#${volunteerId} is ${status} and ${as}`);
        }
      },
      row: ({ pk, sk, row }) => {
        const membership = row as Membership;
        const status = inactive.get(membership.volunteerId);
        if (status && isOpen(membership))
          report(`${pk}|${sk}`, `is ${membership.status}, and the volunteer ${status}`);
      },
    };
  },
};

/** Every open membership of the Ledger has its row, by which it is found when its member leaves. */
const members: Law = {
  name: 'open-memberships-have-rows',
  rows: [membershipRows('')],
  begin: (report) => {
    const missing = new Map<string, string>();
    return {
      event: (event) => {
        const { data } = event;
        if (!('membership' in data) || !isOpen(data.membership)) return;
        const { volunteerId, teamId } = data.membership;
        missing.set(`${membershipRows(volunteerId)}|${teamId}`, nameOf(event));
      },
      row: ({ pk, sk, row }) => {
        if (isOpen(row as Membership)) missing.delete(`${pk}|${sk}`);
      },
      viewsRead: () => {
        for (const [row, name] of missing) report(name, `has no open row ${row}`);
      },
    };
  },
};

/** The aggregates that an event names, as `<type>#<id>`. */
const namedBy = ({ data }: DomainEvent): readonly string[] => {
  const some = (type: string, ...ids: readonly (string | null | undefined)[]) =>
    ids.flatMap((id) => (id ? [`${type}#${id}`] : []));
  if ('area' in data) return some('area', data.area.parentId);
  if ('organisation' in data) return some('area', data.organisation.areaId);
  if ('activity' in data) {
    const { areaId, organisationId, recordingUnitId, partnerIds } = data.activity;
    const organisations = some('organisation', organisationId, recordingUnitId, ...partnerIds);
    return [...some('area', areaId), ...organisations];
  }
  if ('volunteer' in data) {
    const { areaId, mergedInto, mergedFrom } = data.volunteer;
    const others = some('volunteer', mergedInto, ...mergedFrom.map(({ id }) => id));
    return [...some('area', areaId), ...others];
  }
  if ('team' in data) {
    const { areaId, organisationId, leaderId } = data.team;
    return [
      ...some('area', areaId),
      ...some('organisation', organisationId),
      ...some('volunteer', leaderId),
    ];
  }
  if ('membership' in data) {
    const { teamId, volunteerId } = data.membership;
    return [...some('team', teamId), ...some('volunteer', volunteerId)];
  }
  if ('chunk' in data) {
    const { importId, rows } = data.chunk;
    // `number-of-another` means that nobody was registered for the row.
    const volunteers = rows
      .filter(({ outcome }) => outcome !== 'number-of-another')
      .map(({ volunteerId }) => volunteerId);
    return [...some('import', importId), ...some('volunteer', ...volunteers)];
  }
  if ('entry' in data) {
    const { volunteerId, organisationId } = data.entry;
    return [...some('volunteer', volunteerId), ...some('organisation', organisationId)];
  }
  return [];
};

/** The types that other aggregates refer to. There are few of these; the many entries are not kept. */
const nameable = new Set(['area', 'organisation', 'volunteer', 'team', 'import']);

/** Every referenced aggregate exists, and every sealed record belongs to a volunteer. */
const references: Law = {
  name: 'references-lead-somewhere',
  begin: (report) => {
    const known = new Set<string>();
    const missing = new Map<string, string>();
    return {
      event: (event) => {
        const name = nameOf(event);
        if (nameable.has(event.aggregate.type)) {
          known.add(name);
          missing.delete(name);
        }
        for (const other of namedBy(event))
          if (!known.has(other) && !missing.has(other)) missing.set(other, name);
      },
      ledgerRead: () => {
        for (const [other, name] of missing) report(name, `names ${other}, which is not there`);
      },
      item: ({ pk, sk }) => {
        const [type, id] = pk.split('#');
        if (type === 'person' && !known.has(`volunteer#${id}`))
          report(`${pk}|${sk}`, 'is of nobody in the Ledger');
      },
    };
  },
};

/** People holds no record, link, approval or notice of an erased person, except that they were erased. */
const erasure: Law = {
  name: 'nothing-of-the-erased',
  begin: (report) => {
    const erased = new Set<string>();
    return {
      event: ({ data, aggregate }) => {
        if ('volunteer' in data && data.volunteer.status === 'erased') erased.add(aggregate.id);
      },
      item: ({ pk, sk, kind, volunteerId }) => {
        const [type, id = ''] = pk.split('#');
        // The log of who read the record stays: it names staff and records acts before the erasure.
        const stays = kind === 'erased' || sk.startsWith('access#');
        if (type === 'person' && erased.has(id) && !stays)
          report(`${pk}|${sk}`, 'is kept of somebody who was erased');
        if (type === 'self' && volunteerId !== undefined && erased.has(volunteerId))
          report(`${pk}|${sk}`, 'leads to a record that was erased');
      },
    };
  },
};

/** No record is flagged as a possible duplicate of one that was erased or merged. */
const flags: Law = {
  name: 'flags-name-present-records',
  begin: (report) => {
    const gone = new Set<string>();
    const flagged: { of: string; id: string }[] = [];
    return {
      event: (event) => {
        if (!('volunteer' in event.data)) return;
        const { status, possibleDuplicates } = event.data.volunteer;
        if (status === 'erased' || status === 'merged') gone.add(event.aggregate.id);
        else for (const id of possibleDuplicates) flagged.push({ of: nameOf(event), id });
      },
      ledgerRead: () => {
        for (const { of, id } of flagged)
          if (gone.has(id)) report(of, `is flagged for volunteer#${id}, which is gone`);
      },
    };
  },
};

const dayMs = 86_400_000;

/** An accepted import is registered to its end, and none of its rows waits after that. */
const imports: Law = {
  name: 'imports-end',
  begin: (report) => {
    const accepted = new Map<string, { chunks: number; recordedAt: string }>();
    const registered = new Map<string, number>();
    const gone = new Set<string>();
    let newest = '';
    return {
      event: ({ data, aggregate, recordedAt }) => {
        if (recordedAt > newest) newest = recordedAt;
        if ('import' in data)
          accepted.set(aggregate.id, { chunks: data.import.chunks, recordedAt });
        if ('chunk' in data) {
          const { importId, rowsId, number } = data.chunk;
          registered.set(importId, (registered.get(importId) ?? 0) + 1);
          gone.add(`import#${rowsId}|${chunkName(number)}`);
        }
      },
      ledgerRead: () => {
        // Time is taken from the newest event, as no clock is read here.
        const before = newest ? new Date(Date.parse(newest) - dayMs).toISOString() : '';
        for (const [id, { chunks, recordedAt }] of accepted) {
          const done = registered.get(id) ?? 0;
          if (done < chunks && recordedAt < before)
            report(`import#${id}`, `${done} of ${chunks} chunks are registered after a day`);
        }
      },
      item: ({ pk, sk }) => {
        if (gone.has(`${pk}|${sk}`)) report(`${pk}|${sk}`, 'waits, and its rows are registered');
      },
    };
  },
};

/** All laws. A law is added here and nowhere else. */
export const laws: readonly Law[] = [teams, members, references, erasure, flags, imports];
