import { expect, test } from '@jest/globals';
import { claimsOf } from '../../../functions/http/access-token.ts';
import { actorOf } from '../../../functions/http/identity.ts';
import type { Event } from '../../../functions/http/request.ts';
import { compactToken, gatewayClaims } from '../../support/http-event.ts';

/** A token as an identity provider issues it, what the settings say of it, and who it is. */
interface Provider {
  readonly issued: Readonly<Record<string, unknown>>;
  readonly claims: { readonly role: string; readonly organisation: string; readonly area: string };
  readonly roles?: Readonly<Record<string, string>>;
  readonly is: {
    readonly id: string;
    readonly roles: readonly string[];
    readonly organisationId: string | null;
    readonly areaIds: readonly string[] | null;
  };
}

const organisation = '0198c0de-0000-7000-8000-000000000001';
const times = { iat: 1_774_000_000, exp: 1_774_000_300 };

const providers: Readonly<Record<string, Provider>> = {
  'Keycloak, realm roles': {
    issued: {
      ...times,
      jti: 'onrtac:5f0c2b1e-8f4e-4a0c-9d2a-3f1f5f2f6a11',
      iss: 'https://id.example.org/realms/district',
      aud: ['leifeng', 'account'],
      sub: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      typ: 'Bearer',
      azp: 'leifeng-app',
      acr: '1',
      'allowed-origins': ['https://app.example.org'],
      realm_access: { roles: ['offline_access', 'organiser', 'uma_authorization'] },
      resource_access: { account: { roles: ['district-admin', 'view-profile'] } },
      scope: 'openid profile',
      leifeng_organisation: [organisation],
      leifeng_area: ['hongqi', 'xinhua'],
    },
    claims: {
      role: 'realm_access.roles',
      organisation: 'leifeng_organisation',
      area: 'leifeng_area',
    },
    is: {
      id: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      roles: ['organiser'],
      organisationId: organisation,
      areaIds: ['hongqi', 'xinhua'],
    },
  },
  'Keycloak, roles of a client with dots in its id': {
    issued: {
      ...times,
      iss: 'https://id.example.org/realms/district',
      aud: 'org.example.leifeng',
      sub: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      realm_access: { roles: ['district-admin'] },
      resource_access: { 'org.example.leifeng': { roles: ['verifier'] } },
    },
    claims: {
      role: 'resource_access.org.example.leifeng.roles',
      organisation: 'organisation',
      area: 'area',
    },
    is: {
      id: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
      roles: ['verifier'],
      organisationId: null,
      areaIds: null,
    },
  },
  'Entra ID, app roles': {
    issued: {
      ...times,
      aud: '11112222-bbbb-3333-cccc-4444dddd5555',
      iss: 'https://login.partner.microsoftonline.cn/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0',
      nbf: 1_774_000_000,
      aio: 'AXQAi/8IAAAA',
      azp: '00001111-aaaa-2222-bbbb-3333cccc4444',
      groups: ['0198c0de-0000-7000-8000-0000000000aa', '0198c0de-0000-7000-8000-0000000000bb'],
      name: 'Deputy district-admin',
      oid: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
      preferred_username: 'lei.feng@example.org',
      roles: ['Volunteer Manager', 'Task.Read'],
      scp: 'access',
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      tid: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
      ver: '2.0',
      extn: { organisation: [organisation] },
    },
    claims: { role: 'roles', organisation: 'extn.organisation', area: 'extn.area' },
    roles: { 'Volunteer Manager': 'organiser' },
    is: {
      id: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      roles: ['organiser'],
      organisationId: organisation,
      areaIds: null,
    },
  },
  'Auth0, claims under a URL': {
    issued: {
      ...times,
      iss: 'https://district.auth0.com/',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      aud: ['https://leifeng.example.org/', 'https://district.auth0.com/userinfo'],
      azp: 'my_client_id',
      scope: 'openid profile organiser',
      permissions: ['district-admin:read'],
      org_id: 'org_9ybsU1dN2dKfDkBi',
      'https://leifeng.example.org/roles': ['verifier', 'district-admin of nothing'],
      'https://leifeng.example.org/app_metadata': { organisation, areas: 'hongqi' },
    },
    claims: {
      role: 'https://leifeng.example.org/roles',
      organisation: 'https://leifeng.example.org/app_metadata.organisation',
      area: 'https://leifeng.example.org/app_metadata.areas',
    },
    is: {
      id: 'auth0|5f7c8ec7c33c6c004bbafe82',
      roles: ['verifier'],
      organisationId: organisation,
      areaIds: ['hongqi'],
    },
  },
  'Casdoor, groups': {
    issued: {
      ...times,
      owner: 'district',
      name: 'clerk',
      displayName: 'organiser',
      tag: 'staff',
      isAdmin: false,
      groups: ['district/organisers', 'district/everybody'],
      roles: [{ owner: 'district', name: 'district-admin', users: null }],
      permissions: [],
      properties: { organisation },
      area: '',
      tokenType: 'access-token',
      scope: 'profile',
      azp: 'b1c2d3e4f5a6b7c8d9e0',
      iss: 'https://door.example.org',
      sub: 'district/4c1f0a52-1f3e-4a6b-8c1d-139123456780',
      aud: ['b1c2d3e4f5a6b7c8d9e0'],
      nbf: 1_774_000_000,
    },
    claims: { role: 'groups', organisation: 'properties.organisation', area: 'area' },
    roles: { 'district/organisers': 'organiser' },
    is: {
      id: 'district/4c1f0a52-1f3e-4a6b-8c1d-139123456780',
      roles: ['organiser'],
      organisationId: organisation,
      areaIds: null,
    },
  },
  'Casdoor, roles that are objects': {
    issued: {
      ...times,
      iss: 'https://door.example.org',
      sub: '4c1f0a52-1f3e-4a6b-8c1d-139123456780',
      aud: ['b1c2d3e4f5a6b7c8d9e0'],
      roles: [{ owner: 'district', name: 'district-admin' }],
      organisation: '',
    },
    claims: { role: 'roles', organisation: 'organisation', area: 'area' },
    is: {
      id: '4c1f0a52-1f3e-4a6b-8c1d-139123456780',
      roles: [],
      organisationId: null,
      areaIds: null,
    },
  },
  'Logto, with an RSA key': {
    issued: {
      ...times,
      jti: 'p5q3v1mZfGkQxW2n',
      sub: 'x4k9f2m7q1zt',
      iss: 'https://auth.example.org/oidc',
      client_id: 'leifeng-app',
      aud: 'https://leifeng.example.org',
      scope: 'district-admin organiser',
      roles: ['organiser'],
      organisation,
      area: ['hongqi'],
    },
    claims: { role: 'roles', organisation: 'organisation', area: 'area' },
    is: {
      id: 'x4k9f2m7q1zt',
      roles: ['organiser'],
      organisationId: organisation,
      areaIds: ['hongqi'],
    },
  },
  'Authing, roles as JSON in a text': {
    issued: {
      ...times,
      sub: '6188a4a9e1b2c3d4e5f60718',
      aud: '6188a4a9e1b2c3d4e5f60700',
      scope: 'openid profile roles',
      iss: 'https://district.authing.cn/oidc',
      jti: 'Zc3xYb7nQ0pWm5RkTtVvLl',
      role: '["district-admin"]',
      leifeng_role: ['auditor'],
      organisation: [organisation],
      phone_number: '13900000000',
    },
    claims: { role: 'leifeng_role', organisation: 'organisation', area: 'area' },
    is: {
      id: '6188a4a9e1b2c3d4e5f60718',
      roles: ['auditor'],
      organisationId: organisation,
      areaIds: null,
    },
  },
};

const actorBy = ({ issued, claims, roles = {} }: Omit<Provider, 'is'>) => {
  const event = {
    headers: { authorization: `Bearer ${compactToken(issued)}` },
    requestContext: { authorizer: { jwt: { claims: gatewayClaims(issued) } } },
  } as unknown as Event;
  return actorOf(claimsOf(event), { name: 'test', claims, roles });
};

test.each(Object.entries(providers))('%s', (_, { is, ...provider }) => {
  expect(actorBy(provider)).toMatchObject(is);
});

test.each(Object.entries(providers))('%s: nothing of it is a role by another claim', (_, given) => {
  const { issued, roles = {} } = given;
  for (const [name, claim] of Object.entries(issued)) {
    const { roles: found } = actorBy({ ...given, claims: { ...given.claims, role: name } });
    const exact = [claim].flat().flatMap((each) => [each, roles[each as string]]);
    expect(exact).toEqual(expect.arrayContaining([...found]));
  }
});
