import { asMarkup, html, type Markup, nothing } from './markup.ts';
import { contentSecurityPolicy, style } from './style.ts';
import { addressOf, type View } from './view.ts';
import { type Say, sayIn } from './words.ts';

export interface PageContent {
  readonly title: string;
  /** Where the page lies: the pages above it, nearest last. */
  readonly trail?: readonly { readonly href: string; readonly text: string }[];
  readonly body: Markup;
  /** What the foot of the page says of it: its period, as of when, which version. */
  readonly facts?: readonly string[];
}

/** A page as text with its headers, as the kernel sends it. */
export interface Page {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The page of a form that only ever sends the browser on. */
export const nowhere = (): Page => ({ text: '', headers: {} });

const navigation = ({ year, hasSession, path }: View, say: Say): Markup => {
  const places = [
    { href: `/totals/${year}`, text: say('本年统计', 'This year') },
    { href: `/campaigns/${year}`, text: say('年度方案', 'Plan') },
    { href: '/stories', text: say('宣传', 'Stories') },
    { href: '/areas', text: say('区域', 'Areas') },
    {
      href: '/pages',
      text: hasSession ? say('已登录 · 我的事项', 'Signed in · My tasks') : say('登录', 'Sign in'),
    },
  ];
  return html`<nav aria-label="${say('主要栏目', 'Main')}"><ul>${places.map(
    ({ href, text }) =>
      html`<li><a href="${href}"${asMarkup(path === href ? ' aria-current="page"' : '')}>${text}</a></li>`,
  )}</ul></nav>`;
};

/** The same page in the other language. */
const languageSwitch = (view: View): Markup => {
  const [lang, text] = view.locale === 'en' ? ['zh-CN', '中文'] : ['en', 'English'];
  return html`<a class="screen" href="${addressOf(view, { lang })}" hreflang="${lang}" lang="${lang}">${text}</a>`;
};

/** The form for complaints, which is told from which page somebody came, if that is a public one. */
const complaintsOf = ({ path, signedIn }: View): string => {
  const isPublic = !signedIn && !path.startsWith('/pages') && /^\/[\w./-]{0,120}$/.test(path);
  return isPublic ? `/pages/complaints?page=${encodeURIComponent(path)}` : '/pages/complaints';
};

/** A page of the site: its head and foot, navigation and language switch around the content. */
export const pageOf = (view: View, { title, trail = [], body, facts = [] }: PageContent): Page => {
  const say = sayIn(view.locale);
  const site = say('学雷锋志愿服务', 'Learn from Lei Feng volunteering');
  const crumbs =
    trail.length === 0
      ? nothing
      : html`<nav class="wide trail" aria-label="${say('当前位置', 'You are here')}"><ul>${trail.map(
          ({ href, text }) => html`<li><a href="${href}">${text}</a> ›</li>`,
        )}</ul></nav>`;
  const text = html`<!doctype html>
<html lang="${view.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · ${site}</title><style>${asMarkup(style)}</style></head>
<body><a class="skip" href="#main">${say('跳到正文', 'Skip to the content')}</a>
<header class="site"><div class="wide"><a class="name" href="/">${site}</a>${navigation(view, say)}${languageSwitch(view)}</div></header>
${crumbs}
<main class="wide" id="main"><h1>${title}</h1>
${body}
</main>
<footer class="site"><div class="wide">${facts.map((fact) => html`<p>${fact}</p>`)}<p>${say(
    '只有经他人查验的服务时长计入统计；“—”表示没有数据，不等于零。',
    'Only time that somebody else has verified is counted; “—” means that nothing is known, which is not zero.',
  )}</p><p class="screen"><a href="${complaintsOf(view)}">${say('投诉与意见', 'Complaints and suggestions')}</a></p></div></footer>
</body></html>
`;
  return {
    text: String(text),
    headers: {
      'content-security-policy': contentSecurityPolicy,
      // Browsers tell a form's origin only where a referrer may be sent to the same origin.
      'referrer-policy': 'same-origin',
    },
  };
};
