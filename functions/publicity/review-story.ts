import type { UseCase } from '../http/serve.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { publicity } from './contract.ts';
import { approve, confirm, sendBack, submit } from './decider.ts';
import { mayConfirm } from './policy.ts';
import { checkPublishable } from './publish-story.ts';
import { mayReviewThis, runStory } from './run-story.ts';

/** Hands a story in. What would hinder its publication is said now. */
export const submitStory: UseCase<typeof publicity.submitStory> = (request) =>
  runStory(request, async (story) => {
    const fact = submit(story, request.actor.id);
    await checkPublishable(story.content, request.at);
    return fact;
  });

export const returnStory: UseCase<typeof publicity.returnStory> = (request) =>
  runStory(request, (story) => sendBack(story, request.body.reason), {
    authorise: mayReviewThis(request.actor),
  });

/** Approves a story. Nobody approves what could not be published. */
export const approveStory: UseCase<typeof publicity.approveStory> = (request) =>
  runStory(
    request,
    async (story) => {
      const fact = approve(story, request.actor.id);
      await checkPublishable(story.content, request.at);
      return fact;
    },
    { authorise: mayReviewThis(request.actor) },
  );

/** Confirms an exemplar once its notice is over. */
export const confirmExemplar: UseCase<typeof publicity.confirmExemplar> = (request) =>
  runStory(request, (story) => confirm(story, localDateOf(request.at, settings().timezone)), {
    authorise: (story) => mayConfirm(request.actor, story),
    authoriseAbsent: () => mayConfirm(request.actor, { authorIds: [] }),
  });
