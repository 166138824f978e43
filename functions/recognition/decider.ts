import type { Fact } from '../../events/catalogue.ts';
import type { Certificate, certificateEnds } from '../../events/recognition.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { checkStatus, Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';

/** The version of the rules by which entries are chosen: verified, with hours, at activities that the unit records. */
const policyVersion = 1;

export type CertificateFact = Fact<
  | 'CertificateApplied'
  | 'CertificateNoticed'
  | 'CertificateIssued'
  | 'CertificateDeclined'
  | 'CertificateWithdrawn'
  | 'CertificateSuperseded'
  | 'CertificateRevoked'
  | 'CertificateFileSealed'
>;

/** What a certificate certifies, chosen at the moment at which it is issued, and what is assigned to it. */
export interface Issue
  extends Pick<Certificate, 'records' | 'entries' | 'minutes' | 'statusList' | 'statusIndex'> {
  readonly number: string;
  readonly personVersion: number;
  readonly today: string;
}

/** Whether it is an application that nobody has decided. */
export const isUndecided = ({ status }: Pick<Certificate, 'status'>): boolean =>
  status === 'applied' || status === 'in-notice';

/** Whether a certificate, or an application for one, is in the way of another one for the same time. */
export const isOpen = (state: Pick<Certificate, 'status'>): boolean =>
  isUndecided(state) || state.status === 'issued';

/** Whether two spans of local dates have a day in common. */
export const overlap = (
  one: Pick<Certificate, 'from' | 'until'>,
  other: Pick<Certificate, 'from' | 'until'>,
): boolean => one.from <= other.until && other.from <= one.until;

/**
 * Service is certified of a record that is, or was, in use. Nobody can say whose a merged or an erased record is.
 * @throws Rejection `volunteer-not-active`
 */
export const checkCertifiable = ({ status }: Pick<Volunteer, 'status'>): void => {
  if (status !== 'active' && status !== 'deactivated')
    throw new Rejection('volunteer-not-active', { status });
};

type Applied = Pick<Certificate, 'volunteerId' | 'issuerId' | 'from' | 'until'>;

const begun = (given: Applied, today: string): Certificate => ({
  ...given,
  status: 'applied',
  appliedOn: today,
  policyVersion,
  noticeUntil: null,
  records: [],
  entries: [],
  minutes: 0,
  number: null,
  issuedOn: null,
  statusList: null,
  statusIndex: null,
  predecessorId: null,
  successorId: null,
  endedBy: null,
  endedOn: null,
  reason: null,
  sealedFile: null,
});

/** @throws Rejection `invalid-value` at the date that is wrong */
export const checkSpan = (
  { from, until }: Pick<Certificate, 'from' | 'until'>,
  today: string,
): void => {
  if (until < from)
    throw new Rejection(
      'invalid-value',
      {
        zh: `结束日期 ${until} 早于开始日期 ${from}。`,
        en: `It ends, ${until}, before it begins.`,
      },
      '#/until',
    );
  if (until > today)
    throw new Rejection(
      'invalid-value',
      {
        zh: `结束日期 ${until} 晚于今天 ${today}。`,
        en: `${until} is later than today, ${today}.`,
      },
      '#/until',
    );
};

/**
 * A certificate of some hours does not speak of decades: it begins in the year of the first of them.
 * @param first the day of the first service
 * @throws Rejection `invalid-value` at the date
 */
export const checkBeginning = (from: string, first: string): void => {
  const earliest = `${yearOf(first)}-01-01`;
  if (from < earliest)
    throw new Rejection(
      'invalid-value',
      {
        zh: `该时段内最早的服务在 ${first}；开始日期不得早于 ${earliest}。`,
        en: `The first service in this time was on ${first}: begin on ${earliest} at the earliest.`,
      },
      '#/from',
    );
};

export const apply = (given: Applied, today: string): Fact<'CertificateApplied'> => ({
  type: 'CertificateApplied',
  data: { certificate: begun(given, today) },
});

/**
 * Whether a certificate may be issued now, or its notice has to begin.
 * @param noticeDays 0 when there is no notice
 * @throws Rejection `illegal-transition`, `notice-not-over`
 */
export const nextStep = (
  state: Certificate,
  { today, noticeDays }: { readonly today: string; readonly noticeDays: number },
): 'issue' | 'notice' => {
  if (state.status === 'applied') return noticeDays > 0 ? 'notice' : 'issue';
  checkStatus(state, 'issue', 'in-notice');
  if (state.noticeUntil !== null && today <= state.noticeUntil)
    throw new Rejection('notice-not-over', { until: state.noticeUntil });
  return 'issue';
};

export const notice = (state: Certificate, noticeUntil: string): Fact<'CertificateNoticed'> => ({
  type: 'CertificateNoticed',
  data: { certificate: { ...state, status: 'in-notice', noticeUntil } },
});

