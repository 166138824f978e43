// Who may do what: every route, and for each role where it may. What is not said here is refused.
import type { Role } from '../../events/envelope.ts';

/**
 * How somebody stands to what they ask for. Whose record it is, whether it is of their organisation,
 * whether it is in an area they work in:
 *
 *                      own       organisation  area
 *   near               no        same          same
 *   otherOrganisation  no        another       same
 *   otherArea          no        same          another
 *   far                no        another       another
 *   own                yes       another       another
 *   ownNear            by link   same          same
 *   sampled            no        another       another   and the volunteer is in the auditors' sample
 *   waiting            not yet   another       another   a merge of their own record into it waits
 */
export const standings = [
  'near',
  'otherOrganisation',
  'otherArea',
  'far',
  'own',
  'ownNear',
  'sampled',
  'waiting',
] as const;
export type Standing = (typeof standings)[number];

/** Somebody with a token that names none of our roles. */
export type Asker = Role | 'nobody';
export type Row = Readonly<Partial<Record<Asker, readonly Standing[]>>>;

const always = standings;
const own = ['own', 'ownNear'] as const;
/** Anything but what is one's own, or may be. */
const others = ['near', 'otherOrganisation', 'otherArea', 'far', 'sampled'] as const;
/** Of their organisation, in an area they work in. */
const acting = ['near', 'ownNear'] as const;
/** Of their organisation, wherever it is. */
const ofOrganisation = ['near', 'otherArea', 'ownNear'] as const;
/** Where they work, of whatever organisation. */
const inArea = ['near', 'otherOrganisation', 'ownNear'] as const;

/** With any token, also one without a role. */
const anybody: Row = {
  'district-admin': always,
  organiser: always,
  verifier: always,
  volunteer: always,
  requester: always,
  auditor: always,
  partner: always,
  nobody: always,
};
const district: Row = { 'district-admin': always };
/** The person, whatever their token says of them. */
const person: Row = {
  'district-admin': own,
  organiser: own,
  verifier: own,
  volunteer: own,
  requester: own,
  auditor: own,
  partner: own,
  nobody: own,
};
const thePersonThemselves: Row = { volunteer: own };
const runsActivities: Row = { ...district, organiser: acting };
const verifiesOutcomes: Row = {
  verifier: ['otherOrganisation', 'far', 'own', 'sampled', 'waiting'],
};
const recordsService: Row = { 'district-admin': others, organiser: ['near', 'otherArea'] };
/** The person, the district, and organisers of the recording unit wherever they work. */
const readsCertificates: Row = { ...person, ...district, organiser: [...ofOrganisation, 'own'] };
const checksCredentials: Row = {
  'district-admin': others,
  organiser: ['near', 'otherOrganisation'],
};
const verifiesRolls: Row = { verifier: others, organiser: ['near'] };
const readsHours: Row = { ...person, ...district, verifier: always, auditor: [...own, 'sampled'] };
/** Whose the lines are is told to organisers for their areas only, and to no auditor. */
const explains: Row = { ...district, verifier: always, organiser: always, auditor: always };
/** What organisations and teams did is read by their own organisers, and by those of their area. */
const readsByUnit: Row = {
  ...district,
  verifier: always,
  auditor: always,
  organiser: ['near', 'otherOrganisation', 'otherArea', 'ownNear'],
};
/** Their figures are public, so that staff read them wherever they work. */
const readsDrafts: Row = {
  ...district,
  organiser: always,
  verifier: always,
  auditor: always,
};
/** Whoever has something to finish before a month is closed. */
const preparesPeriods: Row = {
  ...district,
  verifier: always,
  organiser: always,
  auditor: always,
};
/** Whoever wrote nothing of a text: the district, and verifiers of other organisations. */
const reviewsStories: Row = {
  ...district,
  verifier: ['otherOrganisation', 'far', 'own', 'sampled', 'waiting'],
};
/** Nobody decides on a star that is, or may be, their own. */
const decidesStars: Row = { 'district-admin': others };
const leadsTeams: Row = { ...district, organiser: ofOrganisation };
const inTeams: Row = {
  ...district,
  organiser: [...ofOrganisation, 'own'],
  verifier: own,
  volunteer: own,
};
const startedImport: Row = { ...district, organiser: own };

