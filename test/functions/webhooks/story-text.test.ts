import { expect, test } from '@jest/globals';
import { exampleOf } from '../../../events/examples.ts';
import { isForRobots, robotTextOf } from '../../../functions/webhooks/robot-text.ts';

const names = { area: '红旗社区', organisation: '红旗社区居委会' };

test.each([
  ['zh-CN', '新宣传报道：义诊进社区'],
  ['en', 'New story: 义诊进社区'],
] as const)(
  'a group is told of a story by title and summary, which name nobody (%s)',
  (locale, first) => {
    const event = exampleOf('StoryPublished');
    if (!isForRobots(event)) throw new Error('robots are not told of stories');
    const text = robotTextOf(event, names, locale);
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain('红旗社区居委会');
    expect(text).not.toContain('{{');
  },
);

test.each(['StoryCreated', 'StoryNameWithdrawn', 'ComplaintReceived'] as const)(
  'a group is not told of %s',
  (type) => {
    expect(isForRobots(exampleOf(type))).toBe(false);
  },
);
