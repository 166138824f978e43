import { expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import { project } from '../../../functions/publicity/projection.ts';
import { eventOf, idOf } from '../../support/samples.ts';

test('the row of a story, of which anybody reads many at once, has no text', () => {
  const { story } = catalogue.StoryPublished.example;
  expect(story.published?.content.text.length).toBeGreaterThan(0);
  const { row } = project(
    eventOf({ type: 'StoryPublished', data: { story } }, { id: idOf('d', 1) }),
  );
  expect(row).toMatchObject({
    list: { name: 'published-stories', order: `${story.published?.on}#${idOf('d', 1)}` },
    row: { content: { title: story.content.title, summary: story.content.summary } },
  });
  expect(JSON.stringify(row)).not.toContain('"text"');
});
