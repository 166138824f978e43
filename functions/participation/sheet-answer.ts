import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf, type Sheet } from '../../events/participation.ts';
import { toShow } from '../../events/sheet-sums.ts';
import { Rejection } from '../refusals/decision.ts';
import { problemBody, problemOf } from '../refusals/problem.ts';
import { sumsOf } from '../sheets/sheet.ts';

/** An entry that a command left as it was. It is kept in the Ledger, so it has no words. */
export interface Refused extends Pick<Rejection, 'code' | 'params'> {
  /** The place of the entry in the request, from 0; null when the request named all. */
  readonly entry: number | null;
  readonly volunteerId: string | null;
}

export const refusedBy = (
  { code, params }: Rejection,
  entry: number | null,
  volunteerId: string | null,
): Refused => ({ entry, volunteerId, code, params });

const inWords = ({ entry, volunteerId, code, params }: Refused) => {
  const [zh, en] = (['zh-CN', 'en'] as const).map((locale) =>
    problemBody(problemOf([new Rejection(code, params)], locale), locale, ''),
  );
  return {
    entry,
    volunteerId,
    code,
    title: { zh: zh?.title ?? '', en: en?.title ?? '' },
    detail: { zh: zh?.detail ?? '', en: en?.detail ?? '' },
  };
};

/** A sheet without its lines. */
export const sheetHead = (id: string, sheet: Sheet, version: number) => {
  const { areasAbove: _, ...shown } = sheet.place;
  return { id, ...shown, sums: toShow(sumsOf(sheet)), version };
};

interface Changed {
  readonly state: Sheet;
  readonly version: number;
  readonly event: DomainEvent;
  readonly more: unknown;
}

/** The answer of a command: the sheet, the lines that the command changed, and what it left. */
export const changedSheet = (
  id: string,
  { state, version, event, more }: Changed,
  nothing: boolean,
) => ({
  ...sheetHead(id, state, version),
  entries: nothing || !('sums' in event.data) ? [] : entriesOf(event.data),
  refused: ((more ?? []) as readonly Refused[]).map(inWords),
});
