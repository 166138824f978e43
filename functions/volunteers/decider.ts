import type { Fact } from '../../events/catalogue.ts';
import type { Credential, Volunteer } from '../../events/volunteers.ts';
import { consentsOf, consentTo, isMinor } from '../people/registration.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';

type Purpose = Volunteer['consents'][number]['purpose'];

const checkStatus = (
  { status }: Volunteer,
  action: string,
  ...from: Volunteer['status'][]
): void => {
  if (!from.includes(status)) throw new Rejection('illegal-transition', { status, action });
};

const standing = ({ consents }: Volunteer, purpose: Purpose) =>
  consents.find((each) => each.purpose === purpose && each.withdrawnOn === null);

/** Nobody can be a volunteer without these: the one to the record, and for a child a guardian's. */
const isNeeded = ({ ageGroup }: Volunteer, purpose: Purpose): boolean =>
  purpose === 'service-record' || (purpose === 'guardian' && ageGroup === 'under-14');

/**
 * The person's own yes to what somebody else registered.
 * @param selfId where the person's own token leads
 * @throws Rejection `illegal-transition` unless it waits, `guardian-required`
 */
export const confirm = (
  volunteer: Volunteer,
  given: { readonly consentVersion: string; readonly guardianConsentVersion?: string | undefined },
  selfId: string,
  today: string,
): Fact<'VolunteerConfirmed'> => {
  checkStatus(volunteer, 'confirm', 'pending');
  const agreed = { ...volunteer, consentVersion: given.consentVersion };
  return {
    type: 'VolunteerConfirmed',
    data: {
      volunteer: {
        ...agreed,
        status: 'active',
        selfId,
        consents: consentsOf(agreed, given.guardianConsentVersion, today),
        confirmedOn: today,
      },
    },
  };
};

/** @throws Rejection `illegal-transition`; null when nothing changes */
export const revise = (
  volunteer: Volunteer,
  changes: Partial<Pick<Volunteer, 'areaId' | 'tags' | 'serviceCategories'>>,
): Fact<'VolunteerRevised'> | null => {
  checkStatus(volunteer, 'revise', 'pending', 'active', 'deactivated');
  const next = { ...volunteer, ...changes };
  return JSON.stringify(next) === JSON.stringify(volunteer)
    ? null
    : { type: 'VolunteerRevised', data: { volunteer: next } };
};

/**
 * Says which personal fields changed, never to what. Whom it makes a child without a guardian's
 * consent takes no part until there is one.
 * @throws Rejection `illegal-transition`, `invalid-value` where a minor would be of no known age
 */
export const correctPersonalData = (
  volunteer: Volunteer,
  fields: Fact<'PersonalDataCorrected'>['data']['fields'],
  ageGroup: Volunteer['ageGroup'],
  today: string,
): Fact<'PersonalDataCorrected'> => {
  checkStatus(volunteer, 'correct', 'pending', 'active', 'deactivated');
  if (ageGroup === 'unknown' && isMinor(volunteer))
    throw new Rejection(
      'invalid-value',
      {
        zh: '未成年人的出生日期可以更正，不能删除。',
        en: 'A minor’s birth date can be corrected, but not taken away.',
      },
      '#/birthDate',
    );
  const corrected = { ...volunteer, ageGroup };
  const lacksConsent =
    corrected.status === 'active' &&
    isNeeded(corrected, 'guardian') &&
    !standing(corrected, 'guardian');
  return {
    type: 'PersonalDataCorrected',
    data: {
      volunteer: {
        ...corrected,
        ...(lacksConsent ? { status: 'deactivated', leftOn: today } : {}),
      },
      fields,
    },
  };
};

/** Time moves a minor's age group on, and never back; null when that is done, or their age unknown. */
export const comeOfAge = (
  volunteer: Volunteer,
  ageGroup: 'under-18' | 'adult',
): Fact<'AgeGroupChanged'> | null => {
  const younger = ageGroup === 'adult' ? ['under-14', 'under-18'] : ['under-14'];
  return younger.includes(volunteer.ageGroup)
    ? { type: 'AgeGroupChanged', data: { volunteer: { ...volunteer, ageGroup } } }
    : null;
};

