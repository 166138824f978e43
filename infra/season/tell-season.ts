import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, RequestRefused } from './client.ts';
import type { PlannedActivity, Season } from './plan-season.ts';
import type { Step } from './play-season.ts';
import type { OrganisationKey } from './town.ts';

/** Names of volunteers of whom something is told; the others are registered without. */
const names = ['陈志远', '林晓雯', '赵立新'] as const;

/** Somebody with a verified entry, and the unit that records it. */
interface Served {
  readonly volunteer: number;
  readonly organisation: OrganisationKey;
  readonly areaId: string;
}

/** What is told of a season: who has a name, and of whom or what. */
export interface Told {
  /** The name by a volunteer's index. */
  readonly names: ReadonlyMap<number, string>;
  /** One certificate that stays good, one that is revoked, and one with an entry that is corrected later. */
  readonly certified: readonly (Served & { readonly fate: 'good' | 'revoked' | 'superseded' })[];
  readonly exemplar: Served | undefined;
  /** An activity of October, of which a story tells. */
  readonly activity: PlannedActivity | undefined;
}

const servedIn = (
  { roll, organisation, areaId }: PlannedActivity,
  fate: 'verified' | 'corrected',
): readonly Served[] =>
  roll
    .filter((line) => line.fate === fate)
    .map(({ volunteer }) => ({ volunteer, organisation, areaId }));

/** @param foundLate the activity with a mistake that is put right in December */
export const toldOf = (
  { year, activities }: Season,
  foundLate: PlannedActivity | undefined,
): Told => {
  const early = activities.filter(({ day, fate }) => day < `${year}-09` && fate === 'verified');
  const served = early.flatMap((activity) => servedIn(activity, 'verified'));
  const wrong = foundLate && servedIn(foundLate, 'corrected')[0];
  const [good, revoked] = [
    served[0],
    served.find(({ volunteer }) => volunteer !== served[0]?.volunteer),
  ];
  const certified = [
    ...(good ? [{ ...good, fate: 'good' as const }] : []),
    ...(revoked ? [{ ...revoked, fate: 'revoked' as const }] : []),
    ...(wrong ? [{ ...wrong, fate: 'superseded' as const }] : []),
  ];
  const people = [...new Set(certified.map(({ volunteer }) => volunteer))];
  return {
    names: new Map(people.map((volunteer, at) => [volunteer, names[at] ?? ''])),
    certified,
    exemplar: good,
    activity: activities.find(
      ({ day, fate, roll }) =>
        day.startsWith(`${year}-10`) &&
        fate === 'verified' &&
        roll.some((line) => line.fate === 'verified'),
    ),
  };
};

const pollMs = 200;
const polls = 300;

/**
 * Repeats a command while the Views do not have yet what it needs, as a person would who looks again a moment later.
 * @throws RequestRefused as the last try did
 */
const onceKnown = async <T>(command: () => Promise<T>): Promise<T> => {
  for (let poll = 1; ; poll += 1)
    try {
      return await command();
    } catch (error) {
      const isEarly = error instanceof RequestRefused && [409, 422].includes(error.status);
      if (!isEarly || poll === polls) throw error;
      await sleep(pollMs);
    }
};

interface Telling {
  readonly client: Client;
  readonly admin: string;
  /** A verifier of another organisation than those that tell. */
  readonly verifier: string;
  readonly idOf: (organisation: OrganisationKey) => string;
  readonly organiserOf: (organisation: OrganisationKey) => string;
  readonly selfOf: (volunteer: number) => Promise<string>;
  readonly volunteerIdOf: (volunteer: number) => string;
  readonly keyed: (name: string) => string;
}

