import type { Fact } from '../../events/catalogue.ts';
import type { Credential, Volunteer } from '../../events/volunteers.ts';
import { consentsOf, consentTo, isMinor } from '../people/registration.ts';
import { beginSpell, endSpell } from '../people/spells.ts';
import { checkStatus, Rejection } from '../refusals/decision.ts';
import { endOf } from '../runtime/calendar.ts';

type Purpose = Volunteer['consents'][number]['purpose'];

const standing = ({ consents }: Volunteer, purpose: Purpose) =>
  consents.find((each) => each.purpose === purpose && each.withdrawnOn === null);

/**
 * Consents without which nobody can be a volunteer: to the service record, and a guardian's for a
 * child.
 */
const isNeeded = ({ ageGroup }: Volunteer, purpose: Purpose): boolean =>
  purpose === 'service-record' || (purpose === 'guardian' && ageGroup === 'under-14');

/**
 * The person confirms what somebody else registered.
 * @param selfId where the person's own token leads
 * @throws Rejection `illegal-transition` unless it is pending, `guardian-required`
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
        ...beginSpell(volunteer, today),
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

/** @throws Rejection `illegal-transition` when there is nothing left to correct */
export const checkCorrectable = (volunteer: Volunteer): void =>
  checkStatus(volunteer, 'correct', 'pending', 'active', 'deactivated');

/**
 * Says which personal fields changed, without their values. With another phone or ID number the record
 * may again be suspected to be of somebody from whom it was told apart. A volunteer who becomes a child by the
 * correction, without a guardian's consent, is deactivated until there is one.
 * @throws Rejection `illegal-transition`, `invalid-value` when a minor's age would become unknown
 */
export const correctPersonalData = (
  volunteer: Volunteer,
  fields: Fact<'PersonalDataCorrected'>['data']['fields'],
  { ageGroup, newNumber }: Pick<Volunteer, 'ageGroup'> & { readonly newNumber: boolean },
  today: string,
): Fact<'PersonalDataCorrected'> => {
  checkCorrectable(volunteer);
  if (ageGroup === 'unknown' && isMinor(volunteer))
    throw new Rejection(
      'invalid-value',
      {
        zh: '未成年人的出生日期可以更正，不能删除。',
        en: 'A minor’s birth date can be corrected, but not taken away.',
      },
      '#/birthDate',
    );
  const distinctFrom = newNumber ? [] : volunteer.distinctFrom;
  const corrected = { ...volunteer, ageGroup, distinctFrom };
  const lacksConsent =
    corrected.status === 'active' &&
    isNeeded(corrected, 'guardian') &&
    !standing(corrected, 'guardian');
  return {
    type: 'PersonalDataCorrected',
    data: {
      volunteer: {
        ...corrected,
        ...(lacksConsent ? { status: 'deactivated', ...endSpell(volunteer, today) } : {}),
      },
      fields,
    },
  };
};

/** Moves a minor's age group on, never back. Null when nothing changes or the age is unknown. */
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
 * Null when the same consent to the same text was given already.
 * @throws Rejection `illegal-transition`, `invalid-value` for a guardian's consent given by anybody
 * else
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
    each === before ? { ...each, withdrawnOn: endOf(each.givenOn, today) } : each,
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
 * Withdraws a consent; null when there was none. Without consent to the service record, or for a
 * child without a guardian's, the record is deactivated. Past service stays on record.
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
          ? { status: 'deactivated', ...endSpell(volunteer, today) }
          : {}),
        consents: volunteer.consents.map((each) =>
          each === before ? { ...each, withdrawnOn: endOf(each.givenOn, today) } : each,
        ),
      },
      purpose,
    },
  };
};

const maxCredentials = 20;

/**
 * @throws Rejection `credential-expired`, `illegal-transition`, `invalid-value` when there are 20
 * already
 */
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
          each === found ? { ...each, revokedOn: endOf(each.checkedOn, today) } : each,
        ),
      },
      credentialId,
      reason,
    },
  };
};

/** @throws Rejection `illegal-transition` unless the record is active */
export const deactivate = (
  volunteer: Volunteer,
  reason: string,
  today: string,
): Fact<'VolunteerDeactivated'> => {
  checkStatus(volunteer, 'deactivate', 'active');
  return {
    type: 'VolunteerDeactivated',
    data: {
      volunteer: {
        ...volunteer,
        status: 'deactivated',
        ...endSpell(volunteer, today),
      },
      reason,
    },
  };
};

/** @throws Rejection `illegal-transition` unless the record is deactivated and the needed consents stand */
export const reactivate = (volunteer: Volunteer, today: string): Fact<'VolunteerReactivated'> => {
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
    data: { volunteer: { ...volunteer, status: 'active', ...beginSpell(volunteer, today) } },
  };
};

/**
 * Removes what could name the person or single them out. The area and the days of registration stay, so
 * that no earlier total changes; from this day on nobody is registered.
 * @throws Rejection `illegal-transition` when the record is erased already
 */
export const erase = (volunteer: Volunteer, today: string): Fact<'VolunteerErased'> => {
  checkStatus(volunteer, 'erase', 'pending', 'active', 'deactivated', 'merged');
  return {
    type: 'VolunteerErased',
    data: {
      volunteer: {
        ...volunteer,
        ...endSpell(volunteer, today),
        tags: [],
        serviceCategories: [],
        status: 'erased',
        selfId: null,
        mergedFrom: volunteer.mergedFrom.map((each) => ({ ...each, selfId: null })),
        ageGroup: 'unknown',
        consents: [],
        credentials: [],
        possibleDuplicates: [],
        distinctFrom: [],
      },
    },
  };
};
