import { html, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { durationText, factList, note, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import { Rejection } from '../refusals/decision.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { CertificateDocument } from './answers.ts';
import { qrCode } from './qr.ts';
import { documentWords, sexWords } from './words.ts';

/** What is written by hand, or left empty. */
const blank = '＿＿＿＿＿＿＿＿';

/** A certificate to print on A4. One that is good no more says so above everything else. */
export const renderCertificate = (shown: CertificateDocument, locale: Locale, view: View): Page => {
  const { number, status, person, code, verifyUrl, notes, services, issuer } = shown;
  if (number === null) throw new Rejection('certificate-not-good', { status });
  const say = sayIn(locale);
  const id = person?.idDocument;
  const isGood = status === 'issued';
  return pageOf(view, {
    title: say('志愿服务记录证明', 'Certificate of volunteer service'),
    body: html`<div class="paper">${isGood ? nothing : note('bad', ...notes)}
${factList([
  [say('编号', 'Number'), number],
  [say('姓名', 'Name'), person?.name ?? null],
  [say('性别', 'Sex'), person?.sex ? inLanguage(locale, sexWords[person.sex]) : null],
  [
    say('证件类型及号码', 'Identity document'),
    id ? `${inLanguage(locale, documentWords[id.type])} ${id.number}` : null,
  ],
  [
    say('服务时段', 'Period'),
    say(`${shown.from} 至 ${shown.until}`, `${shown.from} to ${shown.until}`),
  ],
  [
    say('服务时长', 'Service time'),
    say(
      `${durationText(shown.minutes, say)}（${shown.hours} 小时），共 ${shown.entryCount} 条`,
      `${durationText(shown.minutes, say)} (${shown.hours} hours), ${shown.entryCount} entries`,
    ),
  ],
])}
${table({
  caption: say('服务内容', 'What was done'),
  headings: [say('日期', 'Date'), say('活动', 'Activity'), { number: say('时长', 'Time') }],
  rows: services.map(({ date, activity, minutes }) => [
    date,
    activity,
    { number: durationText(minutes, say) },
  ]),
  foot: [say('合计', 'Total'), '', { number: durationText(shown.minutes, say) }],
})}
${factList([
  [say('记录单位', 'Recording unit'), issuer],
  [say('负责人', 'In charge'), blank],
  [say('经办人', 'Handled by'), blank],
  [say('联系方式', 'Contact'), blank],
  [say('出具日期', 'Date of issue'), shown.issuedOn],
  [say('记录单位印章', 'Seal of the recording unit'), html`<br><br><br>`],
  [say('查验码', 'Code'), code],
])}
${
  verifyUrl && isGood
    ? html`${qrCode(verifyUrl, say('查验二维码', 'QR code that leads to the verification'))}
<p class="soft">${say('查验网址：', 'Verify at: ')}${new URL('/verify', verifyUrl).href}</p>`
    : nothing
}
${isGood ? notes.map((each) => html`<p class="soft">${each}</p>`) : nothing}</div>`,
    facts: [],
  });
};