/**
 * @throws Rejection `illegal-transition`, `invalid-value` for a guardian's consent by anybody else;
 * null when it was given already, to this very text
 */
export const giveConsent = (
  volunteer: Volunteer,
  { purpose, version, by }: Pick<Volunteer['consents'][number], 'purpose' | 'version' | 'by'>,
  today: string,
): Fact<'ConsentGiven'> | null => {
  checkStatus(volunteer, 'consent', 'active', 'deactivated');
  if (purpose === 'guardian' && by !== 'guardian')
    throw new Rejection(
      'invalid-value',
      { zh: '监护人同意须由监护人作出。', en: 'A guardian’s consent is the guardian’s to give.' },
      '#/by',
    );
  const before = standing(volunteer, purpose);
  if (before?.version === version && before.by === by) return null;
  const ended = volunteer.consents.map((each) =>
    each === before ? { ...each, withdrawnOn: today } : each,
  );
  return {
    type: 'ConsentGiven',
    data: {
      volunteer: {
        ...volunteer,
        ...(purpose === 'service-record' ? { consentVersion: version } : {}),
        consents: [...ended, consentTo(purpose, version, by, today)],
      },
      purpose,
    },
  };
};

/**
 * Withdraws a consent. Without the one to keeping a service record nobody can be a volunteer, and
 * without a guardian's no child can: the record is deactivated; what was done stays on record.
 * Null when there was none.
 */
export const withdrawConsent = (
  volunteer: Volunteer,
  purpose: Purpose,
  today: string,
): Fact<'ConsentWithdrawn'> | null => {
  checkStatus(volunteer, 'withdraw', 'active', 'deactivated');
  const before = standing(volunteer, purpose);
  if (!before) return null;
  return {
    type: 'ConsentWithdrawn',
    data: {
      volunteer: {
        ...volunteer,
        ...(isNeeded(volunteer, purpose)
          ? { status: 'deactivated', leftOn: volunteer.leftOn ?? today }
          : {}),
        consents: volunteer.consents.map((each) =>
          each === before ? { ...each, withdrawnOn: today } : each,
        ),
      },
      purpose,
    },
  };
};

const maxCredentials = 20;

/** @throws Rejection `credential-expired`, `illegal-transition`, `invalid-value` after 20 of them */
export const addCredential = (
  volunteer: Volunteer,
  credential: Omit<Credential, 'checkedOn' | 'revokedOn'>,
  today: string,
): Fact<'CredentialVerified'> => {
  checkStatus(volunteer, 'credential', 'pending', 'active');
  const { id, validUntil } = credential;
  if (validUntil !== null && validUntil < today)
    throw new Rejection('credential-expired', { validUntil }, '#/validUntil');
  if (volunteer.credentials.length === maxCredentials)
    throw new Rejection('invalid-value', {
      zh: `资质不得超过 ${maxCredentials} 项。`,
      en: `There may be ${maxCredentials} credentials at most.`,
    });
  return {
    type: 'CredentialVerified',
    data: {
      volunteer: {
        ...volunteer,
        credentials: [
          ...volunteer.credentials,
          { ...credential, checkedOn: today, revokedOn: null },
        ],
      },
      credentialId: id,
    },
  };
};

/** @throws Rejection `not-found`; null when it was revoked already */
export const revokeCredential = (
  volunteer: Volunteer,
  credentialId: string,
  reason: string,
  today: string,
): Fact<'CredentialRevoked'> | null => {
  const found = volunteer.credentials.find(({ id }) => id === credentialId);
  if (!found) throw new Rejection('not-found', { what: 'credential', id: credentialId });
  if (found.revokedOn !== null) return null;
  return {
    type: 'CredentialRevoked',
    data: {
      volunteer: {
        ...volunteer,
        credentials: volunteer.credentials.map((each) =>
          each === found ? { ...each, revokedOn: today } : each,
        ),
      },
      credentialId,
      reason,
    },
  };
};

const maxDuplicates = 20;

