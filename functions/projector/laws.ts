import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import type { Membership } from '../../events/teams.ts';
import type { Key } from '../figures/layout.ts';
import { dayMs } from '../runtime/calendar.ts';
import {
  activityPartition,
  areaRows,
  chunkName,
  importPartition,
  organisationRows,
  teamRows,
  volunteerPartition,
} from '../views/keys.ts';

/** A row of the Views, without its key. */
export type Row = Readonly<Record<string, unknown>>;
export type RowAt = (key: Key) => Row | undefined;
type Report = (found: string) => void;

/**
 * A rule that holds between aggregates, in whatever order events came, once all subscribers are done.
 * It sees one aggregate, and the rows of those that it names. So a part of the Ledger can be checked.
 */
export interface Law {
  readonly name: string;
  /** The rows of the Views that it needs for the newest event of an aggregate. */
  readonly needs: (event: DomainEvent) => readonly Key[];
  /** @param at epoch milliseconds of the check */
  readonly check: (event: DomainEvent, row: RowAt, report: Report, at: number) => void;
}

/** The unsealed attributes of an item of People. */
export interface PeopleItem {
  readonly pk: string;
  readonly sk: string;
  /** The kind of a notice. */
  readonly kind?: string;
  /** The record that a link or a calendar leads to. */
  readonly volunteerId?: string;
}

/** A law about an item of People. */
export interface PeopleLaw {
  readonly name: string;
  readonly needs: (item: PeopleItem) => readonly Key[];
  readonly check: (item: PeopleItem, row: RowAt, report: Report) => void;
}

const volunteerRow = (id: string): Key => ({ pk: volunteerPartition(id), sk: 'volunteer' });
const statusOf = (row: RowAt, volunteerId: string): string | undefined =>
  row(volunteerRow(volunteerId))?.status as string | undefined;

const isOpen = ({ status }: Membership): boolean => status === 'joined' || status === 'invited';

/** Who stands in a team by this event, and as what. */
const standingIn = ({ data }: DomainEvent): readonly (readonly [id: string, as: string])[] => {
  if ('membership' in data && isOpen(data.membership))
    return [[data.membership.volunteerId, data.membership.status]];
  if ('team' in data && data.team.status === 'active' && data.team.leaderId !== null)
    return [[data.team.leaderId, 'leader']];
  return [];
};

/** A volunteer who is merged, erased or deactivated has no membership or invitation and leads no team. */
const teams: Law = {
  name: 'teams-of-active-volunteers-only',
  needs: (event) => standingIn(event).map(([id]) => volunteerRow(id)),
  check: (event, row, report) => {
    for (const [id, as] of standingIn(event)) {
      const status = statusOf(row, id);
      if (status !== undefined && status !== 'active')
        report(`volunteer#${id} is ${status} and ${as}`);
    }
  },
};

/** No certificate says that it is good whose person is gone, or whose record was merged. */
const certificates: Law = {
  name: 'good-certificates-of-present-persons',
  needs: ({ data }) =>
    'certificate' in data && data.certificate.status === 'issued'
      ? [volunteerRow(data.certificate.volunteerId)]
      : [],
  check: ({ data }, row, report) => {
    if (!('certificate' in data) || data.certificate.status !== 'issued') return;
    const { volunteerId } = data.certificate;
    const status = statusOf(row, volunteerId);
    if (status === 'erased' || status === 'merged') report(`volunteer#${volunteerId} is ${status}`);
  },
};

/** Whether an event says that somebody has a star which nobody has to look at. */
const isPlainStar = ({ data }: DomainEvent): boolean =>
  'star' in data && data.star.status === 'granted' && data.star.review === null;

