// Whatever happens to entries and people, in whatever order their events come: the page, the JSON, the credential and the
// status list of a certificate say the same, and none says for long what is no longer so.
import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { certificateWith } from '../../../functions/recognition/assigned.ts';
import { handler as keeper } from '../../../functions/recognition/keep-certificates.ts';
import { recordOf } from '../../../functions/sheets/fallen.ts';
import {
  change,
  documentOf,
  mayApply,
  november,
  project,
  settle,
  type Town,
  verified,
} from '../../support/certificates.ts';
import { follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { statusIn } from '../../support/third-parties.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  organiserOf,
  register,
  verifierOf,
} from '../../support/town.ts';

const people = ['lei', 'wang'] as const;
type Person = (typeof people)[number];
const days = ['2025-10-17', '2025-10-18'] as const;
type Day = (typeof days)[number];

interface World {
  readonly town: Town;
  readonly ids: Record<Person, string>;
  /** The credential that was had when a certificate was issued, by number. */
  readonly issued: Map<string, { readonly id: string; readonly jwt: string }>;
}

const vc = { accept: 'application/vc+jwt', token: admin, query: { reason: 'certificate' } };

const begin = async (): Promise<World> => {
  await freshTables();
  const town = await foundTown();
  const wang = await register('wang', { person: { name: '王明' } });
  const named = { route: 'PATCH /volunteers/{id}/person', params: { id: town.volunteerId } };
  await may('volunteers', { ...named, body: { name: '雷小锋' }, token: admin });
  return { town, ids: { lei: town.volunteerId, wang }, issued: new Map() };
};

const onSheet = async (
  { town, ids }: World,
  who: Person,
  day: Day,
  { what, body, token }: { what: string; body: (volunteerId: string) => object; token: object },
) => {
  const sheets = await may('participation', {
    route: 'GET /activities/{id}/sheets',
    params: { id: town.activityId },
    token: admin,
  });
  for (const { id } of sheets.body.items.filter((each: { id: string }) => each.id.includes(day)))
    await may('participation', {
      route: `POST /sheets/{id}/${what}`,
      params: { id },
      body: body(ids[who]),
      token: token as never,
    });
};

/** Keeps what a certificate was issued with. */
const keep = async ({ issued }: World, answer: Awaited<ReturnType<typeof change>>) => {
  const { id, number, status } = answer.body;
  if (status !== 'issued' || issued.has(number)) return;
  const { body, status: got } = await documentOf(id, vc);
  if (got === 200) issued.set(number, { id, jwt: body });
};

const nth = ({ issued }: World, at: number) => [...issued.values()][at % Math.max(1, issued.size)];
const on = (world: World, who: Person, route: string, body?: object, token: object = admin) =>
  may('volunteers', {
    ...{ route, params: { id: world.ids[who] }, token: token as never },
    ...(body ? { body } : {}),
  });

type Act = (world: World) => Promise<unknown>;

const serves =
  (who: Person, date: Day): Act =>
  async (world) => {
    const { town, ids } = world;
    await may('participation', {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: town.activityId, date },
      body: { entries: [{ volunteerId: ids[who], attendedMinutes: 90, origin: 'leader-roll' }] },
      token: organiserOf(town.ours),
    });
    await onSheet(world, who, date, {
      ...{ what: 'verify', body: () => ({ entries: 'all' }), token: verifierOf(town.theirs) },
    });
    await project();
  };

const certifies =
  (who: Person, from: Day): Act =>
  async (world) => {
    const { town, ids } = world;
    const { body } = await mayApply(town, {
      ...{ volunteerId: ids[who], token: organiserOf(town.ours, 'clerk'), from },
      until: '2025-10-18',
    });
    if (body.id) await keep(world, await change(body.id, 'issue'));
  };

const changes =
  (what: 'void' | 'reject' | 'correct', who: Person, date: Day): Act =>
  (world) =>
    onSheet(world, who, date, {
      what,
      body: (volunteerId) =>
        what === 'correct'
          ? { entries: [{ volunteerId, attendedMinutes: 60, creditedMinutes: 60 }], reason }
          : { entries: [volunteerId], reason },
      token: what === 'reject' ? verifierOf(world.town.theirs) : admin,
    });

const merges: Act = async (world) => {
  const { lei: intoId, wang: fromId } = world.ids;
  await on(world, 'wang', 'POST /volunteers/{id}/merge', { intoId, reason });
  const token = { sub: 'lei', role: 'volunteer' };
  await on(world, 'lei', 'POST /volunteers/{id}/accept-merge', { fromId }, token);
};

const unmerges: Act = (world) => on(world, 'wang', 'POST /volunteers/{id}/unmerge', { reason });
const erases =
  (who: Person): Act =>
  (world) =>
    on(world, who, 'DELETE /volunteers/{id}');

/** Somebody corrects their own name. */
const renames =
  (who: Person, name: string): Act =>
  (world) =>
    on(world, who, 'PATCH /volunteers/{id}/person', { name }, { sub: who, role: 'volunteer' });

