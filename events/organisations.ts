import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { areaId, define, text, uuid } from './envelope.ts';

export const area = z
  .object({
    id: areaId,
    kind: z
      .enum(['district', 'subdistrict', 'community'])
      .meta({ id: 'AreaKind', description: 'The level of an area.' }),
    name: text(60),
    parentId: areaId
      .nullable()
      .describe(
        'The area this one was last put in, perhaps from next year on; null for the district itself.',
      ),
    /**
     * The areas this one lies in, year by year: each from 1 January of `fromYear` until the next one
     * begins. The first has `fromYear` 0 and holds for all years before. The last is `parentId`.
     */
    parents: z
      .array(
        z
          .object({
            fromYear: z
              .int()
              .min(0)
              .max(9999)
              .describe('From 1 January of this year; 0 for all years before.'),
            parentId: areaId.nullable(),
          })
          .meta({ id: 'AreaParent', description: 'The area that an area lies in from a year on.' }),
      )
      .min(1),
  })
  .meta({ id: 'AreaState', description: 'An area after an event.' });
export type Area = Readonly<z.infer<typeof area>>;

/** The area that contains an area throughout a calendar year; null for the district itself. */
export const parentIn = ({ parents }: Pick<Area, 'parents'>, year: number): string | null =>
  parents.findLast(({ fromYear }) => fromYear <= year)?.parentId ?? null;

export const organisationKinds = [
  'residents-committee',
  'subdistrict-office',
  'volunteer-organisation',
  'team-host',
  'property-manager',
  'merchant',
  'bus-company',
  'hospital',
  'law-firm',
  'police',
  'fire-brigade',
  'school',
  'company',
  'practice-centre',
] as const;

/** Organisations outside the district administration that take part in its work. */
export const partnerKinds: ReadonlySet<(typeof organisationKinds)[number]> = new Set([
  'property-manager',
  'merchant',
  'bus-company',
  'hospital',
  'law-firm',
  'police',
  'fire-brigade',
  'school',
  'company',
]);

export const organisation = z
  .object({
    id: uuid,
    kind: z
      .enum(organisationKinds)
      .meta({ id: 'OrganisationKind', description: 'What an organisation is.' }),
    name: text(80),
    areaId,
  })
  .meta({ id: 'OrganisationState', description: 'An organisation after an event.' });
export type Organisation = Readonly<z.infer<typeof organisation>>;

export const organisationEvents = {
  AreaDefined: define(aggregates.area, {
    summary: { en: 'An area was defined, renamed or moved', zh: '区域已设定' },
    data: z.object({ area }),
    example: {
      area: {
        id: 'hongqi-01',
        kind: 'community',
        name: '红旗社区',
        parentId: 'hongqi',
        parents: [{ fromYear: 0, parentId: 'hongqi' }],
      },
    },
  }),
  OrganisationRegistered: define(aggregates.organisation, {
    summary: { en: 'An organisation or partner was registered', zh: '组织或共建单位已登记' },
    data: z.object({ organisation }),
    example: {
      organisation: {
        id: '0198c0de-0000-7000-8000-0000000000a1',
        kind: 'residents-committee',
        name: '红旗社区居民委员会',
        areaId: 'hongqi-01',
      },
    },
  }),
  OrganisationRevised: define(aggregates.organisation, {
    summary: { en: 'An organisation’s name, area or kind changed', zh: '组织信息已变更' },
    data: z.object({ organisation }),
    example: {
      organisation: {
        id: '0198c0de-0000-7000-8000-0000000000a1',
        kind: 'residents-committee',
        name: '红旗社区第二居民委员会',
        areaId: 'hongqi-01',
      },
    },
  }),
};
