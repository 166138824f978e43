import type { ActivityFigures } from '../views/projection.ts';
import { activityMeasures } from './children.ts';
import type { Child, Revised } from './documents.ts';
import type { Key } from './layout.ts';

/** What an activity's item keeps of one of its sheets, at this version of the sheet. */
export interface SheetOfActivity {
  readonly version: number;
  /** Whether anybody's time on it is verified. */
  readonly anybody: boolean;
}

/** An activity's newest snapshot, its sheets, and where it ever counted. */
export interface ActivityItem extends Revised {
  /** The activity's version; 0 while only a sheet has named it. */
  readonly version: number;
  readonly asOf: string;
  readonly figures: ActivityFigures | null;
  /** By date and number: `2025-10-18~1`. */
  readonly sheets: ReadonlyMap<string, SheetOfActivity>;
  /** Every month and area it ever had: `2025-10#hongqi-01`. */
  readonly places: readonly string[];
  /** Every partner it ever had. */
  readonly partnerIds: readonly string[];
  /** The revision whose children and partners are written. The newest one when nothing is left to do. */
  readonly settled: number;
}

type Item = Readonly<Record<string, unknown>>;

export const activityItemOf = (key: Key, item: Item | undefined): ActivityItem => {
  if (!item)
    return {
      ...key,
      rev: 0,
      version: 0,
      asOf: '',
      figures: null,
      sheets: new Map(),
      places: [],
      partnerIds: [],
      settled: 0,
    };
  const sheets = Object.entries(item.s as Record<string, string>).map(([name, packed]) => {
    const [version, anybody] = packed.split(',');
    return [name, { version: Number(version), anybody: anybody === '1' }] as const;
  });
  return {
    ...key,
    rev: item.rev as number,
    version: item.version as number,
    asOf: item.asOf as string,
    figures: (item.a as ActivityFigures | undefined) ?? null,
    sheets: new Map(sheets),
    places: item.places as readonly string[],
    partnerIds: item.partners as readonly string[],
    settled: item.settled as number,
  };
};

export const activityItem = (activity: ActivityItem): Item => ({
  pk: activity.pk,
  sk: activity.sk,
  rev: activity.rev,
  version: activity.version,
  asOf: activity.asOf,
  ...(activity.figures ? { a: activity.figures } : {}),
  s: Object.fromEntries(
    [...activity.sheets].map(([name, { version, anybody }]) => [
      name,
      `${version},${anybody ? 1 : 0}`,
    ]),
  ),
  places: activity.places,
  partners: activity.partnerIds,
  settled: activity.settled,
});

/** The name of a sheet within its activity's item. */
export const nameOfSheet = (sheetId: string): string => sheetId.slice(sheetId.indexOf('~') + 1);

export const placeName = (month: string, areaId: string): string => `${month}#${areaId}`;

/** The activity's child at one of the places it ever had: empty where it is no more. */
export const activityChild = (
  { rev, sheets }: ActivityItem,
  figures: ActivityFigures,
  place: string,
): Child => {
  const { month, areaId, theme, organisationId, teamId } = figures;
  const here = place === placeName(month, areaId);
  const anybody = [...sheets.values()].some((sheet) => sheet.anybody);
  return {
    version: rev,
    theme,
    organisationId,
    teamId,
    measures: here ? activityMeasures(figures, anybody) : {},
  };
};
