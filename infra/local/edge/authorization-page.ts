// The page of the local issuer on which a person of this machine chooses who they are.
import { createHash } from 'node:crypto';
import { html } from '../console/html.ts';

/** Somebody whom the page offers, by the claims of their token. */
export interface Person {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

const style =
  '*{box-sizing:border-box}body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}button{font:inherit;display:block;width:100%;text-align:left;padding:.6rem 1rem;margin:.4rem 0;background:#fff;border:1px solid #777;cursor:pointer}textarea{font:14px/1.5 monospace;width:100%;min-height:6rem}small{color:#555}';

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  // A browser holds the form to this also where the answer sends it on.
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const example = JSON.stringify({ sub: 'somebody-1', role: 'auditor' }, null, 1);

/** @param query the request's own query, which the form sends back */
export const authorizationPage = (query: string, persons: readonly Person[]) => ({
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  },
  text: `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>本机登录 · Local sign-in</title><style>${style}</style></head>${
    html`<body><main><h1>本机登录 <small>Local sign-in</small></h1>
<p>只在这台机器上：请选择以谁的身份登录。<br>On this machine only: choose who you are.</p>
<form method="post" action="/oidc/authorize?${query}">${persons.map(
      ({ name, claims }) =>
        html`<button name="claims" value="${JSON.stringify(claims)}">${name} <small>${String(claims.sub ?? '')}</small></button>`,
    )}</form>
<h2>其他人 <small>Somebody else</small></h2>
<form method="post" action="/oidc/authorize?${query}"><label for="claims">令牌中的声明 Claims of the token (JSON)</label><textarea id="claims" name="claims">${example}</textarea><button>登录 Sign in</button></form></main></body></html>`
      .text
  }`,
});
