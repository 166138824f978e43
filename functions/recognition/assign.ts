import type { Certificate } from '../../events/recognition.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import {
  claimPut,
  issuerDigits,
  newSerial,
  newStatusIndex,
  numberPut,
  setPut,
} from './assigned.ts';
import type { Issue } from './decider.ts';
import { numberOf } from './number.ts';

/** The six digits with which the numbers of the district begin. @throws Rejection `no-certificates-here` */
export const divisionCode = (): string => {
  const { divisionCode: code } = settings().certificates;
  if (code === null) throw new Rejection('no-certificates-here');
  return code;
};

/**
 * Gives numbers and places in status lists to the certificates of one command, others at each try. When a place was
 * taken, the next try is in the next list of the year, so that a full one holds nobody up.
 */
export const createAssigning = (today: string) => {
  let attempt = 0;
  return async (
    issuerId: string,
  ): Promise<Pick<Issue, 'number' | 'statusList' | 'statusIndex'>> => {
    attempt += 1;
    const parts = { division: divisionCode(), issuer: await issuerDigits(issuerId) };
    return {
      number: numberOf({ ...parts, year: yearOf(today), serial: newSerial() }),
      statusList: `${yearOf(today)}-${Math.min(attempt, 3)}`,
      statusIndex: newStatusIndex(),
    };
  };
};

/** What is written in the transaction that issues a certificate: whoever has the number or place is found there. */
export const takenBy = (
  id: string,
  { number, statusList, statusIndex }: Certificate,
): readonly AlsoWrite[] =>
  number === null || statusList === null || statusIndex === null
    ? []
    : [numberPut(number, id), claimPut(statusList, statusIndex)];

/** What is written in the transaction that ends a certificate, so that page and status list say the same. */
export const setIn = ({ statusList, statusIndex }: Certificate): readonly AlsoWrite[] =>
  statusList === null || statusIndex === null ? [] : [setPut(statusList, statusIndex)];
