import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UseCase } from '../http/serve.ts';
import { didOf, publicAddress } from '../people/did.ts';
import { claimPrefix, inStatusList, setPrefix } from '../people/status-lists.ts';
import { Rejection } from '../refusals/decision.ts';
import { dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { indexIn } from './assigned.ts';
import { encodedList } from './bitstring.ts';
import type { recognition } from './contract.ts';
import { statusListUrl } from './credential.ts';

/** How long a verifier may keep a list, in milliseconds, as the cache in front of this site does. */
const timeToLive = 15_000;

const isInUse = async (list: string): Promise<boolean> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({ ...inStatusList(list, claimPrefix), Limit: 1 }),
  );
  return Items.length > 0;
};

/**
 * A status list as a credential. Its bits were set in the transactions of the events that ended certificates, and are
 * read consistently: it says what the page of each certificate says. Some kilobytes are read for each hundred of them.
 */
export const readStatusList: UseCase<typeof recognition.readStatusList> = async ({
  params: { list },
}) => {
  const origin = publicAddress();
  if (!(await isInUse(list))) throw new Rejection('not-found', { what: 'status-list', id: list });
  const items = await queryItems({ ...inStatusList(list, setPrefix), ConsistentRead: true });
  const url = statusListUrl(origin, list);
  return {
    body: {
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        id: url,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: didOf(origin),
        validFrom: `${list.slice(0, 4)}-01-01T00:00:00Z`,
        credentialSubject: {
          id: `${url}#list`,
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList: encodedList(items.map(({ sk }) => indexIn(String(sk), setPrefix))),
          ttl: timeToLive,
        },
      },
    },
  };
};
