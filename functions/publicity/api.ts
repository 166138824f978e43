import { serve } from '../http/serve.ts';
import { openSession } from '../session/session.ts';
import { renderAtom } from './atom.ts';
import { addChannel, withdrawStory } from './change-story.ts';
import { publicity } from './contract.ts';
import { listStories, listStoryWork, storyFeed } from './list-stories.ts';
import { correctStory, publishStory } from './publish-story.ts';
import { readStory, readStoryWork } from './read-story.ts';
import { approveStory, confirmExemplar, returnStory, submitStory } from './review-story.ts';
import { renderStories } from './stories-page.ts';
import { renderStory } from './story-page.ts';
import { createStory, reviseStory } from './write-story.ts';

export const handler = serve(
  publicity,
  {
    createStory,
    reviseStory,
    submitStory,
    returnStory,
    approveStory,
    publishStory,
    correctStory,
    confirmExemplar,
    addChannel,
    withdrawStory,
    listStoryWork,
    readStoryWork,
    listStories,
    readStory,
    storyFeed,
  },
  {
    listStories: { 'text/html': renderStories },
    readStory: { 'text/html': renderStory },
    storyFeed: { 'application/atom+xml': renderAtom },
  },
  openSession,
);
