import type { Publication, Story } from '../../events/publicity.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import type { publicity } from './contract.ts';
import { needsNames, withoutConsent } from './decider.ts';
import { listedOf } from './list-stories.ts';
import { mayReadDrafts } from './policy.ts';
import { judgedNames } from './published-names.ts';
import { readFigures } from './read-figures.ts';
import { workOf } from './run-story.ts';
import { shownFigures, shownText } from './show-story.ts';

const takenDown = (
  story: Story & { readonly id: string; readonly version: number; readonly published: Publication },
  withdrawal: string,
) => ({
  ...listedOf(story),
  ...{ title: null, summary: null, text: null, channels: [], figures: [] },
  ...{ status: 'withdrawn' as const, withdrawal, correction: null },
});

/**
 * A published story with its figures and names as they are now. What became of each name
 * is read at each showing, so that it goes with the consent at once, whatever a follower has still to do. One that was taken down says so, and nothing else.
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
  const judged = [...(await judgedNames(id, content.named))];
  if (needsNames(story.kind, content) && judged.some(([, { standing }]) => standing === 'ended'))
    return { body: takenDown(story, withoutConsent) };
  const names = new Map(
    judged.flatMap(([each, { kept, standing }]) =>
      standing === 'stands' && kept?.name ? [[each, kept.name] as const] : [],
    ),
  );
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
