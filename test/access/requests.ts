// A request for each row of the table that whoever may is answered 2xx to.

import { randomBytes, randomUUID } from 'node:crypto';
import { receive } from '../../functions/complaints/decider.ts';
import { newNumber } from '../../functions/complaints/number.ts';
import { aggregate } from '../../functions/ledger/aggregate.ts';
import { dueByTime } from '../../functions/ledger/follow-up.ts';
import { putLogged } from '../../functions/webhooks/store.ts';
import { appendClosed, appendClosedMonths } from '../support/closing.ts';
import { type Ask, noon } from '../support/http-event.ts';
import { plan } from '../support/town.ts';
import {
  admin,
  clerk,
  holderName,
  hook,
  lineOf,
  mergeAnother,
  must,
  newActivity,
  newBatch,
  newCertificate,
  newPartner,
  newService,
  newSheet,
  newStar,
  newSubject,
  newTeam,
  newWebhook,
  type Place,
  registerAnother,
  registerCalled,
  registerOneself,
  serviceDate,
  supplier,
  teamOf,
} from './place.ts';

/** A year long ago whose months are closed, and which nobody has closed yet. */
let closedYear = 2001;
const closedMonths = async (): Promise<string> => {
  while (await aggregate('period').find(String(closedYear))) closedYear += 1;
  return appendClosedMonths(String(closedYear));
};
let openMonth = 0;
/** A month that is over and that nobody has closed. */
const freshMonth = (): string => {
  openMonth += 1;
  const year = 2020 - Math.floor(openMonth / 12);
  return `${year}-${String((openMonth % 12) + 1).padStart(2, '0')}`;
};

/** What is asked, and where another subject than the place's asks it. */
export type Arranged = Omit<Ask, 'route' | 'token'> & { readonly sub?: string };
type Arrange = (place: Place) => Arranged | Promise<Arranged>;

const reason = { reason: '测试用例' };
let year = 2100;
let serial = 0;
const next = (): number => {
  serial += 1;
  return serial;
};

const planned = (place: Place): Promise<string> =>
  place.one('campaign', async () => {
    year += 1;
    const body = { year, plan: 'learn-from-lei-feng' };
    const request = { route: 'POST /campaigns', body, token: admin };
    return String((await must(place.town, 'campaigns', request)).body.year);
  });

const opened = (place: Place): Promise<string> =>
  place.one('open campaign', async () => {
    year += 1;
    const own = year;
    const body = { year: own, plan: 'learn-from-lei-feng' };
    await must(place.town, 'campaigns', { route: 'POST /campaigns', body, token: admin });
    const params = { year: String(own) };
    await must(place.town, 'campaigns', {
      route: 'POST /campaigns/{year}/open',
      params,
      token: admin,
    });
    return params.year;
  });

const onVolunteer =
  (rest: Omit<Arranged, 'params'> = {}, params: Readonly<Record<string, string>> = {}): Arrange =>
  ({ volunteerId }) => ({ params: { id: volunteerId, ...params }, ...rest });

