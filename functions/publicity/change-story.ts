import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { publicity } from './contract.ts';
import { addChannel as add, withdraw } from './decider.ts';
import { runStory } from './run-story.ts';

/** Says where a published story appeared, today or earlier. */
export const addChannel: UseCase<typeof publicity.addChannel> = (request) => {
  if (request.body.on > localDateOf(request.at, settings().timezone))
    throw new Rejection(
      'invalid-value',
      { zh: '发布日期不得晚于今天。', en: 'The day may not be in the future.' },
      '#/on',
    );
  return runStory(request, (story) => add(story, request.body));
};

export const withdrawStory: UseCase<typeof publicity.withdrawStory> = (request) =>
  runStory(request, (story) => withdraw(story, request.body.reason));
