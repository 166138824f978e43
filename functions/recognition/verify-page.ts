import { html, type Markup, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { durationText, factList, note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { inLanguage, type Say, sayIn, type Word } from '../html/words.ts';
import type { Render } from '../http/answer.ts';
import type { Verification, VerifyPage } from './answers.ts';
import type { recognition } from './contract.ts';
import { verifiedWords } from './words.ts';

const findings: Readonly<Record<NonNullable<VerifyPage['finding']>, Word>> = {
  mistyped: {
    zh: '编号的位数或校验码不符，应是抄写或输入有误；请对照证明逐位核对。',
    en: 'The length of the number or its check digits are wrong, so it was mistyped: compare it digit by digit.',
  },
  unknown: {
    zh: '本区从未出具过此编号的证明；请核对出具地区，并谨防伪造。',
    en: 'This district never issued a certificate with this number: check which district did, and beware of forgeries.',
  },
  'wrong-code': {
    zh: '查验码与该编号不符；请重新输入，或只按编号查验。',
    en: 'The code does not belong to this number: type it again, or ask by the number alone.',
  },
};

/** What is known of a certificate. Never a name. */
const result = (found: Verification, say: Say, locale: View['locale']): Markup => {
  const { status, number, issuer, issuedOn, from, until, minutes } = found;
  const facts: (readonly [string, string | null])[] = [
    [say('编号', 'Number'), number],
    [say('状态', 'Status'), inLanguage(locale, verifiedWords[status])],
    [say('记录单位', 'Recording unit'), issuer],
    [say('出具日期', 'Date of issue'), issuedOn],
  ];
  if (from !== null && until !== null && minutes !== null)
    facts.push(
      [say('服务时段', 'Period'), say(`${from} 至 ${until}`, `${from} to ${until}`)],
      [say('服务时长', 'Service time'), durationText(minutes, say)],
    );
  return html`${note(status === 'issued' ? 'good' : 'bad', inLanguage(locale, verifiedWords[status]))}${factList(facts)}`;
};

const input = (name: string, label: string, value: string | null, hint: string): Markup =>
  html`<label for="f-${name}">${label}</label><p class="hint" id="f-${name}-hint">${hint}</p><input type="text" id="f-${name}" name="${name}" value="${value ?? ''}" aria-describedby="f-${name}-hint" autocomplete="off">`;

const verifyForm = (
  { number, code }: Pick<VerifyPage, 'number' | 'code'>,
  view: View,
  say: Say,
): Markup =>
  html`<form class="box" method="get" action="/verify"><input type="hidden" name="lang" value="${view.locale}">${input(
    'number',
    say('证明编号', 'Number of the certificate'),
    number,
    say('共 22 位数字，连字符可省略。', '22 digits; hyphens may be left out.'),
  )}${input(
    'code',
    say('查验码（可不填）', 'Code (may be left out)'),
    code,
    say(
      '印在编号旁；填写后可查时段和总时长。',
      'Printed beside the number; it shows period and total too.',
    ),
  )}<button>${say('查验', 'Verify')}</button></form>
<p class="soft">${say(
    '查验不显示姓名。请核对浏览器地址栏中的网址是否为本区网址。',
    'No name is shown. Check that the address in the browser is that of the district.',
  )}</p>`;

const titleOf = (say: Say): string => say('证明查验', 'Verify a certificate');

export const renderVerifyPage: Render<typeof recognition.verifyPage> = (
  { number, code, finding, found },
  locale,
  view,
) => {
  const say = sayIn(locale);
  return pageOf(view, {
    title: titleOf(say),
    body: html`${finding ? note('bad', inLanguage(locale, findings[finding])) : nothing}${found ? result(found, say, locale) : nothing}${verifyForm({ number, code }, view, say)}`,
  });
};

export const renderVerification: Render<typeof recognition.verifyCertificate> = (
  found,
  locale,
  view,
) => {
  const say = sayIn(locale);
  return pageOf(view, {
    title: titleOf(say),
    body: html`${result(found, say, locale)}${verifyForm({ number: found.number, code: null }, view, say)}`,
  });
};
