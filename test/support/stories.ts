// Commands on stories, as those who may send them.
import type { Answer } from './http-event.ts';
import { may, must, organiserOf, register, verifierOf } from './town.ts';

export interface StoryTown {
  readonly ours: string;
  readonly theirs: string;
}

export const storyBody = ({ ours }: StoryTown, more: object = {}) => ({
  kind: 'story',
  areaId: 'hongqi',
  organisationId: ours,
  title: '义诊进社区',
  summary: '红旗街道举办义诊。',
  text: '红旗街道举办义诊，大家都来参加。',
  ...more,
});

/** Begins a story as the organiser of the town's own organisation. */
export const begin = async (town: StoryTown, more: object = {}): Promise<string> =>
  (
    await must('publicity', {
      route: 'POST /stories',
      body: storyBody(town, more),
      token: organiserOf(town.ours),
    })
  ).body.id;

const step = (town: StoryTown, id: string, name: string, body: object = {}) => ({
  route: `POST /stories/{id}/${name}`,
  params: { id },
  body,
  token: ['approve', 'return'].includes(name) ? verifierOf(town.theirs) : organiserOf(town.ours),
});

/** Does what the route of this name does, and throws when it is refused. */
export const does = (town: StoryTown, id: string, name: string, body?: object): Promise<Answer> =>
  must('publicity', step(town, id, name, body));
export const tries = (town: StoryTown, id: string, name: string, body?: object): Promise<Answer> =>
  may('publicity', step(town, id, name, body));

export const publishIt = async (town: StoryTown, id: string): Promise<void> => {
  for (const name of ['submit', 'approve', 'publish']) await does(town, id, name);
};

export const told = async (town: StoryTown, more: object = {}): Promise<string> => {
  const id = await begin(town, more);
  await publishIt(town, id);
  return id;
};

export const revise = (town: StoryTown, id: string, body: object): Promise<Answer> =>
  may('publicity', {
    route: 'PATCH /stories/{id}',
    params: { id },
    body,
    token: organiserOf(town.ours),
  });

/** A story as everybody reads it. */
export const readIt = async (
  id: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => may('publicity', { route: 'GET /stories/{id}', params: { id }, headers });

/** Registers somebody with a name, who agrees to be named unless it says otherwise. */
export const person = async (
  sub: string,
  name: string,
  {
    birthDate,
    by = 'self',
    agrees = true,
  }: { birthDate?: string; by?: string; agrees?: boolean } = {},
): Promise<string> => {
  const id = await register(sub, {
    ...(birthDate === undefined ? {} : { guardianConsentVersion: '1' }),
    person: { name, ...(birthDate === undefined ? {} : { birthDate }) },
  });
  if (agrees) await agree(sub, id, by);
  return id;
};

export const agree = (sub: string, id: string, by = 'self', version = '1'): Promise<Answer> =>
  must('volunteers', {
    route: 'POST /volunteers/{id}/consents',
    params: { id },
    body: { purpose: 'publicity', version, by },
    token: { sub, role: 'volunteer' },
  });

export const disagree = (sub: string, id: string): Promise<Answer> =>
  must('volunteers', {
    route: 'DELETE /volunteers/{id}/consents/{purpose}',
    params: { id, purpose: 'publicity' },
    token: { sub, role: 'volunteer' },
  });

export const erase = (sub: string, id: string): Promise<Answer> =>
  must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id },
    token: { sub, role: 'volunteer' },
  });
