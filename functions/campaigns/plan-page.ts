import type * as z from 'zod';
import { choices, field, form, refusalNote } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import { valueOfForm } from '../http/forms.ts';
import type { campaigns } from './contract.ts';
import { type Fields, fieldsOf, fieldsOfProposal, withoutEmptyRows } from './plan-form.ts';
import { markedText, spansOf } from './plan-marks.ts';
import { notesOf } from './plan-notes.ts';
import { readDraft } from './plan-reader.ts';
import type { Question } from './plan-shapes.ts';
import type { Draft } from './plan-text/draft.ts';
import { proposeCampaign } from './propose-campaign.ts';
import { roleWords, unitRoles } from './shown-theme.ts';

/** The routes that take the two forms. */
export const planKeys = {
  read: 'POST /pages/plans',
  confirm: 'POST /pages/plans/confirm',
} as const;

/** Rows that are there for what the text does not say. */
const spare = 1;

const inFields = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? '';
/** How many things of a list the fields have. */
const countIn = (fields: Fields, list: string): number =>
  Math.max(
    -1,
    ...[...fields.keys()].map((name) =>
      Number(new RegExp(`^${list}\\.(\\d+)\\.`).exec(name)?.[1] ?? -1),
    ),
  ) + 1;
const rowsOf = (fields: Fields, list: string): readonly number[] =>
  Array.from({ length: countIn(fields, list) + spare }, (_, at) => at);

const renderTextForm = (view: View): Page => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('导入年度方案', 'Hand in the plan of a year'),
    body: html`${refusalNote(view)}<p class="lead">${say(
      '粘贴方案全文，系统识别出年份、主题和月份，由您核对后建立年度活动。原文不保存。',
      'Paste the whole text. Years, themes and months are read from it; you check them, and then the year is planned. The text is not stored.',
    )}</p><p>${say(
      '本页只接收文字：请在 Word 或 WPS 中全选、复制，再粘贴到这里，最多约 28,000 字。.docx 文件由接口 POST /plans 接收。',
      'This page takes text only: select all in your word processor, copy, and paste it here, at most some 28,000 Chinese characters. POST /plans of the API takes .docx files.',
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

/** Shows fields of the form with what they hold. */
const inputsOf = (view: View, fields: Fields) => ({
  line: (name: string, label: string, more: { required?: boolean; hint?: string } = {}): Markup =>
    field(view, { name, label, value: inFields(fields, name), ...more }),
  kept: (name: string): Markup =>
    html`<input type="hidden" name="${name}" value="${inFields(fields, name)}">`,
});

const theme = (view: View, fields: Fields, at: number, say: Say): Markup => {
  const { line, kept } = inputsOf(view, fields);
  const name = (part: string): string => `themes.${at}.${part}`;
  const number = at + 1;
  const units = rowsOf(fields, `themes\\.${at}\\.units`).map((unit) => {
    const label = say(`主题 ${number} 单位 ${unit + 1}`, `Unit ${unit + 1} of theme ${number}`);
    const role = name(`units.${unit}.role`);
    return html`${line(name(`units.${unit}.name`), label)}${field(view, {
      name: role,
      label: say(`${label} 职责`, `What ${label.toLowerCase()} does`),
      value: inFields(fields, role),
      kind: {
        choices: unitRoles.map((value) => ({ value, text: say(...roleWords[value]) })),
      },
    })}`;
  });
  return html`<fieldset><legend>${say(`主题 ${number}`, `Theme ${number}`)}</legend>${kept(name('key'))}${line(name('title'), say(`主题 ${number} 名称`, `Title of theme ${number}`))}${choices(
    view,
    {
      name: name('months'),
      legend: say(`主题 ${number} 月份`, `Months of theme ${number}`),
      all: Array.from({ length: 12 }, (_, month) => ({
        value: String(month + 1),
        text: say(`${month + 1}月`, String(month + 1)),
      })),
      ticked: fields.get(`${name('months')}[]`) ?? [],
    },
  )}${line(name('dates'), say(`主题 ${number} 日期`, `Days of theme ${number}`), {
    hint: say(
      '如 2025-03-05，多个日期用空格分开；可不填',
      'As 2025-03-05, with blanks between several; may be empty',
    ),
  })}${units}${line(name('audience'), say(`主题 ${number} 对象`, `For whom is theme ${number}`))}${line(name('content'), say(`主题 ${number} 内容`, `What is done in theme ${number}`))}</fieldset>`;
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
  const routines = rowsOf(fields, 'routines').map(
    (at) =>
      html`${kept(`routines.${at}.key`)}${line(`routines.${at}.title`, say(`常年服务 ${at + 1}`, `All year ${at + 1}`))}`,
  );
  return pageOf(view, {
    title: say('核对年度方案', 'Check the plan of the year'),
    trail: [{ href: '/pages/plans', text: say('导入年度方案', 'Hand in a plan') }],
    body: html`${refusalNote(view)}${notes.length === 0 ? nothing : note('', html`<strong>${say('请核对', 'Please check')}</strong>`, ...notes)}
