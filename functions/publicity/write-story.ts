import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection, throwAll } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { publicity } from './contract.ts';
import { begin, revise } from './decider.ts';
import { referenceFaults } from './references.ts';
import { checkTheme, mayBegin, runStory, workOf } from './run-story.ts';

/** Begins a story. Whoever is named is asked for their consent when it is handed in, and again when it is published. */
export const createStory: UseCase<typeof publicity.createStory> = async (request) => {
  const { actor, at, body } = request;
  const { kind, areaId, theme, organisationId, ...content } = body;
  const id = derivedId('story', request.idempotency?.key ?? '');
  const createdOn = localDateOf(at, settings().timezone);
  const { state, version } = await aggregate('story').create(id, {
    request,
    authorise: () => mayBegin(actor, organisationId, areaId),
    prepare: async () => {
      await aggregate('area').referenceEventually(areaId, '#/areaId');
      await aggregate('organisation').referenceEventually(organisationId, '#/organisationId');
      await checkTheme(theme, createdOn);
      return begin({ kind, areaId, theme, organisationId, createdOn, content }, actor.id);
    },
  });
  return { body: workOf(id, state, version), version };
};

/** Changes the text of a story, or of a published one begins a correction. */
export const reviseStory: UseCase<typeof publicity.reviseStory> = (request) => {
  const { kind, theme, ...content } = request.body;
  return runStory(request, async (story) => {
    const next = { ...story.content, ...content };
    throwAll(
      referenceFaults(next.text, next.named.length).map(
        ({ paragraph, character, zh, en }) =>
          new Rejection(
            'invalid-value',
            {
              zh: `第${paragraph}段第${character}字处${zh}。`,
              en: `Paragraph ${paragraph}, character ${character}: ${en}.`,
            },
            '#/text',
          ),
      ),
    );
    if (theme !== undefined && theme !== story.theme) await checkTheme(theme, story.createdOn);
    const changes = {
      ...(kind === undefined ? {} : { kind }),
      ...(theme === undefined ? {} : { theme }),
      content,
    };
    return revise(story, changes, request.actor.id);
  });
};
