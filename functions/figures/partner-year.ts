import type { ActivityFigures } from '../views/projection.ts';
import type { Presence } from './counts.ts';
import type { Revised } from './documents.ts';
import type { Key } from './layout.ts';
import {
  areaNamed,
  longId,
  nameReader,
  namesOf,
  numberOf,
  numberOfArea,
  shortId,
} from './packing.ts';

/** A partner's part in an activity. */
export interface Partnership extends Omit<Presence, 'month'> {
  /** The revision of the activity's item. */
  readonly version: number;
  /** False once the activity is not verified any more, was moved, or does not name the partner any more. */
  readonly counts: boolean;
}

/** The activities that were ever in this month and ever named an organisation as partner, by activity. */
export interface PartnerMonth extends Revised {
  readonly activities: ReadonlyMap<string, Partnership>;
}

/** Where a partner takes part in a year: each area and theme of each month once. */
export interface PartnerYear extends Revised {
  readonly presences: readonly Presence[];
}

/** A partner's year, and months of it. */
export interface Partner {
  readonly year: PartnerYear;
  readonly months: readonly PartnerMonth[];
}

/** A partner's part, in a month, in an activity whose item has this revision. */
export const partnershipOf = (
  version: number,
  { areaId, areasAbove, theme, ...activity }: ActivityFigures,
  partnerId: string,
  month: string,
): Partnership => ({
  version,
  areaId,
  areasAbove,
  theme,
  counts:
    activity.counts &&
    activity.verified &&
    activity.partnerIds.includes(partnerId) &&
    activity.month === month,
});

type Item = Readonly<Record<string, unknown>>;

export const partnerMonthOf = (key: Key, item: Item | undefined): PartnerMonth => {
  if (!item) return { ...key, rev: 0, activities: new Map() };
  const nameAt = nameReader(item.names as string[]);
  const activities = Object.entries(item.c as Record<string, string>).map(([short, packed]) => {
    const [version, area, theme, counts] = packed.split(',');
    const partnership: Partnership = {
      version: Number(version),
      ...areaNamed(nameAt(area)),
      theme: nameAt(theme),
      counts: counts === '1',
    };
    return [longId(short), partnership] as const;
  });
  return { ...key, rev: item.rev as number, activities: new Map(activities) };
};

export const partnerMonthItem = ({ pk, sk, rev, activities }: PartnerMonth): Item => {
  const names = namesOf();
  const packed = [...activities].map(([activityId, each]) => [
    shortId(activityId),
    [
      each.version,
      numberOfArea(names, each),
      numberOf(names, each.theme),
      each.counts ? 1 : 0,
    ].join(','),
  ]);
  return { pk, sk, rev, c: Object.fromEntries(packed), names: names.all };
};

export const partnerYearOf = (key: Key, item: Item | undefined): PartnerYear => {
  if (!item) return { ...key, rev: 0, presences: [] };
  const nameAt = nameReader(item.names as string[]);
  const presences = (item.c as readonly string[]).map((packed): Presence => {
    const [month, area, theme] = packed.split(',');
    return { month: `${key.sk}-${month}`, ...areaNamed(nameAt(area)), theme: nameAt(theme) };
  });
  return { ...key, rev: item.rev as number, presences };
};

export const partnerYearItem = ({ pk, sk, rev, presences }: PartnerYear): Item => {
  const names = namesOf();
  const packed = presences.map((each) =>
    [each.month.slice(5), numberOfArea(names, each), numberOf(names, each.theme)].join(','),
  );
  return { pk, sk, rev, c: packed, names: names.all };
};

/** Where a partner takes part in a month: each area and theme once, in one order. */
export const presencesInMonth = ({ sk: month, activities }: PartnerMonth): readonly Presence[] => {
  const places = new Map<string, Presence>();
  for (const { areaId, areasAbove, theme, counts } of activities.values())
    if (counts) places.set(`${areaId}|${theme}`, { month, areaId, areasAbove, theme });
  return [...places.keys()].sort().map((name) => places.get(name) as Presence);
};

/** The year with what these months of it say now, in order of the months. */
export const withMonths = (year: PartnerYear, months: readonly PartnerMonth[]): PartnerYear => {
  const replaced = new Set(months.map(({ sk }) => sk));
  const presences = [
    ...year.presences.filter(({ month }) => !replaced.has(month)),
    ...months.flatMap(presencesInMonth),
  ];
  return { ...year, presences: presences.sort((a, b) => a.month.localeCompare(b.month)) };
};
