import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { follow } from '../../lab/figures/follow.ts';
import { schedules } from '../../lab/figures/schedules.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

type Item = Readonly<Record<string, unknown>>;

const views = async (): Promise<readonly Item[]> => {
  const items: Item[] = [];
  await scanItems({ TableName: process.env.VIEWS_TABLE }, (item) => items.push(item));
  return items;
};

test.each(Object.entries(schedules))('%s', async (_, schedule) => {
  expect(await follow(schedule, views)).toEqual([]);
});
