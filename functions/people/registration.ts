import type { Fact } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { Rejection } from '../refusals/decision.ts';
import { beginSpell } from './spells.ts';

type Consent = Volunteer['consents'][number];

export const consentTo = (
  purpose: Consent['purpose'],
  version: string,
  by: 'self' | 'guardian',
  givenOn: string,
): Consent => ({ purpose, version, by, givenOn, withdrawnOn: null });

/** Whether the person is a minor (DOMAIN.md §3.10). A person of unknown age is treated as an adult. */
export const isMinor = ({ ageGroup }: Pick<Volunteer, 'ageGroup'>): boolean =>
  ageGroup === 'under-14' || ageGroup === 'under-18';

/** A child needs a guardian's consent (DOMAIN.md §3.10). @throws Rejection `guardian-required` */
export const consentsOf = (
  volunteer: Pick<Volunteer, 'ageGroup' | 'consentVersion'>,
  guardianConsent: string | undefined,
  today: string,
): Volunteer['consents'] => {
  if (volunteer.ageGroup === 'under-14' && guardianConsent === undefined)
    throw new Rejection('guardian-required', {}, '#/guardianConsentVersion');
  return [
    consentTo('service-record', volunteer.consentVersion, 'self', today),
    ...(guardianConsent === undefined
      ? []
      : [consentTo('guardian', guardianConsent, 'guardian', today)]),
  ];
};

export interface Registration
  extends Pick<
    Volunteer,
    'areaId' | 'tags' | 'serviceCategories' | 'ageGroup' | 'consentVersion' | 'registeredBy'
  > {
  readonly guardianConsentVersion?: string | undefined;
  /** The id by which the person's own token finds the record, when they register again after an erasure. */
  readonly selfId?: string | null;
}

/**
 * Self-registration makes somebody a volunteer at once. A person registered by somebody else must
 * confirm first (DOMAIN.md §3.7).
 * @throws Rejection `guardian-required`
 */
export const register = (
  { guardianConsentVersion, selfId = null, ...given }: Registration,
  today: string,
): Fact<'VolunteerRegistered'> => {
  const self = given.registeredBy === 'self';
  const never = { spells: [], leftOn: null };
  return {
    type: 'VolunteerRegistered',
    data: {
      volunteer: {
        ...given,
        status: self ? 'active' : 'pending',
        selfId,
        consents: self ? consentsOf(given, guardianConsentVersion, today) : [],
        credentials: [],
        possibleDuplicates: [],
        distinctFrom: [],
        mergedInto: null,
        mergedFrom: [],
        registeredOn: today,
        confirmedOn: self ? today : null,
        ...(self ? beginSpell(never, today) : never),
      },
    },
  };
};