/** Flags records that may be of the same person; null when all were flagged already. */
export const suspectDuplicates = (
  volunteer: Volunteer,
  ids: readonly string[],
): Fact<'DuplicateSuspected'> | null => {
  const mergedFrom = volunteer.mergedFrom.map(({ id }) => id);
  const others = ids.filter((id) => !mergedFrom.includes(id));
  const possibleDuplicates = [...new Set([...volunteer.possibleDuplicates, ...others])].slice(
    0,
    maxDuplicates,
  );
  if (['merged', 'erased'].includes(volunteer.status)) return null;
  return possibleDuplicates.length === volunteer.possibleDuplicates.length
    ? null
    : { type: 'DuplicateSuspected', data: { volunteer: { ...volunteer, possibleDuplicates } } };
};

/** @throws Rejection `illegal-transition` unless it is active */
export const deactivate = (
  volunteer: Volunteer,
  reason: string,
  today: string,
): Fact<'VolunteerDeactivated'> => {
  checkStatus(volunteer, 'deactivate', 'active');
  return {
    type: 'VolunteerDeactivated',
    data: { volunteer: { ...volunteer, status: 'deactivated', leftOn: today }, reason },
  };
};

/** @throws Rejection `illegal-transition` unless it is deactivated and still agreed to */
export const reactivate = (volunteer: Volunteer): Fact<'VolunteerReactivated'> => {
  checkStatus(volunteer, 'reactivate', 'deactivated');
  const needed = (['service-record', 'guardian'] as const).filter((each) =>
    isNeeded(volunteer, each),
  );
  if (needed.some((each) => !standing(volunteer, each)))
    throw new Rejection('illegal-transition', {
      status: 'consent-withdrawn',
      action: 'reactivate',
    });
  return {
    type: 'VolunteerReactivated',
    data: { volunteer: { ...volunteer, status: 'active', leftOn: null } },
  };
};

/**
 * This record is of the same person as another: its hours move there, its history stays.
 * @throws Rejection `invalid-value` for a record and itself, or one that is not active
 */
export const merge = (
  volunteer: Volunteer,
  {
    id,
    intoId,
    into,
    reason,
  }: { id: string; intoId: string; into: Pick<Volunteer, 'status'>; reason: string },
): Fact<'VolunteerMerged'> => {
  const pointer: Pointer = '#/intoId';
  if (id === intoId)
    throw new Rejection(
      'invalid-value',
      { zh: '不能将记录与其自身合并。', en: 'A record cannot be merged with itself.' },
      pointer,
    );
  // Once more into the same record: the hours that were on their way the first time are moved too.
  if (volunteer.status !== 'merged' || volunteer.mergedInto !== intoId)
    checkStatus(volunteer, 'merge', 'pending', 'active', 'deactivated');
  if (into.status !== 'active')
    throw new Rejection(
      'invalid-value',
      {
        zh: `目标记录状态为 ${into.status}，不能并入。`,
        en: `The record to merge into is ${into.status}; it has to be active.`,
      },
      pointer,
    );
  return {
    type: 'VolunteerMerged',
    data: { volunteer: { ...volunteer, status: 'merged', mergedInto: intoId }, intoId, reason },
  };
};

const maxMerged = 20;

type Known = Pick<Volunteer, 'selfId' | 'mergedFrom'> & { readonly id: string };

/** The id that the token of a record's person has. */
const tokenOf = ({ id, selfId }: Pick<Known, 'id' | 'selfId'>): string => selfId ?? id;

/**
 * Whether the person of the record that stays has to accept a merge before the other one's token
 * leads there. Not where nobody confirmed the other record, and not where both are of one token.
 */
const needsAcceptance = (
  from: Known & Pick<Volunteer, 'confirmedOn'>,
  { id, selfId, mergedFrom }: Known,
): boolean => {
  const accepted = mergedFrom.filter(({ awaiting }) => awaiting === null);
  const tokens = [{ id, selfId }, ...accepted].map(tokenOf);
  return from.confirmedOn !== null && !tokens.includes(tokenOf(from));
};

/**
 * Another record of the same person goes into this one, with whatever went into that before: what
 * was accepted there comes with its acceptance, and what still waits there waits here. Null when it
 * is in already. @throws Rejection `invalid-value` after 20 of them
 */
