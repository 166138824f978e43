import type { Role } from '../../events/envelope.ts';
import { type Entry, emptySheet, type Sheet } from '../../events/participation.ts';
import { nowhere } from '../access/areas.ts';
import { aggregate, type Execution, type FactOf } from '../ledger/aggregate.ts';
import { orRejection, Rejection, throwAll } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { inParallel } from '../runtime/batches.ts';
import { mayChangeAny } from './policy.ts';
import { changedSheet, type Refused, refusedBy } from './sheet-answer.ts';

/** The lines that a command means: all that it fits, all but some of them, or these. */
export type Selection = 'all' | { readonly allBut: readonly string[] } | readonly string[];

type Request = Execution<'sheet'>['request'] & { readonly params: { readonly id: string } };

/** A command on lines of a sheet. */
export interface EntryChange<Asked> {
  readonly request: Request;
  /** The named lines with what is asked for each; undefined when the command means all that fit. */
  readonly named: readonly { readonly volunteerId: string; readonly asked: Asked }[] | undefined;
  /** If the command means all that fit: those it means. */
  readonly fits: (entry: Entry) => boolean;
  readonly atomic: boolean;
  /** Whether the actor may not learn whose lines the others are: then all means all that they may change. */
  readonly isSilent?: boolean;
  /** The role in which the actor may do this to a line; undefined means no. */
  readonly authorise: (entry: Entry, sheet: Sheet) => Promise<Role | undefined>;
  /** The line after it. */
  readonly change: (entry: Entry, sheet: Sheet, asked: Asked | undefined) => Promise<Entry>;
  readonly fact: (sheet: Sheet, changed: readonly Entry[]) => FactOf<'sheet'>;
  /** Checked once, before any line. */
  readonly before?: (sheet: Sheet) => Promise<void>;
  readonly alsoAppend?: Execution<'sheet'>['alsoAppend'];
  readonly alsoWrite?: Execution<'sheet'>['alsoWrite'];
}

/** The lines of a selection, in the form that `changeEntries` takes. */
export const namedIn = (entries: Selection): EntryChange<undefined>['named'] =>
  typeof entries === 'object' && !('allBut' in entries)
    ? entries.map((volunteerId) => ({ volunteerId, asked: undefined }))
    : undefined;

/** Whether a line is among those that a selection does not leave out. */
export const isMeant = (entries: Selection, { volunteerId }: Entry): boolean =>
  typeof entries !== 'object' || !('allBut' in entries) || !entries.allBut.includes(volunteerId);

/** Stands for a missing sheet in policies: of no organisation, nowhere, with a line of nobody. */
export const noSheet = emptySheet({
  activityId: '',
  organisationId: '',
  teamId: null,
  areaId: nowhere,
  areasAbove: [],
  theme: '',
  serviceDate: '',
});
export const noEntry: Entry = {
  volunteerId: '',
  tags: [],
  onDuty: false,
  attendedMinutes: 0,
  creditedMinutes: 0,
  origin: 'leader-roll',
  status: 'pending',
  enteredBy: [],
  verifiedBy: [],
  objection: null,
  flags: [],
};

const lanes = 10;

interface Meant<Asked> {
  readonly place: number | null;
  readonly volunteerId: string;
  readonly entry: Entry | undefined;
  readonly asked: Asked | undefined;
}

/**
 * Runs a command on lines of the sheet that a path names. Named lines are changed all or none, unless
 * the command says otherwise; of all lines, those are changed that may be, and the answer lists the
 * rest with reasons. When none may be changed, the command is refused.
 */
