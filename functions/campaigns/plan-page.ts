import { choices, field, form, refusalNote } from '../html/form.ts';
import { html, type Markup } from '../html/markup.ts';
import { pageOf } from '../html/page.ts';
import { note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';

/** The routes that take the two forms. */
export const planKeys = {
  read: 'POST /pages/plans',
  confirm: 'POST /pages/plans/confirm',
} as const;

type Fields = ReadonlyMap<string, readonly string[]>;

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

/** The page on which a person puts in the text of a plan. */
export const renderPlanForm = (view: View) => {
  const say = sayIn(view.locale);
  return pageOf(view, {
    title: say('导入年度方案', 'Hand in the plan of a year'),
    body: html`${refusalNote(view)}<p class="lead">${say(
      '粘贴方案全文，系统识别出年份、主题和月份，由您核对后建立年度活动。原文不保存。',
      'Paste the whole text. Years, themes and months are read from it; you check them, and then the year is planned. The text is not stored.',
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

const theme = (view: View, fields: Fields, at: number, say: Say): Markup => {
  const name = (part: string): string => `themes.${at}.${part}`;
  const line = (part: string, label: string): Markup =>
    field(view, { name: name(part), label, value: inFields(fields, name(part)) });
  const number = at + 1;
  return html`<fieldset><legend>${say(`主题 ${number}`, `Theme ${number}`)}</legend><input type="hidden" name="${name('key')}" value="${inFields(fields, name('key'))}">${line('title', say(`主题 ${number} 名称`, `Title of theme ${number}`))}${choices(
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
  )}${line('lead', say(`主题 ${number} 牵头单位`, `Who leads theme ${number}`))}${line('audience', say(`主题 ${number} 对象`, `For whom is theme ${number}`))}${line('content', say(`主题 ${number} 内容`, `What is done in theme ${number}`))}</fieldset>`;
};

/**
 * The page on which a person sees the text with the draft beside it, mends it and confirms.
 * @param fields the draft as `fieldsOfDraft` gives it, or what the person had put in
 * @param warnings what a person must decide or look at, in their language
 */
export const renderDraft = (fields: Fields, warnings: readonly string[], view: View) => {
  const say = sayIn(view.locale);
  const text = inFields(fields, 'text');
  const line = (name: string, label: string, required = false): Markup =>
    field(view, { name, label, value: inFields(fields, name), required });
  const themes = Array.from({ length: countIn(fields, 'themes') + spare }, (_, at) =>
    theme(view, fields, at, say),
  );
  const routines = Array.from(
    { length: countIn(fields, 'routines') + spare },
    (_, at) =>
      html`<input type="hidden" name="routines.${at}.key" value="${inFields(fields, `routines.${at}.key`)}">${line(`routines.${at}.title`, say(`常年服务 ${at + 1}`, `All year ${at + 1}`))}`,
  );
  return pageOf(view, {
    title: say('核对年度方案', 'Check the plan of the year'),
    trail: [{ href: '/pages/plans', text: say('导入年度方案', 'Hand in a plan') }],
    body: html`${refusalNote(view)}${warnings.map((each) => note('', each))}
<div class="beside"><section><h2>${say('原文', 'The text')}</h2><pre class="text" tabindex="0">${text}</pre></section>
<section><h2>${say('识别结果', 'What was read')}</h2><p class="hint">${say('清空主题名称即删去该主题。', 'A theme whose title you empty is left out.')}</p>${form(
      view,
      {
        key: planKeys.confirm,
        action: '/pages/plans/confirm',
        submit: say('确认并建立年度活动', 'Confirm, and plan the year'),
        body: html`<input type="hidden" name="text" value="${text}">${line('year', say('年份', 'Year'), true)}${line('title', say('方案名称', 'Title'), true)}${line('slogan', say('口号', 'Slogan'))}${themes}<fieldset><legend>${say('常年服务', 'All year')}</legend>${routines}</fieldset>`,
      },
    )}</section></div>`,
  });
};