/** No granted star is of somebody who is gone, or of a merged record, unless it is under review. */
const stars: Law = {
  name: 'granted-stars-of-present-persons',
  needs: (event) =>
    'star' in event.data && isPlainStar(event) ? [volunteerRow(event.data.star.volunteerId)] : [],
  check: (event, row, report) => {
    if (!('star' in event.data) || !isPlainStar(event)) return;
    const { volunteerId } = event.data.star;
    const status = statusOf(row, volunteerId);
    if (status === 'erased' || status === 'merged') report(`volunteer#${volunteerId} is ${status}`);
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
  if ('sums' in data) {
    const { activityId, organisationId, teamId, areaId } = data.place;
    return [
      ...some('activity', activityId),
      ...some('organisation', organisationId),
      ...some('team', teamId),
      ...some('area', areaId),
      ...some('volunteer', ...data.entries.map(({ volunteerId }) => volunteerId)),
    ];
  }
  if ('certificate' in data) {
    const { volunteerId, issuerId } = data.certificate;
    return [...some('volunteer', volunteerId), ...some('organisation', issuerId)];
  }
  if ('star' in data) {
    const { volunteerId, areaId, organisationId } = data.star;
    return [
      ...some('volunteer', volunteerId),
      ...some('area', areaId),
      ...some('organisation', organisationId),
    ];
  }
  if ('entry' in data) {
    const { volunteerId, organisationId } = data.entry;
    return [...some('volunteer', volunteerId), ...some('organisation', organisationId)];
  }
  return [];
};

/** The row of an aggregate that can be named. */
const rowOfNamed = (name: string): Key => {
  const [type, id = ''] = name.split('#');
  const rows: Readonly<Record<string, Key>> = {
    area: { pk: areaRows, sk: id },
    organisation: { pk: organisationRows, sk: id },
    team: { pk: teamRows, sk: id },
    volunteer: volunteerRow(id),
    import: { pk: importPartition(id), sk: 'import' },
    activity: { pk: activityPartition(id), sk: 'activity' },
  };
  const key = rows[type ?? ''];
  if (!key) throw new Error(`nothing names ${name}`);
  return key;
};

/** Every referenced aggregate exists. */
const references: Law = {
  name: 'references-lead-somewhere',
  needs: (event) => namedBy(event).map(rowOfNamed),
  check: (event, row, report) => {
    for (const name of namedBy(event))
      if (!row(rowOfNamed(name))) report(`names ${name}, which is not there`);
  },
};

const flaggedFor = ({ data }: DomainEvent): readonly string[] =>
  'volunteer' in data && !['erased', 'merged'].includes(data.volunteer.status)
    ? data.volunteer.possibleDuplicates
    : [];

/** No record is flagged as a possible duplicate of one that was erased or merged. */
const flags: Law = {
  name: 'flags-name-present-records',
  needs: (event) => flaggedFor(event).map(volunteerRow),
  check: (event, row, report) => {
    for (const id of flaggedFor(event))
      if (['erased', 'merged'].includes(statusOf(row, id) ?? ''))
        report(`is flagged for volunteer#${id}, which is gone`);
  },
};

/** An event of a sheet names each person once. */
const lines: Law = {
  name: 'nobody-stands-on-a-sheet-twice',
  needs: () => [],
  check: ({ data }, _, report) => {
    if (!('sums' in data)) return;
    const seen = new Set<string>();
    for (const { volunteerId } of entriesOf(data)) {
      if (seen.has(volunteerId)) report(`names volunteer#${volunteerId} twice`);
      seen.add(volunteerId);
    }
  },
};

const chunksOfImport = ({ data, aggregate }: DomainEvent): readonly Key[] =>
  'import' in data
    ? Array.from({ length: data.import.chunks }, (_, at) => ({
        pk: importPartition(aggregate.id),
        sk: chunkName(at + 1),
      }))
    : [];

/** An accepted import is registered to its end within a day. */
const imports: Law = {
  name: 'imports-end',
  needs: chunksOfImport,
  check: (event, row, report, at) => {
    const chunks = chunksOfImport(event);
    const done = chunks.filter((key) => row(key)).length;
    if (done < chunks.length && Date.parse(event.recordedAt) < at - dayMs)
      report(`${done} of ${chunks.length} chunks are registered after a day`);
  },
};

/** All laws about aggregates. */
export const laws: readonly Law[] = [teams, certificates, stars, references, flags, lines, imports];

/** The rows of a list that an event registered: they wait no more. */
export const registeredBy = ({ data }: DomainEvent): readonly string[] =>
  'chunk' in data ? [`import#${data.chunk.rowsId}|${chunkName(data.chunk.number)}`] : [];

/** The record that an item of People is of, or leads to. */
const recordOf = ({ pk, volunteerId }: PeopleItem): string | undefined => {
  const [type, id] = pk.split('#');
  if (type === 'person') return id;
  return ['self', 'calendar', 'proof'].includes(type ?? '') ? volunteerId : undefined;
};
const needsRecord = (item: PeopleItem): readonly Key[] => {
  const id = recordOf(item);
  return id === undefined ? [] : [volunteerRow(id)];
};

/** Every sealed record belongs to a volunteer. */
const owners: PeopleLaw = {
  name: 'records-are-of-volunteers',
  needs: needsRecord,
  check: (item, row, report) => {
    const id = recordOf(item);
    if (item.pk.startsWith('person#') && id !== undefined && !row(volunteerRow(id)))
      report('is of nobody');
  },
};

/** People holds no record, link, calendar, salt, approval or notice of an erased person, except that they were erased. */
const erasure: PeopleLaw = {
  name: 'nothing-of-the-erased',
  needs: needsRecord,
  check: (item, row, report) => {
    const id = recordOf(item);
    if (id === undefined || statusOf(row, id) !== 'erased') return;
    // The log of who read the record stays: it names staff and records acts before the erasure.
    const stays = item.kind === 'erased' || item.sk.startsWith('access#');
    if (!item.pk.startsWith('person#')) report('leads to a record that was erased');
    else if (!stays) report('is kept of somebody who was erased');
  },
};

export const peopleLaws: readonly PeopleLaw[] = [owners, erasure];

/** The law that `registeredBy` is of. */
export const waitingRows = 'no-registered-rows-wait';
