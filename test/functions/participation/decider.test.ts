import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Entry,
  emptySheet,
  type Sheet,
  sheetAfter,
  sumsIn,
} from '../../../events/participation.ts';
import { noSums } from '../../../events/sheet-sums.ts';
import {
  checkServiceDate,
  checkTakesPlace,
  correct,
  corrected,
  enter,
  newEntry,
  object,
  objectedTo,
  reject,
  rejected,
  verified,
  verify,
  voided,
} from '../../../functions/participation/decider.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { tierOf } from '../../../functions/sheets/day-rules.ts';
import { close, isInUse, strikeOut } from '../../../functions/sheets/sheet.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, entry, idOf, place } from '../../support/samples.ts';

const pending: Entry = entry;
const counted: Entry = { ...entry, status: 'verified', verifiedBy: ['v'] };
const struck: Entry = { ...entry, status: 'voided' };
const refused: Entry = { ...entry, status: 'rejected' };
const objected: Entry = { ...counted, objection: { on: '2025-10-20', reason: '没有参加' } };

/** A day without other entries, of at most eight hours. */
const alone = { tier: 'one-verifier', needsTwo: false, others: [] } as const;

describe('what fits a line in each state', () => {
  const actions: Readonly<Record<string, (line: Entry) => Entry>> = {
    verify: (line) => verified(line, 'v', alone),
    reject: rejected,
    void: voided,
    correct: (line) => corrected(line, { attendedMinutes: 200 }, { actorId: 'x', others: [] }),
    object: (line) => objectedTo(line, '2025-10-20', '没有参加'),
  };
  test.each<[string, Entry, readonly string[]]>([
    ['pending', pending, ['verify', 'reject', 'void', 'correct', 'object']],
    ['verified', counted, ['void', 'correct', 'object']],
    ['rejected', refused, ['verify', 'void', 'correct', 'object']],
    ['voided', struck, []],
    ['objected to', objected, ['verify', 'reject', 'void', 'correct']],
  ])('%s', (_, line, fitting) => {
    for (const [name, act] of Object.entries(actions)) {
      if (fitting.includes(name)) act(line);
      else expect(rejectionOf(() => act(line)).code).toBe('illegal-transition');
    }
  });
});

test('a correction that changes nothing is refused, unless the line waits for one', () => {
  const correct = (line: Entry): Entry => corrected(line, {}, { actorId: 'x', others: [] });
  for (const line of [pending, counted])
    expect(rejectionOf(() => correct(line)).code).toBe('invalid-value');
  for (const line of [refused, objected]) expect(correct(line).status).toBe('pending');
});

test('a line names twenty people at most who entered it', () => {
  const actors = Array.from({ length: 20 }, (_, at) => `actor-${at}`);
  const full: Entry = { ...pending, enteredBy: actors };
  const by = (actorId: string): Entry =>
    corrected(full, { attendedMinutes: 200 }, { actorId, others: [] });
  expect(rejectionOf(() => by('another')).code).toBe('invalid-value');
  expect(by('actor-3').enteredBy).toEqual(actors);
});

describe('the days on which people are entered', () => {
  const run = { startsOn: '2025-10-17', endsOn: '2025-10-18' };
  test.each([
    ['2025-10-16', '2025-10-20', 'service-date-outside-activity'],
    ['2025-10-19', '2025-10-20', 'service-date-outside-activity'],
    ['2025-10-18', '2025-10-17', 'service-date-in-future'],
    ['2025-10-17', '2028-10-18', 'service-date-too-old'],
  ])('%s entered on %s is refused: %s', (day, today, code) => {
    expect(rejectionOf(() => checkServiceDate(day, run, today)).code).toBe(code);
  });

  test('three years back to the day is taken, and a cancelled activity takes nobody', () => {
    checkServiceDate('2025-10-17', run, '2028-10-17');
    const cancelled = { ...activity, status: 'cancelled' as const };
    expect(rejectionOf(() => checkTakesPlace(cancelled)).code).toBe('activity-not-open');
  });
});