const reason = '测试用例';
/** An act with what it is called in a counter-example. */
const named = (what: string, of: readonly unknown[], act: Act): readonly [string, Act] => [
  [what, ...of].join(' '),
  act,
];

const person = fc.constantFrom(...people);
const day = fc.constantFrom(...days);
const acts: fc.Arbitrary<readonly [string, Act]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(person, day).map((of) => named('serve', of, serves(...of))) },
  {
    weight: 4,
    arbitrary: fc.tuple(person, day).map((of) => named('certify', of, certifies(...of))),
  },
  fc.nat(5).map((at) =>
    named('reissue', [at], async (world) => {
      const one = nth(world, at);
      if (one) await keep(world, await change(one.id, 'reissue'));
    }),
  ),
  fc.nat(5).map((at) =>
    named('revoke', [at], async (world) => {
      const one = nth(world, at);
      if (one) await change(one.id, 'revoke', { body: { reason } });
    }),
  ),
  fc
    .tuple(fc.constantFrom('void' as const, 'reject' as const, 'correct' as const), person, day)
    .map((of) => named('change', of, changes(...of))),
  fc.constant(named('merge', [], merges)),
  fc.constant(named('unmerge', [], unmerges)),
  person.map((who) => named('erase', [who], erases(who))),
  fc
    .tuple(person, fc.constantFrom('李小锋', '赵小锋'))
    .map((of) => named('rename', of, renames(...of))),
  { weight: 2, arbitrary: fc.constant(named('settle', [], settle)) },
  // Some of the events come, the newest first.
  fc.array(fc.nat(60), { maxLength: 8 }).map((some) =>
    named('follow', some, async () => {
      const events = await ledger();
      const come = some.flatMap((at) => events.at(-1 - (at % events.length)) ?? []);
      await follow(keeper, come as readonly DomainEvent[]);
    }),
  ),
);

const payloadOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const statusCredential = (jwt: string) => {
  const payload = payloadOf(jwt);
  const { statusListCredential, statusListIndex } = payload.credentialStatus;
  return { list: String(statusListCredential).split('/').at(-1) ?? '', index: statusListIndex };
};

/** What four readers are told of a certificate. */
const told = async (number: string, jwt: string) => {
  const json = await verified(number);
  const page = await verified(number, { accept: 'text/html' });
  const { list, index } = statusCredential(jwt);
  const answer = await may('recognition', {
    route: 'GET /credentials/status/{list}',
    params: { list },
    at: november,
  });
  const { statusListIndex: _, ...signed } = JSON.parse(
    Buffer.from(answer.body.split('.')[1], 'base64url').toString(),
  );
  return {
    json: json.body.status as string,
    page: /class="note (\w+)"/.exec(page.body)?.[1],
    list: (await statusIn(signed, Number(index))).isSet,
  };
};

const agree = async ({ issued }: World): Promise<void> => {
  for (const [number, { jwt }] of issued) {
    const { json, page, list } = await told(number, jwt);
    const isGood = json === 'issued';
    expect({ number, json, page, list }).toEqual({
      ...{ number, json, page: isGood ? 'good' : 'bad', list: !isGood },
    });
  }
};

/** Certificates that say they are good, and rest on something that is not so. */
const untrue = async ({ issued }: World): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const [number, { jwt }] of issued) {
    const id = (await certificateWith(number)) ?? '';
    const state = await aggregate('certificate').stateNow(id);
    if (state?.status !== 'issued') continue;
    const volunteer = await aggregate('volunteer').stateNow(state.volunteerId);
    if (volunteer?.status !== 'active') found.push(`${number} of one who is ${volunteer?.status}`);
    const subjectOf = (each: string): string => JSON.stringify(payloadOf(each).credentialSubject);
    if (subjectOf(jwt) !== subjectOf((await documentOf(id, vc)).body))
      found.push(`${number} of somebody of another name`);
    for (const entry of state.entries) {
      const sheet = await aggregate('sheet').stateNow(entry.sheetId);
      const now = sheet?.entries.get(recordOf(state, entry));
      if (now?.status !== 'verified' || now.creditedMinutes !== entry.minutes)
        found.push(`${number} with an entry that is ${now?.status}`);
    }
  }
  return found;
};

/** So that nothing is proved of no certificate. */
let certificates = 0;

test('page, JSON, credential and status list agree at every moment, and tell the truth at rest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 6, maxLength: 14 }), async (history) => {
      const world = await begin();
      for (const [, act] of history) {
        await act(world);
        await agree(world);
      }
      await settle();
      await agree(world);
      expect(await untrue(world)).toEqual([]);
      certificates += world.issued.size;
    }),
    {
      numRuns: 8,
      // What every rule is for is tried in any case.
      examples: [
        changes('void', 'wang', '2025-10-18'),
        changes('correct', 'wang', '2025-10-18'),
        merges,
        erases('wang'),
        renames('wang', '李小锋'),
      ].map((last) => [
        [
          named('serve', [], serves('wang', '2025-10-18')),
          named('certify', [], certifies('wang', '2025-10-17')),
          named('settle', [], settle),
          named('end', [], last),
        ],
      ]),
    },
  );
  expect(certificates).toBeGreaterThanOrEqual(4);
});
