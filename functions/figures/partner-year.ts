import type { ActivityFigures } from '../views/projection.ts';
import type { Presence } from './counts.ts';
import type { Revised } from './documents.ts';
import type { Key } from './layout.ts';
import { longId, namesOf, numberOf, shortId } from './packing.ts';

/** A partner's part in an activity. */
export interface Partnership extends Presence {
  /** The revision of the activity's item. */
  readonly version: number;
  /** False once the activity is not verified any more, or the partner is not named any more. */
  readonly counts: boolean;
}

/** The activities of one year in which an organisation is or was named as partner, by activity. */
export interface PartnerYear extends Revised {
  readonly activities: ReadonlyMap<string, Partnership>;
}

/** A partner's part, in a year, in an activity whose item has this revision. */
export const partnershipOf = (
  version: number,
  { month, areaId, areasAbove, theme, counts, verified, partnerIds }: ActivityFigures,
  partnerId: string,
  year: string,
): Partnership => ({
  version,
  month,
  areaId,
  areasAbove,
  theme,
  counts: counts && verified && partnerIds.includes(partnerId) && month.startsWith(year),
});

type Item = Readonly<Record<string, unknown>>;

export const partnerYearOf = (key: Key, item: Item | undefined): PartnerYear => {
  if (!item) return { ...key, rev: 0, activities: new Map() };
  const names = namesOf(item.names as string[]);
  const nameAt = (number: string | undefined): string => names.all[Number(number)] ?? '';
  const activities = Object.entries(item.c as Record<string, string>).map(([short, packed]) => {
    const [version, month = '', area, theme, counts] = packed.split(',');
    const [areaId = '', ...areasAbove] = nameAt(area).split('>');
    const partnership: Partnership = {
      version: Number(version),
      month,
      areaId,
      areasAbove,
      theme: nameAt(theme),
      counts: counts === '1',
    };
    return [longId(short), partnership] as const;
  });
  return { ...key, rev: item.rev as number, activities: new Map(activities) };
};

export const partnerYearItem = ({ pk, sk, rev, activities }: PartnerYear): Item => {
  const names = namesOf();
  const packed = [...activities].map(([activityId, each]) => [
    shortId(activityId),
    [
      each.version,
      each.month,
      numberOf(names, [each.areaId, ...each.areasAbove].join('>')),
      numberOf(names, each.theme),
      each.counts ? 1 : 0,
    ].join(','),
  ]);
  return { pk, sk, rev, c: Object.fromEntries(packed), names: names.all };
};

export const presencesOfPartner = ({ activities }: PartnerYear): readonly Presence[] =>
  [...activities.values()].filter(({ counts }) => counts);
