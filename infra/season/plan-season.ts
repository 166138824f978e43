import {
  communities,
  type OrganisationKey,
  type Recipe,
  routineRecipes,
  subdistrict,
  themeRecipes,
} from './town.ts';

/** One entry on a leader's roll, and its later changes. */
export interface PlannedHours {
  /** The volunteer's index in the season's list. */
  readonly volunteer: number;
  readonly attendedMinutes: number;
  readonly creditedMinutes: number;
  readonly fate: 'verified' | 'pending' | 'rejected' | 'corrected' | 'voided';
}

export interface PlannedActivity {
  readonly key: string;
  readonly recipe: Recipe;
  readonly title: string;
  readonly areaId: string;
  readonly organisation: OrganisationKey;
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly fate: 'verified' | 'cancelled' | 'nobody-came' | 'unreported';
  readonly roll: readonly PlannedHours[];
  readonly outcome: {
    readonly beneficiaries: { readonly count: number; readonly basis: 'counted' | 'estimated' };
    readonly outputs: Readonly<Record<string, number>>;
  };
}

export interface PlannedVolunteer {
  readonly areaId: string;
  readonly tags: readonly string[];
  readonly day: string;
}

export interface Season {
  readonly year: number;
  readonly volunteers: readonly PlannedVolunteer[];
  readonly activities: readonly PlannedActivity[];
}

/** mulberry32, so that a year gives the same season on every machine. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** The Saturdays of a month. Most activities are held on Saturdays. */
const saturdays = (year: number, month: number): readonly string[] =>
  Array.from({ length: 31 }, (_, index) => new Date(Date.UTC(year, month - 1, index + 1)))
    .filter((date) => date.getUTCMonth() === month - 1 && date.getUTCDay() === 6)
    .map((date) => date.toISOString().slice(0, 10));

/** Adds days to a local date. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const volunteerCount = 132;

/**
 * A subdistrict's year, scaled down to about a hundred activities and seven hundred entries: a theme for
 * each month and routine services. Most entries are verified.
 */
export const planSeason = (year: number): Season => {
  const random = randomFrom(year);
  const between = (low: number, high: number): number =>
    low + Math.floor(random() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => items[between(0, items.length - 1)] as T;

  const volunteers = Array.from({ length: volunteerCount }, (_, index): PlannedVolunteer => {
    // Two thirds register when the year begins; the others during the year, most in September.
    const month = index < 88 ? 3 : index < 112 ? 9 : between(4, 11);
    return {
      areaId: communities[index % communities.length]?.id ?? subdistrict.id,
      tags: [
        ...(random() < 0.35 ? ['party-member'] : []),
        ...(random() < 0.25 ? ['youth'] : []),
        ...(random() < 0.04 ? ['role-model'] : []),
      ],
      day: `${year}-${pad(month)}-${pad(month === 3 ? between(1, 4) : between(1, 25))}`,
    };
  });

  const hoursOf = (volunteer: number): PlannedHours => {
    const creditedMinutes = between(110, 245);
    const draw = random();
    return {
      volunteer,
      attendedMinutes: creditedMinutes + between(0, 25),
      creditedMinutes,
      fate:
        draw < 0.88
          ? 'verified'
          : draw < 0.92
            ? 'corrected'
            : draw < 0.95
              ? 'rejected'
              : draw < 0.97
                ? 'voided'
                : 'pending',
    };
  };

  const rollOf = (areaId: string, day: string, size: number): readonly PlannedHours[] => {
    const there = volunteers.flatMap((volunteer, index) =>
      volunteer.day < day && (areaId === subdistrict.id || volunteer.areaId === areaId)
        ? [index]
        : [],
    );
    const chosen = new Set<number>();
    for (let tries = 0; chosen.size < size && tries < size * 4; tries += 1) chosen.add(pick(there));
    return [...chosen].map(hoursOf);
  };

  const activityOf = (recipe: Recipe, month: number, place: number): PlannedActivity => {
    const community = recipe.once ? undefined : communities[place % communities.length];
    const areaId = community?.id ?? subdistrict.id;
    // The year is launched on 5 March, and nothing is held before that day.
    const launch = `${year}-03-05`;
    const day =
      recipe.theme === 'LAUNCH'
        ? launch
        : pick(saturdays(year, month).filter((saturday) => saturday > launch));
    const draw = random();
    const fate =
      recipe.once || draw > 0.06
        ? 'verified'
        : draw < 0.02
          ? 'cancelled'
          : draw < 0.035
            ? 'nobody-came'
            : 'unreported';
    const [low, high] = recipe.beneficiaries;
    return {
      key: `${recipe.theme}-${pad(month)}-${areaId}`,
      recipe,
      title: `${community?.name ?? subdistrict.name}${recipe.title}`,
      areaId,
      organisation: (community?.id ?? 'office') as OrganisationKey,
      day,
      fate,
      roll:
        fate === 'cancelled' || fate === 'nobody-came'
          ? []
          : rollOf(areaId, day, recipe.once ? 20 : between(5, 9)),
      outcome: {
        beneficiaries: {
          count: fate === 'nobody-came' ? 0 : between(low, high),
          basis: random() < 0.7 ? 'counted' : 'estimated',
        },
        outputs: Object.fromEntries(
          Object.entries(recipe.outputs).map(([key, [least, most]]) => [
            key,
            fate === 'nobody-came' ? 0 : between(least, most),
          ]),
        ),
      },
    };
  };

  const activities = Object.entries(themeRecipes).flatMap(([name, recipe]) => {
    const month = Number(name);
    const ofTheme = recipe.once ? 1 : communities.length;
    return [
      ...Array.from({ length: ofTheme }, (_, place) => activityOf(recipe, month, place)),
      ...routineRecipes.flatMap((routine, index) => [
        activityOf(routine, month, month + index),
        activityOf(routine, month, month + index + 3),
      ]),
    ];
  });
  return { year, volunteers, activities };
};
