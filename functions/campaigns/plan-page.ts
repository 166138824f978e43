import type * as z from 'zod';
import { field, form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import type { campaigns } from './contract.ts';
import { emptyingHint, existingPlan, inputsOf, planFields, putIntoPlan } from './plan-fields.ts';
import { type Fields, fieldsOfProposal } from './plan-form.ts';
import { markedText, spansOf } from './plan-marks.ts';
import { notesOf } from './plan-notes.ts';
import type { Question } from './plan-shapes.ts';
import type { Draft } from './plan-text/draft.ts';

/** The routes that take the two forms. */
export const planKeys = {
  read: 'POST /pages/plans',
  confirm: 'POST /pages/plans/confirm',
} as const;

const renderTextForm = (view: View): Page => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('导入年度方案', 'Hand in the plan of a year'),
    body: html`${refusalNote(view)}<p class="lead">${say(
      '粘贴方案全文，系统识别出年份、主题和月份，由您核对后建立年度活动。原文不保存。',
      'Paste the whole text. Years, themes and months are read from it; you check them, and then the year is planned. The text is not stored.',
    )}</p><p>${say(
      '本页只接收文字：请在 Word 或 WPS 中全选、复制，再粘贴到这里，最多约 28,000 字。本页不能上传 .docx 文件；须整份导入的，请交系统管理员办理。',
      'This page takes text only: select all in your word processor, copy, and paste it here, at most some 28,000 Chinese characters. It takes no .docx files: the operator can hand in a whole one.',
    )}</p>${form(view, {
      key: planKeys.read,
      action: '/pages/plans',
      submit: say('识别', 'Read it'),
      body: field(view, {
        name: 'text',
        label: say('方案全文', 'The text of the plan'),
        kind: 'text',
        required: true,
      }),
    })}`,
  });
};

/** What a person reads beside the form. */
export interface Reading {
  /** What they must decide or look at, in their language. */
  readonly notes: readonly string[];
  /** The text, with what was read from it marked. */
  readonly marked: Markup;
}

/**
 * The page on which a person sees the text with the draft beside it, mends it and confirms.
 * @param fields the draft as `fieldsOfProposal` gives it, or what the person had put in
 */
export const renderDraft = (fields: Fields, { notes, marked }: Reading, view: View): Page => {
  const say = sayIn(view.locale);
  const { line, kept } = inputsOf(view, fields);
  return pageOf(view, {
    title: say('核对年度方案', 'Check the plan of the year'),
    trail: [{ href: '/pages/plans', text: say('导入年度方案', 'Hand in a plan') }],
    body: html`${refusalNote(view)}${existingPlan(view)}${notes.length === 0 ? nothing : note('', html`<strong>${say('请核对', 'Please check')}</strong>`, ...notes)}
<div class="beside"><section><h2>${say('原文', 'The text')}</h2><pre class="text" tabindex="0">${marked}</pre></section>
<section><h2>${say('识别结果', 'What was read')}</h2>${emptyingHint(say)}${form(view, {
      key: planKeys.confirm,
      action: '/pages/plans/confirm',
      submit: say('确认并建立年度活动', 'Confirm, and plan the year'),
      body: html`${kept('text')}${line('year', say('年份', 'Year'), { required: true })}${planFields(view, fields)}`,
    })}</section></div>`,
  });
};

/** A draft as a person reads it. @param text the text to which the draft's spans refer; empty when it is gone */
const readingOf = (
  text: string,
  draft: Draft,
  questions: readonly Question[],
  view: View,
): Reading => ({
  notes: text === '' ? [] : notesOf(draft, questions, text, sayIn(view.locale)),
  marked: markedText(text, spansOf(draft)),
});

type Read = z.output<typeof campaigns.readPlanPage.answer>;

/** What was read from a text, to be mended and confirmed. */
export const renderReading = (
  { text, draft, proposal, questions }: Read,
  _: unknown,
  view: View,
): Page =>
  renderDraft(fieldsOfProposal(proposal, text), readingOf(text, draft, questions, view), view);

/** What to do with a text that is too long for the form, at its field. */
const withTooLong = (view: View): View => {
  const { refusal, locale } = view;
  if (!refusal?.isTooLarge) return view;
  const words = sayIn(locale)(
    '文字超过 256 KB（约 28,000 字）。请只保留写有主题、月份和单位的部分；须整份导入 .docx 或 .txt 文件（至多 4 MB）的，请交系统管理员办理。',
    'The text has more than 256 KB, some 28,000 Chinese characters. Keep the part with themes, months and units; the operator can hand in the whole .docx or .txt file, up to 4 MB.',
  );
  return { ...view, refusal: { ...refusal, faults: new Map([['text', words]]) } };
};

/** The page on which a person puts in the text of a plan, or again the draft that was refused. */
export const renderPlanForm = async (_: unknown, __: unknown, view: View): Promise<Page> => {
  const { refusal } = view;
  if (!refusal?.given?.has('year')) return renderTextForm(withTooLong(view));
  const { isTooLarge } = refusal;
  const { proposeCampaign, readDraft, withoutPersonal } = await import('./plan-import.ts');
  // The text only stands beside the draft: without it the form is taken.
  const sent = isTooLarge ? '' : (refusal.given.get('text')?.join('') ?? '');
  const text = withoutPersonal(sent);
  const again = putIntoPlan(view, (value) => ({ ...(value as object), text }));
  if (!again) return renderTextForm(view);
  const draft = await readDraft(text);
  const { questions } = proposeCampaign(draft);
  const toConfirm = questions.filter(({ code }) => code === 'CONFIRM_MONTHS');
  const withoutText: Reading = {
    notes: [
      sayIn(view.locale)(
        '原文过长，不再附上。草稿保留，请再次确认。',
        'The text was too long and is left out. The draft is kept: confirm it again.',
      ),
    ],
    marked: nothing,
  };
  const reading = isTooLarge ? withoutText : readingOf(text, draft, toConfirm, view);
  return renderDraft(again.fields, reading, again.view);
};
