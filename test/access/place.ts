import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { catalogue } from '../../events/catalogue.ts';
import type { Star } from '../../events/stars.ts';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { aggregate } from '../../functions/ledger/aggregate.ts';
import { dueByTime } from '../../functions/ledger/follow-up.ts';
import { load } from '../../functions/ledger/ledger.ts';
import { isSampled } from '../../functions/people/audit-sample.ts';
import { actor } from '../support/actors.ts';
import { type Answer, type Ask, ask, noon } from '../support/http-event.ts';
import { deliver } from '../support/projecting.ts';
import { admin, organiserOf, plan } from '../support/town.ts';
import type { Asker, Standing } from './table.ts';

/** The town everything happens in. */
export interface Town {
  readonly ours: string;
  readonly theirs: string;
  readonly activityId: string;
  readonly handlers: Readonly<Record<string, unknown>>;
}

/** Asks a slice’s function; a refusal says what it was. */
export const must = async (town: Town, slice: string, request: Ask): Promise<Answer> => {
  const answer = await ask(town.handlers[slice], request);
  if (answer.status > 299) throw new Error(`${request.route}: ${JSON.stringify(answer.body)}`);
  return answer;
};

let people = 0;
/** Subjects that nobody had before, whose records auditors may open or not. */
export const newSubject = async (sampled: boolean): Promise<string> => {
  for (;;) {
    people += 1;
    const subject = `person-${people}`;
    if ((await isSampled(volunteerIdOf('test', subject), '2025')) === sampled) return subject;
  }
};

export const holderName = '雷小锋';
const registration = {
  areaId: 'hongqi',
  consentVersion: '1',
  person: { name: holderName },
};
const registerRoute = { route: 'POST /volunteers', body: registration };

export const registerOneself = async (town: Town, sub: string): Promise<string> => {
  const token = { sub, role: 'volunteer' };
  return (await must(town, 'volunteers', { ...registerRoute, token })).body.id;
};

/** Registered by staff; the code is the person's. */
export const registerAnother = async (town: Town): Promise<{ id: string; code: string }> => {
  for (;;) {
    const token = organiserOf(town.ours, 'clerk');
    const { body } = await must(town, 'volunteers', { ...registerRoute, token });
    if (!(await isSampled(body.id, '2025'))) return { id: body.id, code: body.confirmationCode };
  }
};

let phones = 13_900_000_000;
/** Registers somebody who can be called; returns their number. */
export const registerCalled = async (town: Town): Promise<string> => {
  phones += 1;
  const phone = String(phones);
  const body = { ...registration, person: { name: holderName, phone } };
  const token = { sub: await newSubject(false), role: 'volunteer' };
  await must(town, 'volunteers', { route: 'POST /volunteers', body, token });
  return phone;
};

const linkTo = async (town: Town, sub: string): Promise<string> => {
  const { id, code } = await registerAnother(town);
  await must(town, 'volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id },
    body: { code, consentVersion: '1' },
    token: { sub, role: 'volunteer' },
  });
  return id;
};

/** Somebody's record, that staff merged into another one. */
export const mergeAnother = async (town: Town, intoId: string, sub?: string): Promise<string> => {
  const id = await registerOneself(town, sub ?? (await newSubject(false)));
  await must(town, 'volunteers', {
    route: 'POST /volunteers/{id}/merge',
    params: { id },
    body: { intoId, reason: '同一人' },
    token: admin,
  });
  return id;
};

/** Somebody, and what they ask for, made when it is asked for. */
export interface Place {
  readonly town: Town;
  /** The subject of who asks. */
  readonly sub: string;
  readonly isOwn: boolean;
  /** The volunteer it is about. */
  readonly volunteerId: string;
  /** Something this place has one of. */
  readonly one: <Value>(name: string, make: () => Promise<Value>) => Promise<Value>;
}

export const openPlace = async (town: Town, standing: Standing): Promise<Place> => {
  const sub = await newSubject(false);
  const isOwn = standing === 'own' || standing === 'ownNear';
  const volunteerId =
    standing === 'ownNear'
      ? await linkTo(town, sub)
      : await registerOneself(town, isOwn ? sub : await newSubject(standing === 'sampled'));
  if (standing === 'waiting') await mergeAnother(town, volunteerId, sub);
  return renewed({ town, sub, isOwn, volunteerId });
};

/** The same people, and nothing made for them yet. */
export const renewed = ({ town, sub, isOwn, volunteerId }: Omit<Place, 'one'>): Place => {
  const made = new Map<string, Promise<unknown>>();
  return {
    town,
    sub,
    isOwn,
    volunteerId,
    one: <Value>(name: string, make: () => Promise<Value>) => {
      const value = (made.get(name) as Promise<Value> | undefined) ?? make();
      made.set(name, value);
      return value;
    },
  };
};

const here = 'hongqi';
const elsewhere = 'xinhua';

/** The token of who asks: their role, and what it says of organisation and area. */
export const tokenOf = (
  { town, sub }: Pick<Place, 'town' | 'sub'>,
  asker: Asker,
  standing: Standing,
): Readonly<Record<string, string>> => ({
  sub,
  ...(asker === 'nobody' ? {} : { role: asker }),
  organisation: ['near', 'otherArea', 'ownNear'].includes(standing) ? town.ours : town.theirs,
  area: ['near', 'otherOrganisation', 'ownNear'].includes(standing) ? here : elsewhere,
});

