import type { AggregateType, DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { sumsIn } from '../../events/participation.ts';
import { toShow } from '../../events/sheet-sums.ts';

/** What anybody who gets an event is told, and by what it is filtered. */
export interface PublicPart {
  /** The area that it is about; null when it is about none. */
  readonly areaId: string | null;
  /** The areas that contain it, nearest first, when the event says them. */
  readonly areasAbove?: readonly string[];
  readonly theme: string | null;
  readonly organisationId: string | null;
  /** Codes, dates, ids of things and whole numbers. No free text, and no id of a person. */
  readonly figures: Readonly<Record<string, string | number | null>>;
}

/** Of no area, theme or organisation: only a webhook without filters gets it. */
const nowhere = { areaId: null, theme: null, organisationId: null };

type Parts = {
  readonly [A in AggregateType]: {
    /** Whether its id names a person, or a person in something: then a thin event has a pseudonym. */
    readonly isPersons: boolean;
    readonly part: (event: DomainEvent<EventTypeOf<A>>) => PublicPart;
  };
};

/** Public figures by aggregate. An aggregate that is missing does not compile. */
const parts: Parts = {
  campaign: {
    isPersons: false,
    part: ({ data: { campaign } }) => ({
      ...nowhere,
      figures: {
        ...{ year: campaign.year, status: campaign.status },
        ...{ themes: campaign.themes.length, routines: campaign.routines.length },
      },
    }),
  },
  report: {
    isPersons: false,
    part: ({ data: { report } }) => ({ ...nowhere, figures: { year: report.year } }),
  },
  area: {
    isPersons: false,
    part: ({ data: { area } }) => ({
      ...nowhere,
      areaId: area.id,
      figures: { kind: area.kind, parentId: area.parentId },
    }),
  },
  organisation: {
    isPersons: false,
    part: ({ data: { organisation } }) => ({
      ...nowhere,
      areaId: organisation.areaId,
      organisationId: organisation.id,
      figures: { kind: organisation.kind },
    }),
  },
  activity: {
    isPersons: false,
    part: ({ data: { activity } }) => ({
      areaId: activity.areaId,
      areasAbove: activity.areasAbove,
      theme: activity.theme,
      organisationId: activity.organisationId,
      figures: {
        ...{ status: activity.status, startsOn: activity.startsOn, endsOn: activity.endsOn },
        ...{ teamId: activity.teamId, partners: activity.partnerIds.length },
      },
    }),
  },
  sheet: {
    isPersons: false,
    part: ({ data }) => ({
      areaId: data.place.areaId,
      areasAbove: data.place.areasAbove,
      theme: data.place.theme,
      organisationId: data.place.organisationId,
      figures: {
        ...{ activityId: data.place.activityId, serviceDate: data.place.serviceDate },
        ...{ teamId: data.place.teamId, changedEntries: data.entries.length },
        ...toShow(sumsIn(data)),
      },
    }),
  },
  'overdue-records': {
    isPersons: false,
    part: ({ data: { overdue } }) => ({
      ...nowhere,
      areaId: overdue.areaId,
      organisationId: overdue.organisationId,
      figures: {
        ...{ on: overdue.on, lines: overdue.lines, sheets: overdue.sheets, oldest: overdue.oldest },
      },
    }),
  },
  volunteer: {
    isPersons: true,
    part: ({ data: { volunteer } }) => ({
      ...nowhere,
      areaId: volunteer.areaId,
      figures: { status: volunteer.status, registeredOn: volunteer.registeredOn },
    }),
  },
  team: {
    isPersons: false,
    part: ({ data: { team } }) => ({
      ...nowhere,
      areaId: team.areaId,
      organisationId: team.organisationId,
      figures: { status: team.status, specialty: team.specialty, formedOn: team.formedOn },
    }),
  },
  membership: {
    isPersons: true,
    part: ({ data: { membership } }) => ({
      ...nowhere,
      figures: { teamId: membership.teamId, status: membership.status },
    }),
  },
  'record-entry': {
    isPersons: true,
    part: ({ data: { entry } }) => ({
      ...nowhere,
      organisationId: entry.organisationId,
      figures: { kind: entry.kind, status: entry.status, date: entry.date },
    }),
  },
  certificate: {
    isPersons: true,
    part: ({ data: { certificate } }) => ({
      ...nowhere,
      organisationId: certificate.issuerId,
      figures: { status: certificate.status, issuedOn: certificate.issuedOn },
    }),
  },
  star: {
    isPersons: true,
    part: ({ data: { star } }) => ({
      ...nowhere,
      areaId: star.areaId,
      organisationId: star.organisationId,
      figures: {
        ...{ status: star.status, level: star.level, grantedOn: star.grantedOn },
        review: star.review?.cause ?? null,
      },
    }),
  },
  import: {
    isPersons: false,
    part: ({ data: { import: list } }) => ({
      ...nowhere,
      figures: { rows: list.rows, accepted: list.accepted, refused: list.refused },
    }),
  },
  'import-chunk': {
    isPersons: false,
    part: ({ data: { chunk } }) => ({
      ...nowhere,
      figures: { importId: chunk.importId, number: chunk.number, chunks: chunk.chunks },
    }),
  },
  'inbound-partner': {
    isPersons: false,
    part: ({ data: { partner } }) => ({
      ...nowhere,
      organisationId: partner.organisationId,
      figures: { status: partner.status, itemsPerDay: partner.itemsPerDay },
    }),
  },
  'inbound-batch': {
    isPersons: false,
    part: ({ data: { batch } }) => ({ ...nowhere, figures: { ...batch } }),
  },
  period: {
    isPersons: false,
    part: ({ data: { period } }) => ({
      ...nowhere,
      figures: {
        ...{ period: period.period, status: period.status },
        ...{ root: period.closed?.root ?? null, leafCount: period.closed?.leafCount ?? null },
        ...Object.fromEntries(
          (period.closed?.figures ?? []).flatMap(({ metric, areaId, theme, value }) =>
            areaId === null && theme === null ? [[metric, value]] : [],
          ),
        ),
      },
    }),
  },
  restatement: {
    isPersons: false,
    part: ({ data: { restatement } }) => ({
      ...nowhere,
      figures: {
        ...{ closedPeriod: restatement.closedPeriod, madeOn: restatement.madeOn },
        ...{ cause: restatement.cause.type, changes: restatement.changes.length },
      },
    }),
  },
  story: {
    isPersons: false,
    part: ({ data: { story } }) => ({
      areaId: story.areaId,
      theme: story.theme,
      organisationId: story.organisationId,
      figures: {
        ...{ kind: story.kind, status: story.status, publishedOn: story.published?.on ?? null },
        ...{ corrections: story.published?.corrections ?? null, channels: story.channels.length },
        noticeUntil: story.published?.noticeUntil ?? null,
        confirmedOn: story.published?.confirmedOn ?? null,
      },
    }),
  },
  complaint: {
    isPersons: false,
    part: ({ data: { complaint } }) => ({
      ...nowhere,
      areaId: complaint.areaId,
      figures: {
        ...{ status: complaint.status, receivedOn: complaint.receivedOn, dueOn: complaint.dueOn },
      },
    }),
  },
  webhook: {
    isPersons: false,
    part: ({ data: { webhook } }) => ({ ...nowhere, figures: { status: webhook.status } }),
  },
};

const ofType = ({ aggregate }: Pick<DomainEvent, 'aggregate'>): Parts['area'] =>
  parts[aggregate.type as AggregateType] as unknown as Parts['area'];

export const publicPartOf = (event: DomainEvent): PublicPart =>
  ofType(event).part(event as DomainEvent<'AreaDefined'>);

/** Whether the aggregate's id names a person. */
export const isOfPerson = (event: Pick<DomainEvent, 'aggregate'>): boolean =>
  ofType(event).isPersons;
