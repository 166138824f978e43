import type * as z from 'zod';
import { field, form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { durationText, note, table } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { inLanguage, sayIn } from '../html/words.ts';
import type { recognition } from './contract.ts';
import { isUndecided } from './decider.ts';
import { statusWords } from './words.ts';

type Own = z.output<typeof recognition.ownCertificates.answer>;

/** The routes that take the forms. */
const applyKey = 'POST /pages/certificates';
const withdrawKey = 'POST /pages/certificates/{id}/withdraw';

/** Where a certificate stands, why, and the way back from an application that nobody has decided. */
const standing = (
  { id, status, reason }: Pick<Own['items'][number], 'id' | 'status' | 'reason'>,
  view: View,
): Markup => {
  const say = sayIn(view.locale);
  return html`${inLanguage(view.locale, statusWords[status])}${reason === null ? nothing : html`<br><small>${say('理由：', 'Reason: ')}${reason}</small>`}${
    isUndecided({ status })
      ? form(view, {
          key: withdrawKey,
          action: `/pages/certificates/${id}/withdraw`,
          submit: say('撤回申请', 'Withdraw it'),
          body: nothing,
        })
      : nothing
  }`;
};

/** One's own certificates, newest application first, and the form that applies for another. */
export const renderOwnCertificates = (
  { items, units, from, until }: Own,
  _: unknown,
  view: View,
): Page => {
  const say = sayIn(view.locale);
  const names = new Map(units.map(({ id, name }) => [id, name]));
  const list =
    items.length === 0
      ? note('', say('还没有申请过证明。', 'No certificate was applied for yet.'))
      : table({
          caption: say('我的证明（按申请日期）', 'My certificates, by the day of application'),
          isHeaded: true,
          headings: [
            say('申请日期', 'Applied on'),
            say('状态', 'Status'),
            say('编号', 'Number'),
            say('记录单位', 'Recording unit'),
            say('服务时段', 'Period'),
            { number: say('时长', 'Time') },
          ],
          rows: items.map(({ id, appliedOn, issuerId, number, minutes, ...rest }) => [
            appliedOn,
            standing({ id, ...rest }, view),
            number === null ? null : html`<a href="/pages/certificates/${id}">${number}</a>`,
            names.get(issuerId) ?? null,
            say(`${rest.from} 至 ${rest.until}`, `${rest.from} to ${rest.until}`),
            { number: number === null ? null : durationText(minutes, say) },
          ]),
        });
  const apply =
    units.length === 0
      ? note(
          '',
          say(
            '还没有已查验的服务时长；查验后即可申请。',
            'There are no verified hours yet: once there are, you can apply.',
          ),
        )
      : form(view, {
          key: applyKey,
          action: '/pages/certificates',
          submit: say('申请', 'Apply'),
          body: html`${field(view, {
            name: 'issuerId',
            label: say('记录单位', 'Recording unit'),
            kind: { choices: units.map(({ id, name }) => ({ value: id, text: name })) },
          })}${field(view, {
            name: 'from',
            label: say('服务时段起', 'First service day'),
            value: from,
            required: true,
          })}${field(view, {
            name: 'until',
            label: say('服务时段止', 'Last service day'),
            value: until,
            required: true,
          })}`,
        });
  return pageOf(view, {
    title: say('我的志愿服务记录证明', 'My certificates of service'),
    trail: [{ href: '/pages', text: say('我的事项', 'My tasks') }],
    body: html`${refusalNote(view)}${list}
<h2>${say('申请证明', 'Apply for a certificate')}</h2>
<p>${say(
      '证明免费，由记录单位出具；载明该单位记录的、已查验的服务。',
      'A certificate is free. The recording unit issues it; it certifies verified service that the unit records.',
    )}</p>${apply}`,
    facts: [],
  });
};
