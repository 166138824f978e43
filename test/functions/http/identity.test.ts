import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { areaId, roles, uuid } from '../../../events/envelope.ts';
import { actorOf, claimAt } from '../../../functions/http/identity.ts';
import { volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { gatewayClaims } from '../../support/http-event.ts';

const settings = {
  name: 'test',
  claims: { role: 'role', organisation: 'org', area: 'areas' },
  roles: { 区级管理员: 'district-admin', 'Volunteer Manager': 'organiser', auditor: 'verifier' },
};
const ours = '0198c0de-0000-7000-8000-000000000001';
const theirs = '0198c0de-0000-7000-8000-000000000002';

const actorWith = (claims: object, given = settings) => actorOf({ sub: 'a', ...claims }, given);
const rolesOf = (role: unknown) => actorWith({ role }).roles;

describe('roles', () => {
  test.each<[unknown, string[]]>([
    ['organiser', ['organiser']],
    [
      ['organiser', 'verifier'],
      ['organiser', 'verifier'],
    ],
    [['Volunteer Manager'], ['organiser']],
    ['Volunteer Manager', ['organiser']],
    [['区级管理员'], ['district-admin']],
    [['organiser', 'offline_access', 7, null], ['organiser']],
    // The map is asked first, also about a name of ours.
    ['auditor', ['verifier']],
  ])('%j are %j', (claim, expected) => {
    expect(rolesOf(claim)).toEqual(expected);
  });

  test.each<[unknown]>([
    ['deputy district-admin'],
    ['not a district-admin'],
    ['a,district-admin'],
    ['organiser,verifier'],
    ['organiser verifier'],
    ['[organiser]'],
    ['[organiser verifier]'],
    ['["organiser"]'],
    ['map[roles:[organiser]]'],
    [' organiser'],
    ['organiser\n'],
    ['Organiser'],
    ['ＯＲＧＡＮＩＳＥＲ'],
    ['organisers'],
    ['volunteer manager'],
    ['Volunteer'],
    ['constructor'],
    ['__proto__'],
    [''],
    [null],
    [undefined],
    [7],
    [true],
    [[]],
    [['a,district-admin']],
    [['district-admin (read only)']],
    [['organiser verifier']],
    [[['organiser']]],
    [{ roles: ['organiser', 'offline_access'] }],
    [{ organiser: true }],
    [{ 0: 'organiser', length: 1 }],
    [[{ name: 'organiser' }]],
  ])('%j are none', (claim) => {
    expect(rolesOf(claim)).toEqual([]);
  });

  test('come from the claim that the settings name', () => {
    expect(actorWith({ roles: 'organiser' }).roles).toEqual([]);
  });
});

describe('the organisation', () => {
  test.each([
    [ours, ours],
    [[ours], ours],
  ])('%j is %j', (org, organisationId) => {
    expect(actorWith({ org }).organisationId).toBe(organisationId);
  });

  test.each<[unknown]>([
    [undefined],
    [null],
    [''],
    [[]],
    [[ours, theirs]],
    [[ours, ours]],
    [[[ours]]],
    [`[${ours}]`],
    [`["${ours}"]`],
    [`${ours} `],
    [`${ours},${theirs}`],
    [ours.toUpperCase()],
    [{ id: ours }],
    [7],
    ['org_9ybsU1dN2dKfDkBi'],
  ])('%j is none', (org) => {
    expect(actorWith({ org }).organisationId).toBeNull();
  });
});

describe('areas', () => {
  test.each<[unknown, readonly string[] | null]>([
    ['hongqi', ['hongqi']],
    [
      ['hongqi', 'xinhua'],
      ['hongqi', 'xinhua'],
    ],
    [['hongqi', 'Xin Hua', 7], ['hongqi']],
    // Nothing is named: the actor works where their organisation is.
    [undefined, null],
    [null, null],
    ['', null],
    [[], null],
    // Something is named that is no area: the actor works nowhere.
    ['[hongqi xinhua]', []],
    ['hongqi xinhua', []],
    ['hongqi,xinhua', []],
    ['["hongqi"]', []],
    ['红旗', []],
    [[''], []],
    [[['hongqi']], []],
    [{ hongqi: true }, []],
    [{}, []],
    [7, []],
    [false, []],
  ])('%j are %j', (areas, expected) => {
    expect(actorWith({ areas }).areaIds).toEqual(expected);
  });
});

describe('a claim is found', () => {
  const claims = {
    realm_access: { roles: ['organiser'], 'a.b': { c: 1 }, a: { b: { d: 2 } } },
    resource_access: { 'org.example.app': { roles: ['verifier'] }, org: { example: {} } },
    'https://id.example.org/roles': ['auditor'],
    'x.y': 'by its name',
    x: { y: 'by its path' },
    list: ['a'],
    text: 'abc',
    ...JSON.parse('{"__proto__": {"role": "organiser"}, "constructor": {"name": "own"}}'),
  };
  test.each<[string, unknown]>([
    ['realm_access.roles', ['organiser']],
    ['resource_access.org.example.app.roles', ['verifier']],
    ['https://id.example.org/roles', ['auditor']],
    ['x.y', 'by its name'],
    ['realm_access.a.b.c', 1],
    ['__proto__.role', 'organiser'],
    ['constructor.name', 'own'],
    // The longest name there is decides; what is not in it is nowhere.
    ['realm_access.a.b.d', undefined],
    ['realm_access.groups', undefined],
    ['realm_access', claims.realm_access],
    ['list.0', undefined],
    ['list.length', undefined],
    ['text.length', undefined],
    ['text.0', undefined],
    ['toString', undefined],
    ['toString.name', undefined],
    ['x.constructor', undefined],
    ['x.__proto__', undefined],
    ['', undefined],
  ])('at %s', (path, expected) => {
    expect(claimAt(claims, path)).toEqual(expected);
  });

  test.each(['__proto__', 'constructor', 'constructor.name', '__proto__.constructor.name'])(
    'at %s only where the token has it',
    (path) => {
      expect(claimAt({}, path)).toBeUndefined();
      expect(
        actorWith({}, { ...settings, claims: { ...settings.claims, role: path } }).roles,
      ).toEqual([]);
    },
  );

  test('wherever it lies, in whatever order', () => {
    const names = fc.array(
      fc.string({ minLength: 1 }).filter((name) => !name.includes('.')),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(names, fc.jsonValue(), (path, value) => {
        const claims = path.reduceRight<unknown>(
          (inner, name) =>
            Object.fromEntries([
              ['other', 0],
              [name, inner],
            ]),
          value,
        );
        expect(claimAt(claims, path.join('.'))).toEqual(value);
      }),
    );
  });
});

test('who somebody is does not depend on the claims beside', () => {
  expect(actorWith({}).volunteerId).toBe(volunteerIdOf('test', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('other', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('test', 'b'));
});

test.each([undefined, '13900000000', '雷锋', 7])('a subject %p is nobody', (sub) => {
  expect(() => actorOf({ sub }, settings)).toThrow(
    expect.objectContaining({ code: 'opaque-subject-required' }),
  );
});

// Any text that holds a role, an id or an area with something around it, as free texts do, or in a form that the gateway or JSON gives a list.
const names = [...roles, ...Object.keys(settings.roles), ours, theirs, 'hongqi', 'xinhua'];
const around = fc.oneof(
  fc.string(),
  fc.constantFrom('', ' ', ',', '[', ']', '"', '[ ', 'a ', ',a', '\n', '\t', '/', '​'),
);
const text = fc.oneof(
  fc.string(),
  fc.constantFrom(...names),
  fc.tuple(around, fc.constantFrom(...names), around).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(' ', ',', ', '), fc.constantFrom(...names))
    .map((parts) => parts.join('')),
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom(null, true, false, 0, 1.5),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('roles', 'constructor')), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;
/** The claim itself, or what the gateway or a careless provider makes of it. */
const claim = fc.oneof(
  value,
  value.map((each) => gatewayClaims({ each }).each),
  value.map((each) => JSON.stringify(each)),
);
/** The texts that a claim says of itself: it, or those in its list. */
const said = (each: unknown): readonly unknown[] => (Array.isArray(each) ? each : [each]);

describe('for any claim', () => {
  test('a role is one that it names exactly, or that the map has exactly', () => {
    fc.assert(
      fc.property(claim, (role) => {
        for (const given of rolesOf(role)) {
          const mapped = Object.entries(settings.roles).filter(([, to]) => to === given);
          const exact = Object.hasOwn(settings.roles, given) ? [] : [given];
          const named = [...exact, ...mapped.map(([from]) => from)];
          expect(said(role).some((one) => named.includes(one as string))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('an organisation is the one id that it is', () => {
    fc.assert(
      fc.property(claim, (org) => {
        const { organisationId } = actorWith({ org });
        if (organisationId !== null) expect(said(org)).toEqual([organisationId]);
        else expect(said(org).length === 1 && uuid.safeParse(said(org)[0]).success).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('areas are those it names exactly, and none is everywhere unless nothing was said', () => {
    fc.assert(
      fc.property(claim, (areas) => {
        const { areaIds } = actorWith({ areas });
        if (areaIds === null)
          expect([undefined, null, '', '[]']).toContain(
            Array.isArray(areas) ? JSON.stringify(areas) : areas,
          );
        else expect(areaIds).toEqual(said(areas).filter((one) => areaId.safeParse(one).success));
      }),
      { numRuns: 2000 },
    );
  });
});