export const clerk = (town: Town) => organiserOf(town.ours, 'clerk');

export const newActivity = async (town: Town): Promise<string> => {
  const body = { ...plan, organisationId: town.ours };
  const request = { route: 'POST /activities', body, token: clerk(town) };
  return (await must(town, 'activities', request)).body.id;
};

export const serviceDate = '2025-10-18';

/** The place's volunteer as a roll names them. */
export const lineOf = ({ volunteerId }: Place, origin: string) => ({
  volunteerId,
  attendedMinutes: 10,
  origin,
});

/** A sheet of its own activity, with a line of the place's volunteer. */
export const newSheet = async (
  place: Place,
  origin = 'leader-roll',
  attendedMinutes = 10,
): Promise<string> => {
  const { town } = place;
  const request = {
    route: 'POST /activities/{id}/sheets/{date}/entries',
    params: { id: await newActivity(town), date: serviceDate },
    body: { entries: [{ ...lineOf(place, origin), attendedMinutes }] },
    token: clerk(town),
  };
  return (await must(town, 'participation', request)).body.id;
};

/** Verified hours of the place's volunteer, which the Views have. */
export const newService = async (place: Place, minutes?: number): Promise<void> => {
  const { town } = place;
  const id = await newSheet(place, 'leader-roll', minutes);
  const body = { entries: 'all' };
  const token = { sub: 'verifier-elsewhere', role: 'verifier', organisation: town.theirs };
  const route = 'POST /sheets/{id}/verify';
  await must(town, 'participation', { route, params: { id }, body, token });
  await deliver((await load({ type: 'sheet', id })).map(({ event }) => event));
};

const nobodysCertificate = catalogue.CertificateApplied.example.certificate;

/** A certificate of the place's volunteer, of the unit `ours`, as if it had been applied for or issued. */
export const newCertificate = async (
  { town, volunteerId }: Place,
  status: 'applied' | 'issued',
): Promise<string> => {
  const id = randomUUID();
  const certificate = {
    ...(status === 'issued' ? catalogue.CertificateIssued.example.certificate : nobodysCertificate),
    ...{ volunteerId, issuerId: town.ours, from: '2025-10-01', until: '2025-10-18' },
  };
  const type = status === 'issued' ? 'CertificateIssued' : 'CertificateApplied';
  const request = {
    ...{ actor: actor('clerk', town.ours, 'organiser'), at: noon, correlationId: id },
    idempotency: undefined,
  };
  await aggregate('certificate').create(id, {
    request,
    authorise: () => 'organiser',
    prepare: async () => ({ type, data: { certificate } }),
  });
  return id;
};

/** A star of the place's volunteer that needs one hour, as if it had come so far; its notice ended long ago. */
export const newStar = async (
  { volunteerId }: Place,
  type: 'StarNominated' | 'StarNoticed' | 'StarObjected' | 'StarGranted' | 'StarReviewRaised',
): Promise<string> => {
  const id = randomUUID();
  const { star } = catalogue[type].example as { readonly star: Star };
  const state = {
    ...star,
    ...{ volunteerId, areaId: here, terms: { ...star.terms, hours: 1 } },
    ...(star.noticeUntil === null ? {} : { noticeUntil: '2025-10-10' }),
  };
  await aggregate('star').create(id, {
    ...dueByTime('leifeng:tests', noon, id),
    authorise: () => 'district-admin',
    prepare: async () => ({ type, data: { star: state } }),
  });
  return id;
};

export const teamOf = (town: Town) => ({
  name: '义诊队',
  specialty: 'medical',
  areaId: here,
  organisationId: town.ours,
  joining: 'open',
});

export const newTeam = async (town: Town): Promise<string> =>
  (await must(town, 'teams', { route: 'POST /teams', body: teamOf(town), token: admin })).body.id;

/** A webhook whose receiver is never there. */
export const hook = { url: 'http://127.0.0.1:1/hook', description: '区数据平台' };

export const newWebhook = async (town: Town): Promise<string> =>
  (await must(town, 'webhooks', { route: 'POST /webhooks', body: hook, token: admin })).body.id;

/** A partner whose machine hands registrations in. */
export const supplier = {
  description: '市志愿服务平台',
  areaIds: [here],
  accepts: [{ type: 'cn.example.join', as: 'registration' }],
};

export interface Partner {
  readonly id: string;
  readonly secret: string;
}
export const newPartner = async (town: Town): Promise<Partner> =>
  (await must(town, 'inbound', { route: 'POST /inbound', body: supplier, token: admin })).body;

/** A batch that the partner's machine handed in. */
export const newBatch = async (town: Town, { id, secret }: Partner): Promise<string> => {
  const body = '[{}]';
  const headers = {
    'webhook-id': 'batch',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': new Webhook(secret).sign('batch', new Date(), body),
  };
  const route = 'POST /inbound/{partner}';
  return (await must(town, 'inbound', { route, params: { partner: id }, body, headers })).body.id;
};

export { admin };
