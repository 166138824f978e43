import type { problemBody } from '../refusals/problem.ts';
import { html, nothing } from './markup.ts';
import { type Page, pageOf } from './page.ts';
import { links } from './parts.ts';
import type { View } from './view.ts';
import { sayIn } from './words.ts';

/** A refusal as a page: what is wrong and what to do, and the number to tell the operator. */
export const problemPage = (body: ReturnType<typeof problemBody>, view: View): Page => {
  const say = sayIn(view.locale);
  const { title, detail, errors = [], correlationId, status } = body;
  return pageOf(view, {
    title,
    body: html`<p class="lead">${detail}</p>
${errors.length > 0 ? html`<ul>${errors.map((each) => html`<li>${each.pointer ?? each.name ?? ''} ${each.detail}</li>`)}</ul>` : nothing}
${links([
  ...(status === 401 ? [{ href: '/pages', text: say('重新登录', 'Sign in again') }] : []),
  { href: '/', text: say('回到首页', 'Back to the start') },
])}
<p class="soft"><small>${say('如需帮助，请将此编号告知管理员：', 'For help, tell the operator this number:')} ${correlationId}</small></p>`,
  });
};
