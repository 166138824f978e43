import type { Publication, Story } from '../../events/publicity.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { namingOf } from '../people/naming.ts';
import { Rejection } from '../refusals/decision.ts';
import type { publicity } from './contract.ts';
import { needsNames, withoutConsent } from './decider.ts';
import { listedOf } from './list-stories.ts';
import { mayReadDrafts } from './policy.ts';
import { readNames } from './published-names.ts';
import { readFigures } from './read-figures.ts';
import { workOf } from './run-story.ts';
import { shownFigures, shownText } from './show-story.ts';

/** The people of a published text who may be named at this moment, as the Ledger says. */
const nameable = async ({ content, unnamed }: Publication): Promise<readonly string[]> => {
  const ids = content.named.filter((id) => !unnamed.includes(id));
  const namings = await Promise.all(ids.map(namingOf));
  return ids.filter((_, at) => namings[at]?.mayBeNamed);
};

const takenDown = (
  story: Story & { readonly id: string; readonly version: number; readonly published: Publication },
  withdrawal: string,
) => ({
  ...listedOf(story),
  ...{ title: null, summary: null, text: null, channels: [], figures: [] },
  ...{ status: 'withdrawn' as const, withdrawal, correction: null },
});

/**
 * A published story with its figures and names as they are now. Consents are read at each showing, so that a name goes
 * with its consent at once, whatever a follower has still to do. One that was taken down says so, and nothing else.
 */
export const readStory: UseCase<typeof publicity.readStory> = async ({
  params: { id },
  at,
  locale,
}) => {
  const found = await aggregate('story').find(id, false);
  const published = found?.state.published;
  if (!found || !published) throw new Rejection('not-found', { what: 'story', id });
  const story = { ...found.state, published, id, version: found.version };
  if (story.withdrawal !== null) return { body: takenDown(story, story.withdrawal) };
  const { content } = published;
  const ids = await nameable(published);
  if (needsNames(story.kind, content) && ids.length < content.named.length)
    return { body: takenDown(story, withoutConsent) };
  const kept = ids.length > 0 ? await readNames(id) : new Map<string, string>();
  const names = new Map([...kept].filter(([each]) => ids.includes(each)));
  const figures = shownFigures(published.figures, await readFigures(content, at), locale);
  return {
    body: {
      ...listedOf(story),
      status: 'published',
      withdrawal: null,
      correction: published.correction,
      text: shownText(published, names, figures, locale),
      figures: [...figures],
    },
  };
};

/** A story with its newest text, for staff. */
export const readStoryWork: UseCase<typeof publicity.readStoryWork> = async ({
  actor,
  params: { id },
}) => {
  if (!mayReadDrafts(actor)) throw new Rejection('forbidden');
  const { state, version } = await aggregate('story').get(id);
  return { body: workOf(id, state, version), version };
};
