import { expect, test } from '@jest/globals';
import { catalogue, type Fact } from '../../../events/catalogue.ts';
import type { RecordEntry } from '../../../events/records.ts';
import { type NewEntry, record, voidEntry } from '../../../functions/records/decider.ts';
import { blockPrefix, project } from '../../../functions/records/projection.ts';
import { rejectionOf } from '../../support/given.ts';
import { eventOf, idOf, volunteer } from '../../support/samples.ts';

const examples: readonly RecordEntry[] = [
  catalogue.TrainingRecorded.example.entry,
  catalogue.CommendationRecorded.example.entry,
  catalogue.ServiceEvaluated.example.entry,
];
const types = {
  training: 'TrainingRecorded',
  commendation: 'CommendationRecorded',
  evaluation: 'ServiceEvaluated',
} as const;
const cases = examples.map((entry) => [entry.kind, entry] as const);
const by = { volunteer, actorId: 'organiser-1', today: '2025-12-05' };

const givenOf = ({ status: _, recordedBy: __, voidReason: ___, ...given }: RecordEntry): NewEntry =>
  given as NewEntry;

test.each(cases)('a %s is recorded whole', (kind, entry) => {
  expect(record(givenOf(entry), by)).toEqual({ type: types[kind], data: { entry } });
});

test.each(cases)('a %s of today, and of no later day', (_, entry) => {
  const given = givenOf(entry);
  expect(record({ ...given, date: by.today }, by).data.entry.date).toBe(by.today);
  expect(rejectionOf(() => record({ ...given, date: '2025-12-06' }, by))).toEqual({
    code: 'invalid-value',
    pointer: '#/date',
  });
});

test.each(['pending', 'deactivated', 'merged', 'erased'] as const)(
  'nothing is recorded of a volunteer who is %s',
  (status) => {
    for (const entry of examples)
      expect(rejectionOf(() => record(givenOf(entry), { ...by, volunteer: { status } }))).toEqual({
        code: 'volunteer-not-active',
      });
  },
);

test.each(cases)('a %s is struck out once, and keeps what it said', (_, entry) => {
  const { data } = voidEntry(entry, '重复');
  expect(data.entry).toEqual({ ...entry, status: 'voided', voidReason: '重复' });
  expect(rejectionOf(() => voidEntry(data.entry, '重复'))).toEqual({ code: 'illegal-transition' });
});

test.each(cases)('a %s keeps its place among its kind when it is struck out', (kind, entry) => {
  const id = idOf('d', 7);
  const first = eventOf(record(givenOf(entry), by) as Fact<'TrainingRecorded'>, { id });
  const struck = eventOf(voidEntry(entry, '重复'), { id, version: 2 });
  const before = project(first);
  const place = {
    pk: `volunteer#${entry.volunteerId}`,
    sk: `${blockPrefix(kind)}${entry.date}#${id}`,
    ...(kind === 'commendation'
      ? { list: { name: 'commendations-of#2025', order: `${entry.date}#${id}` } }
      : {}),
  };
  expect(before).toEqual({ row: { ...place, row: entry } });
  expect(project(struck)).toEqual({ row: { ...place, row: struck.data.entry } });
});