describe('a person’s day', () => {
  const others = (attended: number, credited = attended) => [
    { sheetId: 's', attendedMinutes: attended, creditedMinutes: credited },
  ];
  test.each([
    [480, [], 'one-verifier'],
    [481, [], 'two-verifiers'],
    [240, others(240), 'one-verifier'],
    [241, others(240), 'two-verifiers'],
    [480, others(240), 'two-verifiers'],
    [481, others(240), 'district'],
  ])('%i minutes with %j are credited by %s', (minutes, day, tier) => {
    expect(tierOf(minutes, day)).toBe(tier);
  });

  test('1,440 minutes are never exceeded, however many are credited', () => {
    const given = {
      ...{ volunteerId: idOf('c', 1), onDuty: false, origin: 'scan' as const },
      ...{ attendedMinutes: 700, creditedMinutes: 60 },
    };
    const more = { tags: [], actorId: 'o', isLate: false };
    newEntry(given, { ...more, others: others(740, 60) });
    expect(rejectionOf(() => newEntry(given, { ...more, others: others(741, 60) })).code).toBe(
      'day-too-long',
    );
  });
});

/** A sheet as a child would keep it on paper: a row for each person. */
interface Row {
  minutes: number;
  onDuty: boolean;
  status: Entry['status'];
  by: Set<string>;
  objected: boolean;
  /** The minutes with which it counted when it was first changed after it was verified; null before. */
  taken: number | null;
}

/** What is known of it afterwards when it is taken from being verified. */
const takenFrom = ({ status, minutes, taken }: Row): number | null =>
  taken ?? (status === 'verified' ? minutes : null);

const people = [idOf('c', 1), idOf('c', 2), idOf('c', 3)];
const staff = ['a', 'b', 'c'];
const command = fc.record({
  what: fc.constantFrom('enter', 'verify', 'reject', 'correct', 'void', 'object', 'close'),
  who: fc.constantFrom(...people),
  actor: fc.constantFrom(...staff),
  minutes: fc.integer({ min: 1, max: 480 }),
  onDuty: fc.boolean(),
});

const sumsOfRows = (rows: ReadonlyMap<string, Row>) => {
  const of = (is: (row: Row) => boolean) => [...rows.values()].filter(is);
  const minutesOf = (all: readonly Row[]) => all.reduce((sum, { minutes }) => sum + minutes, 0);
  const waiting = of(({ status }) => status === 'pending');
  const served = of(({ status, onDuty }) => status === 'verified' && !onDuty);
  const taken = of((row) => row.taken !== null);
  return {
    ...noSums,
    correctedEntries: taken.length,
    correctedMinutes: taken.reduce((sum, row) => sum + (row.taken ?? 0), 0),
    withdrawn: taken.filter(({ status }) => status !== 'verified').length,
    waiting: waiting.length,
    pendingMinutes: minutesOf(waiting),
    participations: served.length,
    creditedMinutes: minutesOf(served),
    partyMemberParticipations: 0,
    onDutyParticipations: of(({ status, onDuty }) => status === 'verified' && onDuty).length,
    objected: of((row) => row.objected).length,
  };
};