/** What is told of a season and certified, as steps: certificates, a story, a practice note, an exemplar. */
export const tellingOf = (
  { year }: Season,
  { certified, exemplar, activity }: Told,
  { client, admin, verifier, idOf, organiserOf, selfOf, volunteerIdOf, keyed }: Telling,
): readonly Step[] => {
  const certificates = certified.flatMap(({ volunteer, organisation, fate }): Step[] => {
    const key = keyed(`certificate-${fate}`);
    let id = '';
    const issue = async () => {
      const self = await selfOf(volunteer);
      const body = { issuerId: idOf(organisation), from: `${year}-01-01`, until: `${year}-11-30` };
      const path = `/volunteers/${volunteerIdOf(volunteer)}/certificates`;
      ({ id } = await onceKnown(() => client.post<{ id: string }>(path, self, key, body)));
      const organiser = organiserOf(organisation);
      await onceKnown(() => client.post(`/certificates/${id}/issue`, organiser, `${key}-issue`));
    };
    const revoke = () =>
      client.post(`/certificates/${id}/revoke`, admin, `${key}-revoke`, { reason: '出具有误' });
    return [
      // What is corrected on 12 December supersedes the one that says otherwise.
      { day: fate === 'superseded' ? `${year}-12-05` : `${year}-12-15`, run: issue },
      ...(fate === 'revoked' ? [{ day: `${year}-12-18`, run: revoke }] : []),
    ];
  });

  /** Writes a text, has it approved by somebody else, and publishes it. */
  const publish = async (name: string, organisation: OrganisationKey, text: object) => {
    const key = keyed(name);
    const organiser = organiserOf(organisation);
    const body = { organisationId: idOf(organisation), ...text };
    const { id } = await client.post<{ id: string }>('/stories', organiser, key, body);
    const act = (action: string, token: string) =>
      onceKnown(() => client.post(`/stories/${id}/${action}`, token, `${key}-${action}`));
    await act('submit', organiser);
    await act('approve', verifier);
    await act('publish', organiser);
    return id;
  };

  const stories = (activity ? [activity] : []).flatMap((of): Step[] => {
    const { areaId, organisation, recipe, title } = of;
    const tell = async () => {
      const id = await publish('story', organisation, {
        ...{ kind: 'story', areaId, theme: recipe.theme, title },
        summary: `${title}，志愿者与共建单位一起参加。`,
        text: `${recipe.content}。\n十月，本社区本主题共{{participations|${year}-10|${areaId}|${recipe.theme}}}参加，服务{{creditedMinutes|${year}-10|${areaId}|${recipe.theme}}}。`,
      });
      for (const kind of ['led', 'news'])
        await client.post(
          `/stories/${id}/channels`,
          organiserOf(organisation),
          keyed(`story-${kind}`),
          { kind, on: `${year}-11-12` },
        );
    };
    const note = () =>
      publish('practice-note', organisation, {
        ...{ kind: 'practice-note', areaId, title: '一户一册，活动前两天电话确认' },
        summary: '活动前两天逐户确认时间，减少空跑。',
        text: '每户建一册，记下方便的时间和需要。\n活动前两天由网格员电话确认，次日把名单交给领队。',
      });
    return [
      { day: `${year}-11-12`, run: tell },
      { day: `${year}-11-20`, run: note },
    ];
  });

  const exemplars = (exemplar ? [exemplar] : []).flatMap(
    ({ volunteer, organisation, areaId }): Step[] => {
      let id = '';
      const present = async () => {
        const consent = { purpose: 'publicity', version: `${year}-1` };
        const path = `/volunteers/${volunteerIdOf(volunteer)}/consents`;
        await client.post(path, await selfOf(volunteer), keyed('exemplar-consent'), consent);
        id = await publish('exemplar', organisation, {
          ...{ kind: 'exemplar', areaId, title: '身边的志愿者' },
          summary: '社区推荐的先进典型，现予公示。',
          text: '{{name|1}}坚持参加社区志愿服务，随叫随到，邻里有口皆碑。',
          named: [volunteerIdOf(volunteer)],
          standsWithoutNames: false,
        });
      };
      const confirm = () => client.post(`/stories/${id}/confirm`, admin, keyed('exemplar-confirm'));
      return [
        { day: `${year}-11-03`, run: present },
        { day: `${year}-11-17`, run: confirm },
      ];
    },
  );
  return [...certificates, ...stories, ...exemplars];
};
