import type { FieldError, problemBody } from '../refusals/problem.ts';
import { html, nothing } from './markup.ts';
import { type Page, pageOf } from './page.ts';
import { links } from './parts.ts';
import type { View } from './view.ts';
import { inLanguage, sayIn, type Word } from './words.ts';

/** What the parts of an address are called; any other name stands as the address has it. */
const partWords: Readonly<Record<string, Word>> = {
  areaId: { zh: '区域', en: 'Area' },
  cursor: { zh: '页', en: 'Page' },
  id: { zh: '编号', en: 'Id' },
  lang: { zh: '语言', en: 'Language' },
  limit: { zh: '每页行数', en: 'Lines a page' },
  metric: { zh: '指标', en: 'Figure' },
  month: { zh: '月份', en: 'Month' },
  organisationId: { zh: '单位', en: 'Organisation' },
  part: { zh: '部分', en: 'Part' },
  reason: { zh: '事由', en: 'Reason' },
  teamId: { zh: '服务队', en: 'Team' },
  theme: { zh: '主题', en: 'Theme' },
  within: { zh: '区域范围', en: 'Areas below it' },
  year: { zh: '年份', en: 'Year' },
};

/** A fault by the name of what it is in. Where only a body has it, there is no address to name a part of. */
const faultText = ({ name, detail, allowed }: FieldError, view: View): string => {
  const say = sayIn(view.locale);
  const word = name === undefined ? undefined : partWords[name];
  const label = word ? inLanguage(view.locale, word) : name;
  const said = allowed ? `${detail}${say('：', ': ')}${allowed.join(say('、', ', '))}` : detail;
  return label === undefined ? said : say(`${label}：${said}`, `${label}: ${said}`);
};

/** A refusal as a page: what is wrong and what to do, and the number to tell the operator. */
export const problemPage = (body: ReturnType<typeof problemBody>, view: View): Page => {
  const say = sayIn(view.locale);
  const { title, detail, errors = [], correlationId, status } = body;
  return pageOf(view, {
    title,
    body: html`<p class="lead">${detail}</p>
${errors.length > 0 ? html`<ul>${errors.map((each) => html`<li>${faultText(each, view)}</li>`)}</ul>` : nothing}
${links([
  ...(status === 401 ? [{ href: '/pages', text: say('重新登录', 'Sign in again') }] : []),
  { href: '/', text: say('回到首页', 'Back to the start') },
])}
<p class="soft"><small>${say('如需帮助，请将此编号告知管理员：', 'For help, tell the operator this number:')} ${correlationId}</small></p>`,
  });
};