/** Does the same to the paper; false when it does not fit. */
const onPaper = (
  rows: Map<string, Row>,
  { what, who, actor, minutes, onDuty }: typeof command extends fc.Arbitrary<infer C> ? C : never,
): boolean => {
  const row = rows.get(who);
  if (what === 'close') {
    for (const each of rows.values())
      if (each.status === 'pending' || each.status === 'verified')
        Object.assign(each, { status: 'voided', objected: false, taken: takenFrom(each) });
    return true;
  }
  if (what === 'enter') {
    if (row && row.status !== 'voided') return false;
    rows.set(who, {
      ...{ minutes: onDuty ? 0 : minutes, onDuty, status: 'pending', by: new Set([actor]) },
      ...{ objected: false, taken: row?.taken ?? null },
    });
    return true;
  }
  if (!row || row.status === 'voided') return false;
  if (what === 'object') {
    if (row.objected) return false;
    row.objected = true;
    return true;
  }
  if (what === 'verify' && (row.by.has(actor) || (row.status === 'verified' && !row.objected)))
    return false;
  if (what === 'reject' && row.status !== 'pending' && !(row.status === 'verified' && row.objected))
    return false;
  const status = { verify: 'verified', reject: 'rejected', correct: 'pending', void: 'voided' }[
    what
  ];
  const was = { ...row };
  if (what === 'correct') {
    const isSame = row.onDuty === onDuty && (onDuty || row.minutes === minutes);
    if (isSame && row.status !== 'rejected' && !row.objected) return false;
    row.by.add(actor);
    row.onDuty = onDuty;
    row.minutes = onDuty ? 0 : minutes;
  }
  if (status !== 'verified') row.taken = takenFrom(was);
  Object.assign(row, { status, objected: false });
  return true;
};

/** What happens to the sheet; undefined when it is refused. */
const onSheet = (
  sheet: Sheet,
  { what, who, actor, minutes, onDuty }: typeof command extends fc.Arbitrary<infer C> ? C : never,
) => {
  const line = sheet.entries.get(who);
  const figures = onDuty
    ? { onDuty, attendedMinutes: 0, creditedMinutes: 0 }
    : { onDuty, attendedMinutes: minutes, creditedMinutes: minutes };
  if (what === 'close') return close(sheet, '取消');
  if (what === 'enter')
    return line && line.status !== 'voided'
      ? undefined
      : enter(sheet, [
          newEntry(
            { volunteerId: who, origin: 'leader-roll', ...figures },
            { tags: [], actorId: actor, isLate: false, others: [] },
          ),
        ]);
  if (!line) return undefined;
  try {
    switch (what) {
      case 'verify':
        // The policy's rule, which the use case asks for each line.
        return line.enteredBy.includes(actor)
          ? undefined
          : verify(sheet, [verified(line, actor, alone)], null);
      case 'reject':
        return reject(sheet, [rejected(line)], '不符');
      case 'void':
        return strikeOut(sheet, [voided(line)], '重复');
      case 'object':
        return object(sheet, [objectedTo(line, '2025-10-20', '没有参加')]);
      default:
        return correct(
          sheet,
          [corrected(line, onDuty ? { onDuty } : figures, { actorId: actor, others: [] })],
          '更正',
        );
    }
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
};

test('whatever happens to a sheet, it says what the paper says', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const rows = new Map<string, Row>();
      let sheet = emptySheet(place);
      for (const each of commands) {
        const fact = onSheet(sheet, each);
        expect(fact !== undefined).toBe(onPaper(rows, each));
        if (!fact) continue;
        sheet = sheetAfter(sheet, fact.data);
        expect(sumsIn(fact.data)).toEqual(sumsOfRows(rows));
      }
      for (const line of sheet.entries.values()) {
        expect(line.creditedMinutes).toBeLessThanOrEqual(line.attendedMinutes);
        expect(line.verifiedBy.some((by) => line.enteredBy.includes(by))).toBe(false);
        expect(line.status).toBe(rows.get(line.volunteerId)?.status);
      }
      expect(isInUse(sheet)).toBe(
        [...rows.values()].some(({ status }) => status === 'pending' || status === 'verified'),
      );
    }),
    { numRuns: 500 },
  );
});

test.each([
  [120, 120, { attendedMinutes: 180 }, 180],
  [120, 120, { attendedMinutes: 90 }, 90],
  [120, 100, { attendedMinutes: 180 }, 100],
  [120, 120, { attendedMinutes: 180, creditedMinutes: 150 }, 150],
])('of %s minutes %s are credited: corrected to %j, %s are', (attended, credited, figures, now) => {
  const line = { ...entry, attendedMinutes: attended, creditedMinutes: credited };
  expect(corrected(line, figures, { actorId: 'x', others: [] }).creditedMinutes).toBe(now);
});
