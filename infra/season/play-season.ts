import { type Client, inParallel } from './client.ts';
import { closesOf } from './close-months.ts';
import { adminClaims, type Mint, type Organisations } from './found-district.ts';
import { daysAfter, type PlannedActivity, type PlannedHours, type Season } from './plan-season.ts';
import { tellingOf, toldOf } from './tell-season.ts';
import type { OrganisationKey } from './town.ts';

export interface SeasonOptions {
  readonly client: Client;
  readonly mint: Mint;
  readonly organisations: Organisations;
  /** Sets the host's clock; null returns it to real time. */
  readonly setClock: (now: string | null) => Promise<unknown>;
  readonly onProgress: (done: number, all: number) => void;
}

/** A task of one day of the season. */
export interface Step {
  readonly day: string;
  readonly run: () => Promise<unknown>;
}

/** Concurrent commands, as from a few offices that work at the same time. */
const width = 6;

/**
 * Plays a season day by day, only through the API, as organisers, verifiers and the district's own staff
 * would. Every command has a fixed Idempotency-Key, so an interrupted season can be played again and
 * continues where it stopped. December and the year are left to be closed by hand.
 */
export const playSeason = async (season: Season, options: SeasonOptions): Promise<void> => {
  const { client, mint, organisations, setClock, onProgress } = options;
  const idOf = (key: OrganisationKey): string => organisations.get(key) ?? '';
  const organiserOf = new Map<string, string>();
  for (const { organisation } of season.activities)
    if (!organiserOf.has(organisation))
      organiserOf.set(
        organisation,
        await mint({
          sub: `organiser-${organisation}`,
          role: 'organiser',
          organisation: idOf(organisation),
        }),
      );
  const verifier = await mint({
    sub: 'verifier-1',
    role: 'verifier',
    organisation: idOf('federation'),
  });

  const admin = await mint(adminClaims);
  const keyed = (name: string): string => `season-${season.year}-${name}`;
  // One roll's mistakes are found after its month was closed, so the month is restated.
  const foundLate = season.activities.find(({ roll }) =>
    roll.some(({ fate }) => fate === 'corrected'),
  );
  // One objection of December waits for an answer, so that there is something to see before its close.
  const objectedTo = season.activities.findLast(
    ({ day, roll }) =>
      day.startsWith(`${season.year}-12`) && roll.some(({ fate }) => fate === 'verified'),
  );
  const told = toldOf(season, foundLate);
  const volunteers: string[] = [];
  const activities = new Map<string, string>();

  const selfOf = (volunteer: number): Promise<string> =>
    mint({ sub: keyed(`volunteer-${volunteer}`), role: 'volunteer' });

  const registrations = season.volunteers.map(({ day, areaId, tags }, index): Step => {
    const key = keyed(`volunteer-${index}`);
    return {
      day,
      run: async () => {
        const self = await selfOf(index);
        const name = told.names.get(index);
        const person = name === undefined ? {} : { person: { name } };
        const body = { areaId, tags, consentVersion: `${season.year}-1`, ...person };
        const { id } = await client.post<{ id: string }>('/volunteers', self, key, body);
        volunteers[index] = id;
      },
    };
  });

  const stepsOf = (activity: PlannedActivity): readonly Step[] => {
    const { key, recipe, day, fate, roll, outcome, areaId } = activity;
    const organiser = organiserOf.get(activity.organisation) ?? '';
    const path = (): string => `/activities/${activities.get(key)}`;
    const publish = async () => {
      const { id } = await client.post<{ id: string }>('/activities', organiser, keyed(key), {
        title: activity.title,
        content: recipe.content,
        theme: recipe.theme,
        areaId,
        organisationId: idOf(activity.organisation),
        partnerIds: recipe.partners.map(idOf),
        startsOn: day,
        endsOn: day,
        risk: { level: 'ordinary', notice: '请注意交通和防暑防寒' },
      });
      activities.set(key, id);
    };
    let sheet = '';
    const log = async () => {
      const { id } = await client.post<{ id: string }>(
        `${path()}/sheets/${day}/entries`,
        organiser,
        keyed(`${key}-roll`),
        {
          entries: roll.map(({ volunteer, attendedMinutes, creditedMinutes }) => ({
            volunteerId: volunteers[volunteer],
            attendedMinutes,
            creditedMinutes,
            origin: 'leader-roll',
          })),
        },
      );
      sheet = id;
    };
    const of = (...fates: readonly PlannedHours['fate'][]) =>
      roll.filter(({ fate: each }) => fates.includes(each));
    const idsOf = (lines: readonly PlannedHours[]) =>
      lines.map(({ volunteer }) => volunteers[volunteer]);
    const change = async (
      action: string,
      name: string,
      token: string,
      lines: readonly PlannedHours[],
      body: object = {},
    ) => {
      if (lines.length === 0) return;
      const named = { entries: idsOf(lines), ...body };
      await client.post(`/sheets/${sheet}/${action}`, token, keyed(`${key}-${name}`), named);
    };
    /** The verifier goes through the roll once. */
    const settle = async () => {
      await change('reject', 'reject', verifier, of('rejected'), { reason: '与签到表不符' });
      const waiting = of('pending');
      await client.post(`/sheets/${sheet}/verify`, verifier, keyed(`${key}-verify-roll`), {
        entries: waiting.length > 0 ? { allBut: idsOf(waiting) } : 'all',
      });
      await change('void', 'void', organiser, of('voided'), { reason: '重复录入' });
      if (activity !== foundLate) await putRight();
    };
    /** What was wrong is put right, and verified again. */
    const putRight = async () => {
      const wrong = of('corrected');
      await change('correct', 'correct', organiser, wrong, {
        entries: wrong.map(({ volunteer, attendedMinutes, creditedMinutes }) => ({
          volunteerId: volunteers[volunteer],
          attendedMinutes,
          creditedMinutes: creditedMinutes - 20,
        })),
        reason: '扣除休息时间',
      });
      await change('verify', 'verify-again', verifier, wrong);
    };
    const post = (action: string, token: string, body?: object) => () =>
      client.post(`${path()}/${action}`, token, keyed(`${key}-${action}`), body);

    /** A volunteer says that more was served; nobody has answered when the season ends. */
    const object = async () => {
      const { volunteer = 0 } = of('verified')[0] ?? {};
      const self = await selfOf(volunteer);
      await client.post(`/sheets/${sheet}/object`, self, keyed(`${key}-object`), {
        entries: [volunteers[volunteer]],
        reason: '少记了收拾场地的时间',
      });
    };
    const steps: Step[] = [{ day: daysAfter(day, -9), run: publish }];
    if (fate === 'cancelled')
      return [
        ...steps,
        { day: daysAfter(day, -1), run: post('cancel', organiser, { reason: '天气预警' }) },
      ];
    if (roll.length > 0)
      steps.push({ day: daysAfter(day, 1), run: log }, { day: daysAfter(day, 4), run: settle });
    if (activity === objectedTo) steps.push({ day: daysAfter(day, 5), run: object });
    if (activity === foundLate) steps.push({ day: `${season.year}-12-12`, run: putRight });
    if (fate !== 'unreported')
      steps.push(
        { day: daysAfter(day, 2), run: post('complete', organiser, outcome) },
        { day: daysAfter(day, 6), run: post('verify', verifier) },
      );
    return steps;
  };

  const steps = [
    ...registrations,
    ...season.activities.flatMap(stepsOf),
    ...closesOf(season.year, { client, admin }),
    ...tellingOf(season, told, {
      ...{ client, admin, verifier, idOf, keyed },
      organiserOf: (organisation) => organiserOf.get(organisation) ?? '',
      selfOf,
      volunteerIdOf: (index) => volunteers[index] ?? '',
    }),
  ];
  const days = [...new Set(steps.map(({ day }) => day))].sort();
  let done = 0;
  try {
    for (const day of days) {
      await setClock(`${day}T18:00:00+08:00`);
      await inParallel(
        steps
          .filter((step) => step.day === day)
          .map(({ run }) => async () => {
            await run();
            done += 1;
            onProgress(done, steps.length);
          }),
        width,
      );
    }
  } finally {
    await setClock(null);
  }
};
