// The fields of a plan, in the form of a draft and in that of a revision.
import { choices, field } from '../html/form.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import { links } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { type Say, sayIn } from '../html/words.ts';
import { valueOfForm } from '../http/forms.ts';
import { type Fields, fieldsOf, withoutEmptyRows } from './plan-form.ts';
import { roleWords, unitRoles } from './shown-theme.ts';

/** Rows that are there for what is to be added, and the most rows that a plan has. */
const ofPlan = { spare: 3, most: 24 } as const;
const ofUnits = { spare: 1, most: 20 } as const;

/** The first value of a field; empty when there is none. */
export const inFields = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? '';
/** How many things each list of the fields has, by its name: `themes`, `themes.0.units`. */
const countsIn = (fields: Fields): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of fields.keys()) {
    const parts = name.split('.');
    for (const [at, part] of parts.entries()) {
      if (at === 0 || !/^\d{1,6}$/.test(part)) continue;
      const list = parts.slice(0, at).join('.');
      counts.set(list, Math.max(counts.get(list) ?? 0, Number(part) + 1));
    }
  }
  return counts;
};
const knownCounts = new WeakMap<Fields, ReadonlyMap<string, number>>();
const countIn = (fields: Fields, list: string): number => {
  const counts = knownCounts.get(fields) ?? countsIn(fields);
  knownCounts.set(fields, counts);
  return counts.get(list) ?? 0;
};
/** A form shows no more rows of a list, whatever was sent. A text has fewer themes that one could take out. */
const maxRows = 60;
const rowsOf = (
  fields: Fields,
  list: string,
  { spare, most }: { readonly spare: number; readonly most: number } = ofPlan,
): readonly number[] => {
  const count = Math.min(countIn(fields, list), maxRows);
  return Array.from({ length: Math.max(count, Math.min(count + spare, most)) }, (_, at) => at);
};

/** Shows fields of the form with what they hold. */
export const inputsOf = (view: View, fields: Fields) => ({
  line: (name: string, label: string, more: { required?: boolean; hint?: string } = {}): Markup =>
    field(view, {
      ...{ name, label, value: inFields(fields, name), ...more },
      // A field of one line would lose line breaks.
      kind: inFields(fields, name).includes('\n') ? 'text' : 'line',
    }),
  kept: (name: string): Markup =>
    html`<input type="hidden" name="${name}" value="${inFields(fields, name)}">`,
});

const theme = (view: View, fields: Fields, at: number, say: Say): Markup => {
  const { line, kept } = inputsOf(view, fields);
  const name = (part: string): string => `themes.${at}.${part}`;
  const number = at + 1;
  const units = rowsOf(fields, `themes.${at}.units`, ofUnits).map((unit) => {
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

/** Title, slogan, themes and routine services, each list with empty rows. */
export const planFields = (view: View, fields: Fields): Markup => {
  const say = sayIn(view.locale);
  const { line, kept } = inputsOf(view, fields);
  const routines = rowsOf(fields, 'routines').map(
    (at) =>
      html`${kept(`routines.${at}.key`)}${line(`routines.${at}.title`, say(`常年服务 ${at + 1}`, `All year ${at + 1}`))}`,
  );
  return html`${line('title', say('方案名称', 'Title'), { required: true })}${line('slogan', say('口号', 'Slogan'))}${rowsOf(fields, 'themes').map((at) => theme(view, fields, at, say))}<fieldset><legend>${say('常年服务', 'All year')}</legend>${routines}</fieldset>`;
};

/** The way to the plan that the year has already, and to its revision, when that is why the form was refused. */
export const existingPlan = ({ refusal, locale }: View): Markup => {
  const year = refusal?.given?.get('year')?.[0]?.trim() ?? '';
  if (refusal?.code !== 'already-exists' || !/^\d{4}$/.test(year)) return nothing;
  const say = sayIn(locale);
  const page = `/pages/campaigns/${year}`;
  return links([
    { href: page, text: say(`${year}年度方案`, `The plan of ${year}`) },
    { href: `${page}/revise`, text: say(`修订${year}年度方案`, `Revise the plan of ${year}`) },
  ]);
};

/** How a row is left out, for the person at the form. */
export const emptyingHint = (say: Say): Markup =>
  html`<p class="hint">${say('清空名称即删去该项。', 'What has its name emptied is left out.')}</p>`;

/** A fault in one of the months or dates is a fault of the field that has them all. */
const fieldOfFault = (name: string): string => name.replace(/\.(months|dates)\.\d+$/, '.$1');

/**
 * What a person had put into a refused form of a plan, without the rows that they emptied: faults name those that are
 * left. Undefined when the form was not refused, or cannot be shown again.
 * @param changed what is shown in place of what they had put in
 */
export const putIntoPlan = (
  view: View,
  changed: (value: unknown) => unknown = (value) => value,
): { readonly fields: Fields; readonly view: View } | undefined => {
  const { refusal } = view;
  if (!refusal?.given) return undefined;
  const sent = new URLSearchParams(
    [...refusal.given].flatMap(([name, all]) => all.map((each): [string, string] => [name, each])),
  );
  const given = fieldsOf(changed(withoutEmptyRows(valueOfForm(sent))));
  const faults = new Map([...refusal.faults].map(([name, detail]) => [fieldOfFault(name), detail]));
  return { fields: given, view: { ...view, refusal: { ...refusal, faults, given } } };
};
