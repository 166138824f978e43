import type { Activity } from '../../events/activities.ts';
import type { Entry, Place, Sheet } from '../../events/participation.ts';
import { withinNamedAreas } from '../access/working-area.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { lookUpOnce } from '../people/look-ups.ts';
import { isSelf, mergedWith } from '../people/own-record.ts';
import { orRejection, type Pointer, Rejection, throwAll } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { jitter } from '../runtime/dynamodb.ts';
import { fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { claimsFor, unchanged } from '../sheets/claims.ts';
import { isLateFor } from '../sheets/working-days.ts';
import type { participation } from './contract.ts';
import {
  checkServiceDate,
  checkTakesPlace,
  checkTeam,
  enter,
  hasRoom,
  newEntry,
} from './decider.ts';
import { findPerson, type Person } from './find-person.ts';
import { createDays } from './persons-day.ts';
import { mayEnter, mayLog } from './policy.ts';
import { changedSheet, type Refused, refusedBy } from './sheet-answer.ts';
import {
  chooseSheet,
  isSamePlace,
  standingOn,
  type Where,
  withoutEntries,
} from './sheets-of-day.ts';

type EnterRequest = Request<typeof participation.enterHours>;
type GivenEntry = EnterRequest['body']['entries'][number];

const lanes = 10;
const attempts = 5;

interface Setting {
  readonly activity: Activity;
  readonly version: number;
  readonly where: Where;
}

/** The activity as it is now, and where a sheet of this day counts that begins now. */
const readSetting = async ({ params, body }: EnterRequest): Promise<Setting> => {
  const { id, date } = params;
  const { state, version } = await aggregate('activity').get(id);
  const { organisationId, areaId, theme } = state;
  const teamId = body.teamId === undefined ? state.teamId : body.teamId;
  const where = { activityId: id, organisationId, teamId, areaId, theme, serviceDate: date };
  return { activity: state, version, where };
};

/**
 * The role in which the actor may make an entry. An actor who may not must not learn whether the person
 * exists, nor by the reads: for staff only the activity decides, for others one consistent read.
 */
const roleFor = async ({ actor }: EnterRequest, { where }: Setting, given: GivenEntry) => {
  const inArea = await withinNamedAreas(actor, where.areaId);
  const entered = { origin: given.origin, organisationId: where.organisationId };
  const { volunteerId } = given;
  return (
    mayLog(actor, entered, { own: false, inArea }) ??
    mayLog(actor, entered, {
      own: volunteerId !== undefined && (await isSelf(actor, volunteerId)),
      inArea,
    })
  );
};

/** The field of an entry that a refusal is about. */
const pointerAt = (at: number, { phone, idNumber }: GivenEntry, code?: string): Pointer => {
  if (code === 'day-too-long') return `#/entries/${at}/attendedMinutes`;
  if (code === 'forbidden') return `#/entries/${at}/origin`;
  if (phone !== undefined) return `#/entries/${at}/phone`;
  return `#/entries/${at}/${idNumber === undefined ? 'volunteerId' : 'idNumber'}`;
};

/**
 * Whom the entries of a request are about. Numbers are looked up, so the request is kept among the
 * look-ups of the actor, also when nobody is entered, and the numbers of an hour are limited.
 * @throws Problem `too-many-look-ups`
 */
const findPersons = async (
  request: EnterRequest,
): Promise<readonly (readonly [GivenEntry, Person | Rejection])[]> => {
  const { actor, at, body, params, idempotency } = request;
  const find = () =>
    inParallel(
      lanes,
      body.entries,
      async (given) =>
        [given, await orRejection(() => findPerson(actor, params.date, given))] as const,
    );
  const people = body.entries.filter(({ volunteerId }) => volunteerId === undefined).length;
  if (people === 0) return find();
  if (!idempotency) throw new Error('a command has a key');
  const { key, hash } = idempotency;
  const asked = {
    ...{ actor, at, people },
    ...({ kind: 'roll', reason: 'service-arrangement' } as const),
    // A refused request may come again with the same key and other entries: that is another look-up.
    idempotency: { key: fingerprint(key, hash), hash },
  };
  let found: Awaited<ReturnType<typeof find>> | undefined;
  const lookUp = await lookUpOnce(asked, async () => {
    found = await find();
    return found.flatMap(([{ volunteerId }, one]) =>
      volunteerId !== undefined || one instanceof Rejection ? [] : [one.id],
    );
  });
  if (found) return found;
  // A request that comes again finds nobody whom the look-up that is kept did not find.
  return (await find()).map(([given, one]) => {
    const isKept =
      given.volunteerId !== undefined || one instanceof Rejection || lookUp.found.includes(one.id);
    return [given, isKept ? one : new Rejection('nobody-with-number')] as const;
  });
};

/**
 * Makes the entries of a request on a sheet, and refuses those that do not fit. Everything is read
 * first; then the lines are taken in their order, so that of a person's two lines the second is refused.
 */
const makeEntries = async (
  request: EnterRequest,
  id: string,
  { organisationId }: Place,
  standing: Map<string, string>,
  today: string,
): Promise<readonly (Entry | Rejection)[]> => {
  const { actor, params } = request;
  const othersOf = createDays();
  const isLate = isLateFor(params.date, today);
  const on = { sheetId: id, date: params.date, organisationId };
  const found = await inParallel(lanes, await findPersons(request), async ([given, person]) => {
    if (person instanceof Rejection) return person;
    const { id: volunteerId, volunteer } = person;
    const records = [...(await mergedWith(volunteerId, volunteer)).keys()];
    const others = await othersOf(records, volunteerId, on);
    return { given, volunteerId, records, tags: volunteer.tags, others };
  });
  const results: (Entry | Rejection)[] = [];
  for (const each of found)
    results.push(
      await orRejection(() => {
        if (each instanceof Rejection) throw each;
        const { given, volunteerId, records, tags, others } = each;
        const there = records.find((record) => standing.has(record));
        if (there !== undefined)
          throw new Rejection('already-on-sheet', { sheetId: standing.get(there) ?? id });
        const { onDuty, origin, attendedMinutes = 0, creditedMinutes = attendedMinutes } = given;
        const entry = newEntry(
          { volunteerId, onDuty, attendedMinutes, creditedMinutes, origin },
          { tags, actorId: actor.id, isLate, others },
        );
        standing.set(volunteerId, 'same-request');
        return entry;
      }),
    );
  return results;
};

/**
 * Enters people on the sheet of an activity's day: all or none, unless the request says otherwise. A
 * person has one line for an activity and day, over all its sheets. What decides is read after the
 * sheet: whoever cancels or moves the activity meanwhile has written on it.
 */
export const enterHours: UseCase<typeof participation.enterHours> = async (request) => {
  const { actor, params, body } = request;
  const today = localDateOf(request.at, settings().timezone);

  const enterOn = async (attempt: number): Promise<Awaited<ReturnType<typeof enterHours>>> => {
    const before = await readSetting(request);
    const chosen = await chooseSheet(before.where, body.entries.length);
    const { id, reading, others } = chosen;
    for (const other of others) {
      const { answered } = aggregate('sheet');
      const earlier = await answered(other.id, other.reading, request.idempotency, true);
      if (earlier)
        return { body: changedSheet(other.id, earlier, false), version: earlier.version };
    }
    let setting = before;
    let refused: readonly Refused[] = [];

    const authorise = async () => {
      if (!mayEnter(actor)) return undefined;
      const roles = await inParallel(lanes, body.entries, (given) =>
        roleFor(request, before, given),
      );
      const [role] = roles;
      throwAll(
        body.entries.flatMap((given, at) =>
          roles[at] ? [] : [new Rejection('forbidden', {}, pointerAt(at, given, 'forbidden'))],
        ),
      );
      return role;
    };

    const decideOn = async (sheet: Sheet | undefined) => {
      setting = await readSetting(request);
      const { teamId } = setting.where;
      if (teamId !== null && teamId !== setting.activity.teamId)
        checkTeam(await aggregate('team').referenceEventually(teamId, '#/teamId'), params.date);
      checkTakesPlace(setting.activity);
      checkServiceDate(params.date, setting.activity, today);
      const on = sheet ?? chosen.sheet;
      // Another sheet of the day may have begun since the choice: that writes on this one.
      if (on.version !== chosen.version) throw new Problem('conflict');
      if (!isSamePlace(on.place, setting.where)) throw new Problem('conflict');
      const standing = standingOn([...others, { id, state: on }]);
      const results = await makeEntries(request, id, on.place, standing, today);
      const made = results.flatMap((one) => (one instanceof Rejection ? [] : [one]));
      if (!hasRoom(on, made.length)) throw new Problem('conflict');
      const bad = results.flatMap((one, at) => {
        const given = body.entries[at];
        return one instanceof Rejection && given
          ? [new Rejection(one.code, one.params, pointerAt(at, given, one.code))]
          : [];
      });
      if (body.atomic || made.length === 0) throwAll(bad);
      refused = results.flatMap((one, at) =>
        one instanceof Rejection ? [refusedBy(one, at, body.entries[at]?.volunteerId ?? null)] : [],
      );
      return enter(on, made);
    };

    try {
      const done = await aggregate('sheet').execute(id, {
        request,
        reading,
        authorise,
        authoriseAbsent: authorise,
        begin: () => decideOn(undefined),
        decide: decideOn,
        alwaysAppends: true,
        more: () => refused,
        alsoWrite: async () => unchanged(others),
        beginWith: async () => ({
          // Whoever is entering people on another sheet of the day looks again at all of them.
          appends: others.map(withoutEntries),
          writes: await claimsFor(params.id, setting.version, [
            { date: params.date, number: chosen.number },
          ]),
        }),
      });
      return { body: changedSheet(id, done, false), version: done.version };
    } catch (error) {
      // Another sheet of the day began or changed, or this one has no room left: choose again.
      if (!(error instanceof Problem && error.code === 'conflict') || attempt === attempts)
        throw error;
      await jitter(attempt);
      return enterOn(attempt + 1);
    }
  };
  return enterOn(1);
};