<div class="beside"><section><h2>${say('原文', 'The text')}</h2><pre class="text" tabindex="0">${marked}</pre></section>
<section><h2>${say('识别结果', 'What was read')}</h2><p class="hint">${say(
      '清空名称即删去该项。',
      'What has its name emptied is left out.',
    )}</p>${form(view, {
      key: planKeys.confirm,
      action: '/pages/plans/confirm',
      submit: say('确认并建立年度活动', 'Confirm, and plan the year'),
      body: html`${kept('text')}${line('year', say('年份', 'Year'), { required: true })}${line('title', say('方案名称', 'Title'), { required: true })}${line('slogan', say('口号', 'Slogan'))}${rowsOf(fields, 'themes').map((at) => theme(view, fields, at, say))}<fieldset><legend>${say('常年服务', 'All year')}</legend>${routines}</fieldset>`,
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

/** A fault in one of the months or dates is a fault of the field that has them all. */
const fieldOfFault = (name: string): string => name.replace(/\.(months|dates)\.\d+$/, '.$1');

/** What to do with a text that is too long for the form, at its field. */
const withTooLong = (view: View): View => {
  const { refusal, locale } = view;
  if (!refusal?.isTooLarge) return view;
  const words = sayIn(locale)(
    '文字超过 256 KB（约 28,000 字）。请只保留写有主题、月份和单位的部分；整份 .docx 或 .txt 文件（至多 4 MB）由接口 POST /plans 接收。',
    'The text has more than 256 KB, some 28,000 Chinese characters. Keep the part with themes, months and units; POST /plans of the API takes the whole .docx or .txt file, up to 4 MB.',
  );
  return { ...view, refusal: { ...refusal, faults: new Map([['text', words]]) } };
};

/** The page on which a person puts in the text of a plan, or again the draft that was refused. */
export const renderPlanForm = async (_: unknown, __: unknown, view: View): Promise<Page> => {
  const { refusal } = view;
  if (!refusal?.given?.has('year')) return renderTextForm(withTooLong(view));
  const { isTooLarge } = refusal;
  const sent = new URLSearchParams(
    [...refusal.given].flatMap(([name, all]) =>
      // The text only stands beside the draft: without it the form is taken.
      isTooLarge && name === 'text' ? [] : all.map((each): [string, string] => [name, each]),
    ),
  );
  const given = fieldsOf(withoutEmptyRows(valueOfForm(sent)));
  const text = inFields(given, 'text');
  const draft = await readDraft(text);
  const faults = new Map([...refusal.faults].map(([name, detail]) => [fieldOfFault(name), detail]));
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
  return renderDraft(given, reading, {
    ...view,
    refusal: { ...refusal, faults, given },
  });
};