export const issue = (
  state: Certificate,
  { today, ...assigned }: Issue,
): Fact<'CertificateIssued'> => ({
  type: 'CertificateIssued',
  data: { certificate: { ...state, ...assigned, status: 'issued', issuedOn: today } },
});

/** @throws Rejection `illegal-transition` */
export const decline = (state: Certificate, reason: string): Fact<'CertificateDeclined'> => {
  checkStatus(state, 'decline', 'applied', 'in-notice');
  return {
    type: 'CertificateDeclined',
    data: { certificate: { ...state, status: 'declined', reason } },
  };
};

/** @throws Rejection `illegal-transition` */
export const withdraw = (state: Certificate): Fact<'CertificateWithdrawn'> => {
  checkStatus(state, 'withdraw', 'applied', 'in-notice');
  return {
    type: 'CertificateWithdrawn',
    data: { certificate: { ...state, status: 'withdrawn' } },
  };
};

/** @throws Rejection `illegal-transition` */
export const revoke = (
  state: Certificate,
  { reason, today }: { readonly reason: string; readonly today: string },
): Fact<'CertificateRevoked'> => {
  checkStatus(state, 'revoke', 'issued', 'superseded');
  return {
    type: 'CertificateRevoked',
    data: {
      certificate: { ...state, status: 'revoked', endedBy: 'unit', endedOn: today, reason },
    },
  };
};

/**
 * Another certificate takes the place of one that is good, or of one that is not so any more because of its entries
 * or of a merge.
 * @throws Rejection `illegal-transition`
 */
export const reissue = (
  state: Certificate,
  {
    id,
    successorId,
    next,
  }: { readonly id: string; readonly successorId: string; readonly next: Issue },
): { readonly old: Fact<'CertificateSuperseded'>; readonly new: Fact<'CertificateIssued'> } => {
  checkReissuable(state);
  const { volunteerId, issuerId, from, until } = state;
  const fresh = begun({ volunteerId, issuerId, from, until }, next.today);
  return {
    old: {
      type: 'CertificateSuperseded',
      data: {
        certificate: {
          ...state,
          status: 'superseded',
          successorId,
          endedBy: state.endedBy ?? 'reissued',
          endedOn: state.endedOn ?? next.today,
        },
      },
    },
    new: issue({ ...fresh, predecessorId: id }, next),
  };
};

/** @throws Rejection `illegal-transition` */
export const checkReissuable = (state: Certificate): void => {
  const isSuperseded = state.status === 'superseded' && state.successorId === null;
  if (!isSuperseded) checkStatus(state, 'reissue', 'issued');
};

/** @throws Rejection `illegal-transition` */
export const sealFile = (
  state: Certificate,
  sealedFile: NonNullable<Certificate['sealedFile']>,
): Fact<'CertificateFileSealed'> | null => {
  checkStatus(state, 'seal-file', 'issued');
  if (state.sealedFile?.sha256 === sealedFile.sha256) return null;
  return { type: 'CertificateFileSealed', data: { certificate: { ...state, sealedFile } } };
};

const ended = (
  state: Certificate,
  status: 'superseded' | 'revoked',
  endedBy: (typeof certificateEnds)[number],
  today: string,
): CertificateFact => ({
  type: status === 'superseded' ? 'CertificateSuperseded' : 'CertificateRevoked',
  data: { certificate: { ...state, status, endedBy, endedOn: state.endedOn ?? today } },
});

/** What the Ledger says now of what a certificate says. */
export interface Findings {
  readonly volunteer: Pick<Volunteer, 'status' | 'mergedInto' | 'mergedFrom'> | undefined;
  readonly hasFallen: boolean;
  /** Whether what it says of the person was corrected after it was issued. */
  readonly isOtherwise: boolean;
  readonly today: string;
}

/** What becomes of a certificate whose person or entries changed; null when nothing does. */
export const reconsider = (
  state: Certificate,
  { volunteer, hasFallen, isOtherwise, today }: Findings,
): CertificateFact | null => {
  if (!volunteer || volunteer.status === 'erased') {
    if (state.endedBy === 'erased' || state.status === 'declined' || state.status === 'withdrawn')
      return null;
    return state.number === null ? withdraw(state) : ended(state, 'revoked', 'erased', today);
  }
  if (state.status !== 'issued') return null;
  const accepted = volunteer.mergedFrom.filter(({ awaiting }) => awaiting === null);
  const isParted = state.records.some((id) => !accepted.some((each) => each.id === id));
  if (volunteer.mergedInto !== null || isParted) return ended(state, 'superseded', 'merged', today);
  if (hasFallen) return ended(state, 'superseded', 'entries', today);
  return isOtherwise ? ended(state, 'superseded', 'person', today) : null;
};