export const changeEntries = async <Asked>(given: EntryChange<Asked>) => {
  const { request, named, fits, authorise, change, fact, before } = given;
  const { id } = request.params;
  const isAtomic = given.atomic && named !== undefined;
  let refused: readonly Refused[] = [];
  let role: Role | undefined;
  let outcome: readonly (readonly [Meant<Asked>, Role | Rejection])[] = [];

  const meantOn = (sheet: Sheet): readonly Meant<Asked>[] =>
    named
      ? named.map(({ volunteerId, asked }, place) => ({
          place,
          volunteerId,
          entry: sheet.entries.get(volunteerId),
          asked,
        }))
      : [...sheet.entries.values()].filter(fits).map((entry) => ({
          place: null,
          volunteerId: entry.volunteerId,
          entry,
          asked: undefined,
        }));

  /** A missing line is decided about like one of nobody, so that a refusal does not tell of it. */
  const mayChange = async (sheet: Sheet, { entry }: Meant<Asked>): Promise<Role | Rejection> => {
    const found = await orRejection(() => authorise(entry ?? noEntry, sheet));
    return found ?? new Rejection('forbidden');
  };

  const pointed = ({ code, params }: Rejection, place: number | null): Rejection =>
    new Rejection(code, params, place === null ? '#/entries' : `#/entries/${place}`);

  /** Of lines that were not named, each reason is given once. */
  const refuseAll = (all: readonly (readonly [Meant<Asked>, Rejection])[]): never => {
    const different = new Map(
      all.map(([{ place }, rejection]) => {
        const one = pointed(rejection, place);
        return [JSON.stringify([one.code, one.params, one.pointer]), one];
      }),
    );
    throwAll([...different.values()]);
    throw new Rejection('forbidden');
  };

  /**
   * A line's version is that of the sheet that changed it last, and what happened to other lines does not
   * matter. So a line's version serves as well as the sheet's.
   * @throws Problem `stale-version` when a line that is meant has changed since
   */
  const checkVersion = ({ version, changedIn }: Sheet): void => {
    const { ifMatch } = request;
    if (ifMatch === undefined) return;
    const meant = outcome.flatMap(([{ volunteerId }, may]) =>
      named || !(may instanceof Rejection) ? [volunteerId] : [],
    );
    const newest = Math.max(0, ...meant.map((each) => changedIn.get(each) ?? 0));
    if (ifMatch < newest || ifMatch > version) throw new Problem('stale-version', { version });
  };

  const { state, version, event, more } = await aggregate('sheet').execute(id, {
    request: { ...request, ifMatch: undefined },
    authoriseAbsent: async () => {
      const asked = Array.from({ length: named?.length ?? 1 });
      await inParallel(lanes, asked, () => orRejection(() => authorise(noEntry, noSheet)));
      return mayChangeAny(request.actor);
    },
    authorise: async (sheet) => {
      const meant = meantOn(sheet);
      // A sheet without such lines still has readers who may not know it.
      const asked = meant.length > 0 ? meant : [{ ...nobodyMeant, place: null } as Meant<Asked>];
      outcome = await inParallel(lanes, asked, async (each) => [
        each,
        await mayChange(sheet, each),
      ]);
      role = outcome.flatMap(([, one]) => (one instanceof Rejection ? [] : [one]))[0];
      const bad = outcome.flatMap(([each, one]) =>
        one instanceof Rejection ? [[each, one] as const] : [],
      );
      // Said as it is said of a missing sheet, without the lines that were asked for.
      if (!role && bad.every(([, { code }]) => code === 'forbidden'))
        throw new Rejection('forbidden');
      if (!role || (isAtomic && bad.length > 0)) refuseAll(bad);
      if (given.isSilent && !named)
        outcome = outcome.filter(([, may]) => !(may instanceof Rejection));
      return role;
    },
    decide: async (sheet) => {
      checkVersion(sheet);
      await before?.(sheet);
      const results = await inParallel(
        lanes,
        outcome.filter(([{ volunteerId }]) => volunteerId !== ''),
        async ([meant, may]) => {
          const result =
            may instanceof Rejection
              ? may
              : await orRejection(async () => {
                  const { entry, volunteerId, asked } = meant;
                  if (!entry) throw new Rejection('not-found', { what: 'entry', id: volunteerId });
                  return change(entry, sheet, asked);
                });
          return [meant, result] as const;
        },
      );
      const bad = results.flatMap(([meant, one]) =>
        one instanceof Rejection ? [[meant, one] as const] : [],
      );
      const changed = results.flatMap(([, one]) => (one instanceof Rejection ? [] : [one]));
      if (bad.length > 0 && (isAtomic || changed.length === 0)) refuseAll(bad);
      refused = bad.map(([{ place, volunteerId }, rejection]) =>
        refusedBy(rejection, place, volunteerId),
      );
      return changed.length === 0 ? null : fact(sheet, changed);
    },
    more: () => refused,
    ...(given.alsoAppend ? { alsoAppend: given.alsoAppend } : {}),
    ...(given.alsoWrite ? { alsoWrite: given.alsoWrite } : {}),
  });
  const isOwn = more !== undefined;
  return { body: changedSheet(id, { state, version, event, more }, !isOwn), version };
};

const nobodyMeant = { volunteerId: '', entry: undefined, asked: undefined };
