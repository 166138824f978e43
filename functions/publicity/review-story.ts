import type { UseCase } from '../http/serve.ts';
import type { publicity } from './contract.ts';
import { approve, sendBack, submit } from './decider.ts';
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
