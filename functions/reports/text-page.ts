import { field, form, refusalNote } from '../html/form.ts';
import { html, nothing } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { factList, links, note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import { localTimeOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { WrittenPartAnswer } from './answer.ts';
import { reports } from './contract.ts';

/** The page on which a person writes one of the parts that only a person can write, with facts beside it. */
export const renderText = (
  { year, part, version, title, text, facts }: WrittenPartAnswer,
  _: unknown,
  view: View,
) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title,
    trail: [
      { href: `/pages/reports/${year}`, text: say(`${year}年度工作总结`, `Summary of ${year}`) },
    ],
    body: html`${refusalNote(view)}${
      text
        ? factList([
            [say('填写人', 'Written by'), text.authorId],
            [say('填写时间', 'Written at'), localTimeOf(text.writtenAt, settings().timezone)],
          ])
        : note('', say('尚未填写。', 'Nobody has written it yet.'))
    }
<h2>${say('参考', 'Facts')}</h2>
${facts.length > 0 ? html`<ul>${facts.map((each) => html`<li>${each}</li>`)}</ul>` : html`<p>${say('无。', 'None.')}</p>`}
${part === 'next-year' && facts.length > 0 ? links([{ href: `/pages/campaigns/${year}`, text: say('本年度方案，可复制为下一年度方案', 'This year’s plan, from which the next can be copied') }]) : nothing}
${form(view, {
  key: reports.writeTextOnPage.key,
  action: `/pages/reports/${year}/texts/${part}`,
  submit: say('保存', 'Save'),
  body: html`<input type="hidden" name="version" value="${version}">${field(view, {
    name: 'text',
    label: title,
    hint: say(
      '每段一行，至多5000字。请勿写个人姓名和电话。年度关账后再改，公开的总结随即改变，并注明填写日期。',
      'A paragraph a line, 5,000 characters at most. No names or phone numbers of people. After the close of the year the public summary changes at once, and says when this was written.',
    ),
    value: text?.text ?? '',
    kind: 'text',
    required: true,
  })}`,
})}`,
    facts: [say(`统计时段 ${year}。`, `Period ${year}.`)],
  });
};