/** A route, and after ` · ` which kind of request, where its kinds are decided differently. */
export const table: Readonly<Record<string, Row | 'public' | 'signed'>> = {
  'GET /.well-known/jwks.json': 'public',
  'GET /.well-known/did.json': 'public',
  'GET /openapi.json': 'public',
  'GET /asyncapi.json': 'public',

  'POST /plans': district,
  'POST /campaigns': district,
  'GET /campaigns': 'public',
  'GET /campaigns/{year}': 'public',
  'PATCH /campaigns/{year}': district,
  'POST /campaigns/{year}/open': district,
  'POST /campaigns/{year}/close': district,
  'POST /campaigns/{year}/copy': district,

  'GET /reports/{year}': 'public',
  'GET /reports/{year}/draft': readsDrafts,
  'GET /bulletins/{month}': 'public',
  'GET /bulletins/{month}/draft': readsDrafts,
  'PUT /reports/{year}/texts/{part}': district,

  'PUT /areas/{id}': district,
  'GET /': 'public',
  'GET /areas': 'public',
  'GET /areas/{id}': 'public',
  'POST /organisations': district,
  'GET /organisations': anybody,
  'GET /organisations/{id}': anybody,
  'PATCH /organisations/{id}': district,

  // Whoever arranges activities with others may have to call them.
  'GET /organisations/{id}/contact': { ...district, organiser: always },
  'PUT /organisations/{id}/contact': leadsTeams,

  'POST /volunteers': { ...district, organiser: inArea, volunteer: always },
  'POST /volunteers/{id}/confirm': { volunteer: always },
  'GET /volunteers · area': { ...district, organiser: inArea, verifier: inArea },
  'GET /volunteers · team': { ...district, organiser: ofOrganisation },
  // Who is elsewhere is not found.
  'POST /volunteers/look-up': { ...district, organiser: always },
  'GET /volunteers/possible-duplicates': district,
  'GET /volunteers/{id}': {
    ...person,
    ...district,
    organiser: [...inArea, 'own'],
    verifier: [...inArea, 'own'],
    auditor: [...own, 'sampled'],
  },
  'PATCH /volunteers/{id}': { ...district, organiser: inArea, volunteer: own },
  'DELETE /volunteers/{id}': { ...district, volunteer: own },
  'GET /volunteers/{id}/person': { ...person, ...district, organiser: [...inArea, 'own'] },
  'PATCH /volunteers/{id}/person': { ...district, organiser: inArea, volunteer: own },
  'POST /volunteers/{id}/consents': thePersonThemselves,
  'DELETE /volunteers/{id}/consents/{purpose}': thePersonThemselves,
  'POST /volunteers/{id}/credentials': checksCredentials,
  'POST /volunteers/{id}/credentials/{credentialId}/revoke': checksCredentials,
  'POST /volunteers/{id}/deactivate': { ...district, volunteer: own },
  'POST /volunteers/{id}/reactivate': { ...district, volunteer: own },
  'POST /volunteers/{id}/merge': { 'district-admin': others },
  'POST /volunteers/{id}/unmerge': { 'district-admin': others },
  'POST /volunteers/{id}/accept-merge': thePersonThemselves,
  'GET /volunteers/{id}/access-log': { ...person, ...district, auditor: always },
  'PUT /volunteers/{id}/access-approvals/{readerId}': district,
  'GET /volunteers/{id}/notices': person,
  'POST /volunteers/{id}/calendar': person,
  'DELETE /volunteers/{id}/calendar': person,
  // Whoever has the secret.
  'GET /feeds/calendar/{file}': 'public',

  // What leaves the district, and to whom, is for the district.
  'POST /webhooks': district,
  'GET /webhooks': district,
  'GET /webhooks/{id}': district,
  'PATCH /webhooks/{id}': district,
  'DELETE /webhooks/{id}': district,
  'POST /webhooks/{id}/rotate-secret': district,
  'POST /webhooks/{id}/test': district,
  'GET /webhooks/{id}/deliveries': district,
  'POST /webhooks/{id}/deliveries/{deliveryId}/resend': district,
  'POST /webhooks/{id}/recover': district,
  // A machine pulls the events of the organisation that its token names.
  'POST /inbound': district,
  'GET /inbound': district,
  'GET /inbound/{partner}': district,
  'PATCH /inbound/{partner}': district,
  'DELETE /inbound/{partner}': district,
  'POST /inbound/{partner}/rotate-secret': district,
  'POST /inbound/{partner}/try': district,
  'POST /inbound/{partner}': 'signed',
  'GET /inbound/{partner}/batches': district,
  'GET /inbound/{partner}/batches/{id}': district,
  'GET /events': { ...district, auditor: always, partner: always },

  'GET /volunteers/{id}/record': { ...person, ...district, organiser: [...inArea, 'own'] },
  'GET /volunteers/{id}/proofs': { ...person, ...district, organiser: [...inArea, 'own'] },
  'GET /volunteers/{id}/export': { ...person, ...district },
  'POST /volunteers/{id}/trainings': recordsService,
  'POST /volunteers/{id}/commendations': recordsService,
  'POST /volunteers/{id}/evaluations': recordsService,
  'POST /volunteers/{id}/trainings/{entryId}/void': recordsService,
  'POST /volunteers/{id}/commendations/{entryId}/void': recordsService,
  'POST /volunteers/{id}/evaluations/{entryId}/void': recordsService,

  // The recording unit applies for whoever served there; its organisers are of `ours` where they are near.
  'POST /volunteers/{id}/certificates': { organiser: ofOrganisation, volunteer: own },
  'GET /volunteers/{id}/certificates': { ...person, ...district },
  'GET /organisations/{id}/certificates': { ...district, organiser: ofOrganisation },
  'POST /certificates/{id}/issue': recordsService,
  'POST /certificates/{id}/reissue': recordsService,
  'POST /certificates/{id}/decline': recordsService,
  'POST /certificates/{id}/revoke': recordsService,
  'PUT /certificates/{id}/sealed-file': recordsService,
  'POST /certificates/{id}/withdraw': thePersonThemselves,
  'GET /certificates/{id}/document': readsCertificates,
  'GET /certificates/{id}/sealed-file': readsCertificates,
  'GET /certificates/{number}': 'public',
  'GET /verify': 'public',
  'GET /credentials/status/{list}': 'public',

  'POST /volunteers/{id}/stars': {
    'district-admin': others,
    organiser: ['near', 'otherOrganisation'],
  },
  'GET /volunteers/{id}/stars': { ...person, ...district },
  'GET /stars': { ...district, organiser: inArea, verifier: inArea },
  'POST /stars/{id}/notice': decidesStars,
  // What residents say comes by the form for complaints.
  'POST /stars/{id}/objections': { ...district, organiser: always, verifier: always },
  'POST /stars/{id}/objections/{n}/answer': decidesStars,
  'POST /stars/{id}/grant': decidesStars,
  'POST /stars/{id}/decline': decidesStars,
  'POST /stars/{id}/withdraw': decidesStars,
  'POST /stars/{id}/uphold': decidesStars,
  'GET /stars/notice': 'public',

  // Row by row: what lies elsewhere is refused in the report.
  'POST /volunteers/import': { ...district, organiser: always },
  // Own: who handed it in.
  'GET /imports/{id}': startedImport,
  'GET /imports/{id}/rows': startedImport,

  'POST /activities': runsActivities,
  'GET /activities': 'public',
  'GET /feeds/activities.ics': 'public',
  'GET /activities/{id}': 'public',
  'PATCH /activities/{id}': runsActivities,
  'POST /activities/{id}/cancel': runsActivities,
  'POST /activities/{id}/complete': runsActivities,
  'GET /activities/{id}/outcome': explains,
  'POST /activities/{id}/verify': verifiesOutcomes,
  'POST /activities/{id}/reject': verifiesOutcomes,
  'POST /activities/{id}/correct': runsActivities,

  'POST /activities/{id}/sheets/{date}/entries · leader-roll': runsActivities,
  'POST /activities/{id}/sheets/{date}/entries · self-declared': thePersonThemselves,
  'POST /activities/{id}/sheets/{date}/entries · by phone': runsActivities,
  'POST /activities/{id}/sheets/{date}/entries · on duty': runsActivities,
  'GET /activities/{id}/sheets': explains,
  'GET /hours · volunteer': { ...readsHours, organiser: [...inArea, 'own'] },
  'GET /hours · activity': {
    ...district,
    verifier: always,
    organiser: ['near', 'otherOrganisation', 'otherArea', 'ownNear'],
  },
  'GET /hours · organisation': { ...district, verifier: always, organiser: ofOrganisation },
  'GET /hours · area': { ...district, verifier: always, organiser: inArea },
  'GET /hours · flagged': { ...district, verifier: always, organiser: inArea },
  'GET /sheets/{id}': {
    ...readsHours,
    organiser: ['near', 'otherOrganisation', 'otherArea', 'own', 'ownNear'],
  },
  'POST /sheets/{id}/verify · leader-roll': verifiesRolls,
  'POST /sheets/{id}/verify · back-entry': { verifier: ['otherOrganisation', 'far', 'sampled'] },
  'POST /sheets/{id}/reject': verifiesRolls,
  'POST /sheets/{id}/correct': runsActivities,
  'POST /sheets/{id}/void': runsActivities,
  'POST /sheets/{id}/object': thePersonThemselves,

  'POST /teams': leadsTeams,
  'GET /teams': anybody,
  'GET /teams/{id}': anybody,
  'PATCH /teams/{id}': leadsTeams,
  'POST /teams/{id}/dissolve': leadsTeams,
  'POST /teams/{id}/members': inTeams,
  'GET /teams/{id}/members': {
    ...person,
    ...district,
    organiser: [...ofOrganisation, 'own'],
  },
  'DELETE /teams/{id}/members/{volunteerId}': inTeams,

  'GET /stories': 'public',
  'GET /stories/{id}': 'public',
  'GET /feeds/stories.atom': 'public',
  'POST /stories': runsActivities,
  'PATCH /stories/{id}': runsActivities,
  'POST /stories/{id}/submit': runsActivities,
  'POST /stories/{id}/return': reviewsStories,
  'POST /stories/{id}/approve': reviewsStories,
  'POST /stories/{id}/publish': runsActivities,
  'POST /stories/{id}/correct': runsActivities,
  'POST /stories/{id}/confirm': district,
  'POST /stories/{id}/channels': runsActivities,
  'POST /stories/{id}/withdraw': runsActivities,
  // Drafts name nobody.
  'GET /story-drafts': readsDrafts,
  'GET /story-drafts/{id}': readsDrafts,

  // A complaint may be about anybody who works there.
  'GET /complaints': district,
  'GET /complaints/{number}': district,
  'POST /complaints/{number}/take': district,
  'POST /complaints/{number}/answer': district,
  'POST /complaints/{number}/close': district,
  'GET /complaint-figures/{year}': { ...district, auditor: always },

  'GET /months/{month}': 'public',
  'GET /years/{year}': 'public',
  'GET /months/{month}/open': preparesPeriods,
  'POST /months/{month}/close': district,
  'POST /years/{year}/close': district,
  'GET /months/{month}/restatements': preparesPeriods,
  'GET /months/{month}/leaves': { ...district, auditor: always },
  'GET /years/{year}/leaves': { ...district, auditor: always },

  'GET /dashboards/{month}': 'public',
  'GET /dashboards/{month}/lines': explains,
  'GET /dashboards/{month}/staff': readsByUnit,
  'GET /totals/{year}': 'public',
  'GET /totals/{year}/lines': explains,
  'GET /totals/{year}/staff': readsByUnit,
};
