import { expect, test } from '@jest/globals';
import { catalogue, type DomainEvent } from '../../../events/catalogue.ts';
import { rowsOf, type Stream } from '../../../functions/projector/facts.ts';
import { projectEvent } from '../../../functions/projector/project-event.ts';
import { eventOf, idOf } from '../../support/samples.ts';

const rowsOfEvents = (...events: readonly DomainEvent[]) =>
  rowsOf(
    events.flatMap((event) => projectEvent(event) ?? []) as unknown as Stream,
    new Uint8Array(32),
  ).map(({ version, row }) => ({ version, row }));

test('an aggregate whose versions have one place has the row of its newest version', () => {
  const { activity } = catalogue.ActivityPublished.example;
  const id = idOf('b', 1);
  const versions = [1, 2].map((version) =>
    eventOf({ type: 'ActivityPublished', data: { activity } }, { id, version }),
  );
  expect(rowsOfEvents(...versions)).toEqual([{ version: 2, row: expect.anything() }]);
});

test('each restatement has a row, also when one takes another back', () => {
  const { restatement } = catalogue.PeriodRestated.example;
  const id = idOf('d', 1);
  const place = { activityId: idOf('b', 1), areaId: 'hongqi-01', theme: 'FREE_CLINIC' };
  const restated = [true, false].map((counts) => ({
    ...restatement,
    held: { ...place, counts },
  }));
  const versions = restated.map((each, at) =>
    eventOf(
      { type: 'PeriodRestated', data: { restatement: each } },
      { id, version: at + 1, at: at * 60_000 },
    ),
  );
  expect(rowsOfEvents(...versions)).toEqual(restated.map((row, at) => ({ version: at + 1, row })));
});