const onWebhook =
  (rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => ({
    params: { id: await place.one('webhook', () => newWebhook(place.town)) },
    ...rest,
  });

const partnerOf = (place: Place): Promise<string> =>
  place.one('partner', async () => (await newPartner(place.town)).id);

const onPartner =
  (rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => ({
    params: { partner: await partnerOf(place) },
    ...rest,
  });

const onBatch: Arrange = async (place) => {
  const of = await place.one('batch', async () => {
    const partner = await newPartner(place.town);
    return `${partner.id} ${await newBatch(place.town, partner)}`;
  });
  const [partner = '', id = ''] = of.split(' ');
  return { params: { partner, id } };
};

const onActivity =
  (rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => ({
    params: { id: await place.one('activity', () => newActivity(place.town)) },
    ...rest,
  });

const onCompleted =
  (rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => {
    const { town } = place;
    const id = await place.one('completed', async () => {
      const id = await newActivity(town);
      const route = 'POST /activities/{id}/complete';
      await must(town, 'activities', { route, params: { id }, body: {}, token: clerk(town) });
      return id;
    });
    return { params: { id }, ...rest };
  };

/** The steps of a story until it stands so, and whose they are. */
const storySteps = ['submit', 'approve', 'publish'] as const;
const onStory =
  (
    steps: number,
    rest: Omit<Arranged, 'params'> = {},
    more: readonly string[] = [],
    { kind, at }: { readonly kind: string; readonly at: number } = { kind: 'story', at: noon },
  ): Arrange =>
  async (place) => {
    const { town } = place;
    const id = await place.one(`${kind} ${steps} ${more.join(' ')}`, async () => {
      const writer = clerk(town);
      const reader = { sub: 'reader', role: 'verifier', organisation: town.theirs };
      const body = {
        ...{ kind, areaId: 'hongqi', organisationId: town.ours },
        ...{ title: '义诊', summary: '义诊', text: '义诊进社区。' },
      };
      const begun = { route: 'POST /stories', body, token: writer, at };
      const { id } = (await must(town, 'publicity', begun)).body;
      const act = (name: string) =>
        must(town, 'publicity', {
          route: name === 'revise' ? 'PATCH /stories/{id}' : `POST /stories/{id}/${name}`,
          params: { id },
          ...(name === 'revise' ? { body: { title: '义诊进社区' } } : {}),
          token: name === 'approve' ? reader : writer,
          at,
        });
      for (const name of [...storySteps.slice(0, steps), ...more]) await act(name);
      return id as string;
    });
    return { params: { id }, ...rest };
  };

/** A complaint, as far as it is dealt with. */
const onComplaint =
  (steps: readonly string[], rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => {
    const number = await place.one(`complaint ${steps.join(' ')}`, async () => {
      const number = newNumber('2025-10-18', randomBytes(8));
      await aggregate('complaint').create(number, {
        ...dueByTime('leifeng:tests', noon, randomUUID()),
        authorise: () => 'requester',
        prepare: async () => receive(null, '2025-10-18', '2025-11-07'),
      });
      for (const name of steps)
        await must(place.town, 'complaints', {
          route: `POST /complaints/{number}/${name}`,
          params: { number },
          ...(name === 'answer' ? { body: { text: '已核实。' } } : {}),
          token: admin,
        });
      return number;
    });
    return { params: { number }, ...rest };
  };

/** People entered on the sheet of an activity that has none yet. */
const entering =
  (line: (place: Place) => object | Promise<object>): Arrange =>
  async (place) => ({
    params: { id: await place.one('running', () => newActivity(place.town)), date: serviceDate },
    body: { entries: [await line(place)] },
  });

const named = ({ volunteerId }: Place) => ({ entries: [volunteerId] });
const onSheet =
  (body?: (place: Place) => object, origin = 'leader-roll'): Arrange =>
  async (place) => ({
    params: { id: await place.one(`sheet-${origin}`, () => newSheet(place, origin)) },
    ...(body ? { body: body(place) } : {}),
  });

const onTeam =
  (rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => ({
    params: { id: await place.one('team', () => newTeam(place.town)) },
    ...rest,
  });

/** A team that the place's volunteer has joined, invited by staff unless they ask for themselves. */
const joined = (place: Place): Promise<string> =>
  place.one('joined', async () => {
    const { town, sub, isOwn, volunteerId } = place;
    const id = await newTeam(town);
    const join = { route: 'POST /teams/{id}/members', params: { id }, body: { volunteerId } };
    await must(town, 'teams', { ...join, token: admin });
    if (isOwn) await must(town, 'teams', { ...join, token: { sub, role: 'volunteer' } });
    return id;
  });

const entries = {
  trainings: { name: '急救', content: '心肺复苏', studyMinutes: 90 },
  commendations: { name: '优秀志愿者' },
  evaluations: { quality: 'good' },
} as const;
type Kind = keyof typeof entries;

const entryBody = (place: Place, kind: Kind) => ({
  organisationId: place.town.ours,
  date: '2025-10-11',
  ...entries[kind],
});
const recording =
  (kind: Kind): Arrange =>
  (place) => ({ params: { id: place.volunteerId }, body: entryBody(place, kind) });
const voiding =
  (kind: Kind): Arrange =>
  async (place) => {
    const { town, volunteerId: id } = place;
    const entryId = await place.one(kind, async () => {
      const route = `POST /volunteers/{id}/${kind}`;
      const request = { route, params: { id }, body: entryBody(place, kind), token: admin };
      return (await must(town, 'records', request)).body.id as string;
    });
    return { params: { id, entryId }, body: reason };
  };

export const contact = { name: '王主任', phone: '13800138000' };

const credential = {
  kind: 'doctor',
  number: '1',
  holderName,
  lineOf,
  issuedBy: '卫生健康委员会',
  evidence: 'original-seen',
};

const sheet = () => {
  const phone = String(13_800_000_000 + next());
  return {
    query: { consentVersion: '1', areaId: 'hongqi' },
    body: `姓名,手机\n王小明,${phone}\n`,
    headers: { 'content-type': 'text/csv' },
  };
};
const onImport: Arrange = async (place) => {
  const { town, sub, isOwn } = place;
  const id = await place.one('import', async () => {
    const token = isOwn ? { ...clerk(town), sub } : clerk(town);
    const request = { route: 'POST /volunteers/import', ...sheet(), token };
    return (await must(town, 'imports', request)).body.id as string;
  });
  return { params: { id } };
};

/** What makes of a place what others cannot use, even where it is refused. */
export const spoiling: ReadonlySet<string> = new Set([
  'POST /volunteers/{id}/reactivate',
  'POST /volunteers/{id}/unmerge',
]);
/** What is changed by one after the other: there is one of it, and who is late is told so. */
export const oneByOne: ReadonlySet<string> = new Set([
  'PATCH /organisations/{id}',
  'PATCH /campaigns/{year}',
  'PUT /organisations/{id}/contact',
  'POST /years/{year}/close',
]);

const daysOfOctober = { from: '2025-10-01', until: '2025-10-18' };
const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');

const onCertificate =
  (status: 'applied' | 'issued', rest: Omit<Arranged, 'params'> = {}): Arrange =>
  async (place) => ({
    params: { id: await place.one(status, () => newCertificate(place, status)) },
    ...rest,
  });

/** A star of the place's volunteer, who has an hour where that is asked for. */
const onStar =
  (
    type: Parameters<typeof newStar>[1],
    rest: Omit<Arranged, 'params'> = {},
    more: { readonly serves?: true; readonly params?: Readonly<Record<string, string>> } = {},
  ): Arrange =>
  async (place) => {
    if (more.serves) await place.one('hour', () => newService(place, 60));
    const id = await place.one(type, () => newStar(place, type));
    return { params: { id, ...more.params }, ...rest };
  };

/** The number of a certificate of somebody new, issued as units issue them. */
const issuedNumber = (place: Place): Promise<string> =>
  place.one('number', async () => {
    const { town } = place;
    const id = await registerOneself(town, await newSubject(false));
    await newService({ ...place, volunteerId: id });
    const body = { issuerId: town.ours, ...daysOfOctober };
    const route = 'POST /volunteers/{id}/certificates';
    const applied = { route, params: { id }, body, token: clerk(town) };
    const params = { id: (await must(town, 'recognition', applied)).body.id };
    const issue = { route: 'POST /certificates/{id}/issue', params, token: admin };
    return (await must(town, 'recognition', issue)).body.number;
  });

export const requests: Readonly<Record<string, Arrange>> = {
  'GET /months/{month}': () => ({ params: { month: '2025-10' } }),
  'GET /years/{year}': () => ({ params: { year: '2025' } }),
  'GET /months/{month}/open': () => ({ params: { month: '2025-10' } }),
  'POST /months/{month}/close': () => ({ params: { month: freshMonth() }, body: {} }),
  'POST /years/{year}/close': async () => ({ params: { year: await closedMonths() } }),
  'GET /months/{month}/restatements': () => ({ params: { month: '2025-10' } }),
  'GET /months/{month}/leaves': async (place) => ({
    params: { month: await place.one('closed month', () => appendClosed('2021-03')) },
  }),
  'GET /years/{year}/leaves': async (place) => ({
    params: { year: await place.one('closed year', () => appendClosed('2021')) },
  }),

  'GET /openapi.json': () => ({}),
  'GET /asyncapi.json': () => ({}),

  'POST /plans': () => ({ body: { text: '2025年学雷锋活动方案\n3月:清扫' } }),
  'POST /campaigns': () => {
    year += 1;
    return { body: { year, plan: 'learn-from-lei-feng' } };
  },
  'GET /campaigns': () => ({}),
  'GET /campaigns/{year}': () => ({ params: { year: '2025' } }),
  'PATCH /campaigns/{year}': () => ({
    params: { year: '2025' },
    // Takes the routine service of the request before out of the plan.
    body: { routines: [{ key: `ROUTINE_${next()}`, title: '常态服务' }] },
  }),
  'GET /reports/{year}': async () => ({ params: { year: await appendClosed('2021') } }),
  'GET /reports/{year}/draft': () => ({ params: { year: '2025' } }),
  'GET /bulletins/{month}': async () => ({ params: { month: await appendClosed('2021-03') } }),
  'GET /bulletins/{month}/draft': () => ({ params: { month: '2025-10' } }),
  'PUT /reports/{year}/texts/{part}': () => {
    year += 1;
    return { params: { year: String(year), part: 'problems' }, body: { text: '测试用例' } };
  },
  'POST /campaigns/{year}/open': async (place) => ({ params: { year: await planned(place) } }),
  'POST /campaigns/{year}/close': async (place) => ({ params: { year: await opened(place) } }),
  'POST /campaigns/{year}/copy': () => {
    year += 1;
    return { params: { year: '2025' }, body: { year } };
  },

  'GET /stories': () => ({}),
  'GET /stories/{id}': onStory(3),
  'GET /feeds/stories.atom': () => ({}),
  'POST /stories': ({ town }) => ({
    body: {
      ...{ kind: 'practice-note', areaId: 'hongqi', organisationId: town.ours },
      ...{ title: '义诊', summary: '义诊', text: '义诊进社区。' },
    },
  }),
  'PATCH /stories/{id}': onStory(0, { body: { title: '秋季义诊' } }),
  'POST /stories/{id}/submit': onStory(0),
  'POST /stories/{id}/return': onStory(1, { body: reason }),
  'POST /stories/{id}/approve': onStory(1),
  'POST /stories/{id}/publish': onStory(2),
  'POST /stories/{id}/correct': onStory(3, { body: reason }, ['revise', 'submit', 'approve']),
  // Its notice is over.
  'POST /stories/{id}/confirm': onStory(3, {}, [], {
    ...{ kind: 'exemplar', at: Date.UTC(2025, 8, 1, 6) },
  }),
  'POST /stories/{id}/channels': onStory(3, { body: { kind: 'led', on: '2025-10-18' } }),
  'POST /stories/{id}/withdraw': onStory(0, { body: reason }),
  'GET /story-drafts': () => ({}),
  'GET /story-drafts/{id}': onStory(0),

  'GET /complaints': () => ({}),
  'GET /complaints/{number}': onComplaint([], { query: { reason: 'support' } }),
  'POST /complaints/{number}/take': onComplaint([]),
  'POST /complaints/{number}/answer': onComplaint(['take'], { body: { text: '已核实。' } }),
  'POST /complaints/{number}/close': onComplaint(['take', 'answer']),
  'GET /complaint-figures/{year}': () => ({ params: { year: '2025' } }),

  'PUT /areas/{id}': () => ({
    params: { id: `community-${next()}` },
    body: { kind: 'community', name: '新社区', parentId: 'hongqi' },
  }),
  'GET /': () => ({}),
  'GET /areas': () => ({}),
  'GET /areas/{id}': () => ({ params: { id: 'hongqi' } }),
  'POST /organisations': () => ({
    body: { kind: 'hospital', name: '卫生服务中心', areaId: 'hongqi' },
  }),
  'GET /organisations': () => ({}),
  'GET /organisations/{id}': ({ town }) => ({ params: { id: town.ours } }),
  'PATCH /organisations/{id}': ({ town }) => ({
    params: { id: town.ours },
    body: { name: `红旗社区居委会 ${next()}` },
  }),

  'GET /organisations/{id}/contact': ({ town }) => ({
    params: { id: town.ours },
    query: { reason: 'support' },
  }),
  'PUT /organisations/{id}/contact': ({ town }) => ({ params: { id: town.ours }, body: contact }),

  'POST /volunteers': async () => ({
    body: { areaId: 'hongqi', consentVersion: '1' },
    sub: await newSubject(false),
  }),
  'POST /volunteers/{id}/confirm': async (place) => {
    const { id, code } = await place.one('pending', () => registerAnother(place.town));
    return { params: { id }, body: { code, consentVersion: '1' }, sub: await newSubject(false) };
  },
  'GET /volunteers · area': () => ({ query: { areaId: 'hongqi' } }),
  'GET /volunteers · team': async (place) => ({
    query: { teamId: await place.one('team', () => newTeam(place.town)) },
  }),
  'POST /volunteers/look-up': () => ({
    body: { name: holderName, areaId: 'hongqi', reason: 'service-arrangement' },
  }),
  'GET /volunteers/possible-duplicates': () => ({}),
  'GET /volunteers/{id}': onVolunteer(),
  'PATCH /volunteers/{id}': onVolunteer({ body: { tags: ['youth'] } }),
  'DELETE /volunteers/{id}': onVolunteer(),
  'GET /volunteers/{id}/person': onVolunteer({ query: { reason: 'support' } }),
  'PATCH /volunteers/{id}/person': onVolunteer({ body: { skills: ['理发'] } }),
  'POST /volunteers/{id}/consents': onVolunteer({ body: { purpose: 'publicity', version: '1' } }),
  'DELETE /volunteers/{id}/consents/{purpose}': onVolunteer({}, { purpose: 'service-record' }),
  'POST /volunteers/{id}/credentials': onVolunteer({ body: credential }),
  'POST /volunteers/{id}/credentials/{credentialId}/revoke': async (place) => {
    const { town, volunteerId: id } = place;
    const credentialId = await place.one('credential', async () => {
      const route = 'POST /volunteers/{id}/credentials';
      const request = { route, params: { id }, body: credential, token: admin };
      return (await must(town, 'volunteers', request)).body.credentials[0].id as string;
    });
    return { params: { id, credentialId }, body: reason };
  },
  'POST /volunteers/{id}/deactivate': onVolunteer({ body: reason }),
  'POST /volunteers/{id}/reactivate': async (place) => {
    const { town, volunteerId: id } = place;
    await place.one('deactivated', () => {
      const route = 'POST /volunteers/{id}/deactivate';
      return must(town, 'volunteers', { route, params: { id }, body: reason, token: admin });
    });
    return { params: { id } };
  },
  'POST /volunteers/{id}/merge': async (place) => {
    const intoId = await place.one('into', async () =>
      registerOneself(place.town, await newSubject(false)),
    );
    return { params: { id: place.volunteerId }, body: { intoId, ...reason } };
  },
  'POST /volunteers/{id}/unmerge': async (place) => {
    const { town, volunteerId: id } = place;
    await place.one('merged away', async () => {
      const intoId = await registerOneself(town, await newSubject(false));
      const route = 'POST /volunteers/{id}/merge';
      const body = { intoId, ...reason };
      return must(town, 'volunteers', { route, params: { id }, body, token: admin });
    });
    return { params: { id }, body: reason };
  },
  'POST /volunteers/{id}/accept-merge': async (place) => {
    const { town, volunteerId } = place;
    const fromId = await place.one('merged', () => mergeAnother(town, volunteerId));
    return { params: { id: volunteerId }, body: { fromId } };
  },
  'GET /volunteers/{id}/access-log': onVolunteer(),
  'PUT /volunteers/{id}/access-approvals/{readerId}': onVolunteer(
    { body: { until: '2025-10-31' } },
    { readerId: 'clerk' },
  ),
  'GET /volunteers/{id}/notices': onVolunteer(),
  'POST /volunteers/{id}/calendar': onVolunteer(),
  'DELETE /volunteers/{id}/calendar': onVolunteer(),
  'GET /feeds/calendar/{file}': async ({ town }) => {
    const sub = await newSubject(false);
    const params = { id: await registerOneself(town, sub) };
    const route = 'POST /volunteers/{id}/calendar';
    const { body } = await must(town, 'calendars', { route, params, token: { sub } });
    return { params: { file: body.path.split('/').at(-1) } };
  },

  'POST /webhooks': () => ({ body: hook }),
  'GET /webhooks': () => ({}),
  'GET /webhooks/{id}': onWebhook(),
  'PATCH /webhooks/{id}': onWebhook({ body: { description: `平台${next()}` } }),
  'DELETE /webhooks/{id}': onWebhook(),
  'POST /webhooks/{id}/rotate-secret': onWebhook({ body: {} }),
  'POST /webhooks/{id}/test': onWebhook({ body: {} }),
  'GET /webhooks/{id}/deliveries': onWebhook(),
  'POST /webhooks/{id}/deliveries/{deliveryId}/resend': async (place) => {
    const webhookId = await place.one('webhook', () => newWebhook(place.town));
    const deliveryId = '0198c0de-0000-7000-8000-000000000001';
    await putLogged({
      ...{ webhookId, id: deliveryId, type: 'AreaDefined', notice: null, status: 'failed' },
      event: { type: 'area', id: 'hongqi', version: 1 },
      ...{ attempts: 10, at: '2025-10-18T06:00:00.000Z', problem: 'timeout', answered: null },
      ...{ latencyMs: null, answer: '', dueAt: null },
    });
    return { params: { id: webhookId, deliveryId }, body: {} };
  },
  'GET /.well-known/jwks.json': () => ({}),
  'GET /.well-known/did.json': () => ({}),

  'POST /volunteers/{id}/certificates': async (place) => {
    await place.one('service', () => newService(place));
    const { town, volunteerId: id } = place;
    return { params: { id }, body: { issuerId: town.ours, ...daysOfOctober } };
  },
  'GET /volunteers/{id}/certificates': onVolunteer(),
  'GET /organisations/{id}/certificates': ({ town }) => ({ params: { id: town.ours } }),
  'POST /certificates/{id}/issue': async (place) => {
    await place.one('service', () => newService(place));
    return onCertificate('applied')(place);
  },
  'POST /certificates/{id}/reissue': async (place) => {
    await place.one('service', () => newService(place));
    return onCertificate('issued')(place);
  },
  'POST /certificates/{id}/decline': onCertificate('applied', { body: reason }),
  'POST /certificates/{id}/withdraw': onCertificate('applied'),
  'POST /certificates/{id}/revoke': onCertificate('issued', { body: reason }),
  'PUT /certificates/{id}/sealed-file': onCertificate('issued', { body: pdf }),
  'GET /certificates/{id}/document': onCertificate('issued', { query: { reason: 'certificate' } }),
  'GET /certificates/{id}/sealed-file': async (place) => {
    const params = {
      id: await place.one('sealed', async () => {
        const id = await newCertificate(place, 'issued');
        const route = 'PUT /certificates/{id}/sealed-file';
        const request = { route, params: { id }, body: pdf, token: admin };
        await must(place.town, 'recognition', request);
        return id;
      }),
    };
    return { params, query: { reason: 'certificate' } };
  },
  'GET /certificates/{number}': async (place) => ({
    params: { number: await issuedNumber(place) },
  }),
  'GET /verify': () => ({}),
  'GET /credentials/status/{list}': async (place) => {
    await issuedNumber(place);
    return { params: { list: '2025-1' } };
  },

  'POST /volunteers/{id}/stars': async (place) => {
    await place.one('hour', () => newService(place, 60));
    return { params: { id: place.volunteerId }, body: { level: 1 } };
  },
  'GET /volunteers/{id}/stars': onVolunteer(),
  'GET /stars': () => ({ query: { areaId: 'hongqi' } }),
  'POST /stars/{id}/notice': onStar('StarNominated', {}, { serves: true }),
  'POST /stars/{id}/objections': onStar('StarNoticed', { body: { text: '测试用例' } }),
  'POST /stars/{id}/objections/{n}/answer': onStar(
    'StarObjected',
    { body: { upheld: false, answer: '测试用例' } },
    { params: { n: '1' } },
  ),
  'POST /stars/{id}/grant': onStar('StarNoticed', {}, { serves: true }),
  'POST /stars/{id}/decline': onStar('StarNoticed', { body: reason }),
  'POST /stars/{id}/withdraw': onStar('StarGranted', { body: reason }),
  'POST /stars/{id}/uphold': onStar('StarReviewRaised', {}, { serves: true }),
  'GET /stars/notice': () => ({}),

  'POST /inbound': () => ({ body: supplier }),
  'GET /inbound': () => ({}),
  'GET /inbound/{partner}': onPartner(),
  'PATCH /inbound/{partner}': onPartner({ body: { description: `平台${next()}` } }),
  'DELETE /inbound/{partner}': onPartner(),
  'POST /inbound/{partner}/rotate-secret': onPartner({ body: {} }),
  'POST /inbound/{partner}/try': onPartner({
    body: {
      event: {
        ...{ specversion: '1.0', id: '1', source: '/platform', type: 'cn.example.join' },
        data: { areaId: 'hongqi', consentVersion: '1' },
      },
    },
  }),
  'POST /inbound/{partner}': onPartner({ body: [] }),
  'GET /inbound/{partner}/batches': onPartner(),
  'GET /inbound/{partner}/batches/{id}': onBatch,
  'GET /events': () => ({}),
  'POST /webhooks/{id}/recover': onWebhook({ body: { since: '2025-10-18T06:00:00Z' } }),

  'GET /volunteers/{id}/record': onVolunteer({ query: { reason: 'certificate' } }),
  'GET /volunteers/{id}/proofs': onVolunteer({ query: { year: '2025', reason: 'support' } }),
  'GET /volunteers/{id}/export': onVolunteer({ query: { reason: 'support' } }),
  'POST /volunteers/{id}/trainings': recording('trainings'),
  'POST /volunteers/{id}/commendations': recording('commendations'),
  'POST /volunteers/{id}/evaluations': recording('evaluations'),
  'POST /volunteers/{id}/trainings/{entryId}/void': voiding('trainings'),
  'POST /volunteers/{id}/commendations/{entryId}/void': voiding('commendations'),
  'POST /volunteers/{id}/evaluations/{entryId}/void': voiding('evaluations'),

  'POST /volunteers/import': () => {
    const { query, ...rest } = sheet();
    return { ...rest, query: { ...query, dryRun: 'true' } };
  },
  'GET /imports/{id}': onImport,
  'GET /imports/{id}/rows': onImport,

  'POST /activities': ({ town }) => ({ body: { ...plan, organisationId: town.ours } }),
  'GET /activities': () => ({}),
  'GET /feeds/activities.ics': () => ({}),
  'GET /activities/{id}': ({ town }) => ({ params: { id: town.activityId } }),
  'GET /activities/{id}/outcome': ({ town }) => ({ params: { id: town.activityId } }),
  'PATCH /activities/{id}': onActivity({ body: { title: '秋季义诊' } }),
  'POST /activities/{id}/cancel': onActivity({ body: reason }),
  'POST /activities/{id}/complete': onActivity({
    body: { outputs: { healthHandbooks: 1, deliveries: 2, busStopsCleaned: 3 } },
  }),
  'POST /activities/{id}/verify': onCompleted(),
  'POST /activities/{id}/reject': onCompleted({ body: reason }),
  'POST /activities/{id}/correct': onCompleted({
    body: { outputs: { healthHandbooks: 2 }, ...reason },
  }),

  'POST /activities/{id}/sheets/{date}/entries · leader-roll': entering((place) =>
    lineOf(place, 'leader-roll'),
  ),
  'POST /activities/{id}/sheets/{date}/entries · self-declared': entering((place) =>
    lineOf(place, 'self-declared'),
  ),
  'POST /activities/{id}/sheets/{date}/entries · by phone': entering(async (place) => {
    const { volunteerId: _, ...line } = lineOf(place, 'leader-roll');
    return { ...line, phone: await place.one('phone', () => registerCalled(place.town)) };
  }),
  'POST /activities/{id}/sheets/{date}/entries · on duty': entering(({ volunteerId }) => ({
    volunteerId,
    onDuty: true,
    origin: 'leader-roll',
  })),
  'GET /activities/{id}/sheets': ({ town }) => ({ params: { id: town.activityId } }),
  'GET /hours · volunteer': ({ volunteerId }) => ({ query: { volunteerId } }),
  'GET /hours · activity': ({ town }) => ({ query: { activityId: town.activityId } }),
  'GET /hours · organisation': ({ town }) => ({ query: { organisationId: town.ours } }),
  'GET /hours · area': () => ({ query: { areaId: 'hongqi' } }),
  'GET /hours · flagged': () => ({ query: { areaId: 'hongqi', flagged: 'true' } }),
  'GET /sheets/{id}': onSheet(),
  'POST /sheets/{id}/verify · leader-roll': onSheet(named),
  'POST /sheets/{id}/verify · back-entry': onSheet(named, 'back-entry'),
  'POST /sheets/{id}/reject': onSheet((place) => ({ ...named(place), ...reason })),
  'POST /sheets/{id}/correct': onSheet(({ volunteerId }) => ({
    entries: [{ volunteerId, creditedMinutes: 5 }],
    ...reason,
  })),
  'POST /sheets/{id}/void': onSheet((place) => ({ ...named(place), ...reason })),
  'POST /sheets/{id}/object': onSheet((place) => ({ ...named(place), ...reason })),

  'POST /teams': ({ town }) => ({ body: teamOf(town) }),
  'GET /teams': () => ({}),
  'GET /teams/{id}': onTeam(),
  'PATCH /teams/{id}': onTeam({ body: { name: '白衣天使队' } }),
  'POST /teams/{id}/dissolve': onTeam({ body: reason }),
  'POST /teams/{id}/members': async (place) => {
    const id = await place.one('team', () => newTeam(place.town));
    return { params: { id }, body: { volunteerId: place.volunteerId } };
  },
  'GET /teams/{id}/members': async (place) => ({ params: { id: await joined(place) } }),
  'DELETE /teams/{id}/members/{volunteerId}': async (place) => ({
    params: { id: await joined(place), volunteerId: place.volunteerId },
    body: reason,
  }),

  'GET /dashboards/{month}': () => ({ params: { month: '2025-10' } }),
  'GET /dashboards/{month}/lines': () => ({
    params: { month: '2025-10' },
    query: { metric: 'creditedMinutes', areaId: 'hongqi' },
  }),
  'GET /dashboards/{month}/staff': ({ town }) => ({
    params: { month: '2025-10' },
    query: { organisationId: town.ours },
  }),
  'GET /totals/{year}': () => ({ params: { year: '2025' } }),
  'GET /totals/{year}/lines': () => ({
    params: { year: '2025' },
    query: { metric: 'creditedMinutes', areaId: 'hongqi' },
  }),
  'GET /totals/{year}/staff': ({ town }) => ({
    params: { year: '2025' },
    query: { organisationId: town.ours },
  }),
};
