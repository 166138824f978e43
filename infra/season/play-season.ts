import { type Client, inParallel } from './client.ts';
import type { Mint, Organisations } from './found-district.ts';
import { daysAfter, type PlannedActivity, type PlannedHours, type Season } from './plan-season.ts';
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
interface Step {
  readonly day: string;
  readonly run: () => Promise<unknown>;
}

/** Concurrent commands, as from a few offices that work at the same time. */
const width = 6;

/**
 * Plays a season day by day, only through the API, as organisers and verifiers would. Every command has a
 * fixed Idempotency-Key, so an interrupted season can be played again and continues where it stopped.
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

  const keyed = (name: string): string => `season-${season.year}-${name}`;
  const volunteers: string[] = [];
  const activities = new Map<string, string>();

  const registrations = season.volunteers.map(({ day, areaId, tags }, index): Step => {
    const key = keyed(`volunteer-${index}`);
    return {
      day,
      run: async () => {
        const self = await mint({ sub: key, role: 'volunteer' });
        const body = { areaId, tags, consentVersion: `${season.year}-1` };
        const { id } = await client.post<{ id: string }>('/volunteers', self, key, body);
        volunteers[index] = id;
      },
    };
  });

  const changeHours = (
    id: string,
    key: string,
    { fate, attendedMinutes, creditedMinutes }: PlannedHours,
    organiser: string,
  ): readonly (() => Promise<unknown>)[] => {
    const post = (action: string, token: string, body?: object) => () =>
      client.post(`/hours/${id}/${action}`, token, `${key}-${action}`, body);
    const verify = post('verify', verifier);
    switch (fate) {
      case 'verified':
        return [verify];
      case 'rejected':
        return [post('reject', verifier, { reason: '与签到表不符' })];
      case 'voided':
        return [verify, post('void', organiser, { reason: '重复录入' })];
      case 'corrected': {
        const body = {
          attendedMinutes,
          creditedMinutes: creditedMinutes - 20,
          reason: '扣除休息时间',
        };
        const again = () => client.post(`/hours/${id}/verify`, verifier, `${key}-verify-again`);
        return [verify, post('correct', organiser, body), again];
      }
      default:
        return [];
    }
  };

  const stepsOf = (activity: PlannedActivity): readonly Step[] => {
    const { key, recipe, day, fate, roll, outcome, areaId } = activity;
    const organiser = organiserOf.get(activity.organisation) ?? '';
    const path = (): string => `/activities/${activities.get(key)}`;
    const entries: string[] = [];
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
    const log = async () => {
      const { items } = await client.post<{ items: readonly { id: string }[] }>(
        '/hours/batch',
        organiser,
        keyed(`${key}-roll`),
        {
          entries: roll.map(({ volunteer, attendedMinutes, creditedMinutes }) => ({
            activityId: activities.get(key),
            volunteerId: volunteers[volunteer],
            serviceDate: day,
            attendedMinutes,
            creditedMinutes,
            origin: 'leader-roll',
          })),
        },
      );
      entries.push(...items.map(({ id }) => id));
    };
    const settle = async () => {
      for (const [index, planned] of roll.entries())
        for (const change of changeHours(
          entries[index] ?? '',
          keyed(`${key}-${index}`),
          planned,
          organiser,
        ))
          await change();
    };
    const post = (action: string, token: string, body?: object) => () =>
      client.post(`${path()}/${action}`, token, keyed(`${key}-${action}`), body);

    const steps: Step[] = [{ day: daysAfter(day, -9), run: publish }];
    if (fate === 'cancelled')
      return [
        ...steps,
        { day: daysAfter(day, -1), run: post('cancel', organiser, { reason: '天气预警' }) },
      ];
    if (roll.length > 0)
      steps.push({ day: daysAfter(day, 1), run: log }, { day: daysAfter(day, 4), run: settle });
    if (fate !== 'unreported')
      steps.push(
        { day: daysAfter(day, 2), run: post('complete', organiser, outcome) },
        { day: daysAfter(day, 6), run: post('verify', verifier) },
      );
    return steps;
  };

  const steps = [...registrations, ...season.activities.flatMap(stepsOf)];
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