export const receiveMerged = (
  { id: intoId, ...volunteer }: Volunteer & { readonly id: string },
  from: Known & Pick<Volunteer, 'confirmedOn'>,
): Fact<'DuplicateMerged'> | null => {
  const { id, selfId, mergedFrom: before } = from;
  if (volunteer.mergedFrom.some((each) => each.id === id)) return null;
  const awaiting = needsAcceptance(from, { id: intoId, ...volunteer }) ? id : null;
  const mergedFrom = [
    ...volunteer.mergedFrom,
    { id, selfId, awaiting },
    ...before.map((each) => (each.awaiting === null ? { ...each, awaiting } : each)),
  ];
  if (mergedFrom.length > maxMerged)
    throw new Rejection(
      'invalid-value',
      {
        zh: `并入同一记录的不得超过 ${maxMerged} 条。`,
        en: `${maxMerged} records at most can be merged into one.`,
      },
      '#/intoId',
    );
  const ids = mergedFrom.map((each) => each.id);
  const possibleDuplicates = volunteer.possibleDuplicates.filter((each) => !ids.includes(each));
  return {
    type: 'DuplicateMerged',
    data: { volunteer: { ...volunteer, mergedFrom, possibleDuplicates }, fromId: id },
  };
};

/**
 * The person says that a record which was merged into theirs is theirs too: from then on either
 * token leads to both. For a child their guardian says so. Null when it is accepted already.
 * @throws Rejection `illegal-transition` unless this record is active or deactivated and the other
 * one is there, `unknown-reference`, `guardian-required`, `invalid-value` for a record that went
 * into another one first
 */
export const acceptMerge = (
  volunteer: Volunteer,
  {
    id,
    fromId,
    from,
    by,
  }: {
    readonly id: string;
    readonly fromId: string;
    readonly from: Pick<Volunteer, 'status' | 'ageGroup'> | undefined;
    readonly by: Volunteer['consents'][number]['by'];
  },
): Fact<'MergeAccepted'> | null => {
  checkStatus(volunteer, 'accept-merge', 'active', 'deactivated');
  const pointer: Pointer = '#/fromId';
  const awaiting = volunteer.mergedFrom.find((each) => each.id === fromId)?.awaiting;
  if (awaiting === undefined || !from)
    throw new Rejection('unknown-reference', { what: 'volunteer', id: fromId }, pointer);
  if (awaiting === null) return null;
  if (awaiting !== fromId)
    throw new Rejection(
      'invalid-value',
      {
        zh: `该记录先并入了 ${awaiting}，请认可后者的合并。`,
        en: `This record went into ${awaiting} first: accept the merge of that one.`,
      },
      pointer,
    );
  if (from.status === 'erased')
    throw new Rejection('illegal-transition', { status: from.status, action: 'accept-merge' });
  const ofChild = volunteer.ageGroup === 'under-14' || from.ageGroup === 'under-14';
  if (ofChild && by !== 'guardian') throw new Rejection('guardian-required', {}, '#/by');
  const mergedFrom = volunteer.mergedFrom.map((each) =>
    each.awaiting === fromId ? { ...each, awaiting: null } : each,
  );
  return {
    type: 'MergeAccepted',
    data: { volunteer: { ...volunteer, mergedFrom }, fromId, intoId: id },
  };
};

/**
 * Nothing stays that could name the person or set them apart; the area and the day of registration
 * stay, for every total stays what it was. @throws Rejection `illegal-transition` when erased
 */
export const erase = (volunteer: Volunteer): Fact<'VolunteerErased'> => {
  checkStatus(volunteer, 'erase', 'pending', 'active', 'deactivated', 'merged');
  return {
    type: 'VolunteerErased',
    data: {
      volunteer: {
        ...volunteer,
        tags: [],
        serviceCategories: [],
        status: 'erased',
        selfId: null,
        mergedFrom: volunteer.mergedFrom.map((each) => ({ ...each, selfId: null })),
        ageGroup: 'unknown',
        consents: [],
        credentials: [],
        possibleDuplicates: [],
      },
    },
  };
};
