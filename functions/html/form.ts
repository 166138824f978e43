import { asMarkup, html, type Markup, nothing } from './markup.ts';
import { note } from './parts.ts';
import { tokenField, type View } from './view.ts';
import { sayIn } from './words.ts';

const idOf = (name: string): string => `f-${name.replace(/\W/g, '-')}`;

interface FormContent {
  /** The route that takes the form, as `POST /pages/…/{name}`. */
  readonly key: string;
  /** The path of that route, with its parameters filled in. */
  readonly action: string;
  readonly submit: string;
  readonly body: Markup;
  readonly className?: string;
}

/** What is wrong with fields that the form does not show, such as hidden ones. */
const faultsWithoutField = ({ refusal }: View, body: Markup): Markup => {
  const shown = String(body);
  const others = [...(refusal?.faults ?? [])].filter(
    ([name]) => !shown.includes(`id="${idOf(name)}-fault"`),
  );
  return others.length === 0 ? nothing : note('bad', ...others.map(([, detail]) => detail));
};

/** A form of a session, with its hidden one-time token. */
export const form = (
  view: View,
  { key, action, submit, body, className = 'box' }: FormContent,
): Markup =>
  html`<form class="${className}" method="post" action="${action}?lang=${view.locale}"><input type="hidden" name="${tokenField}" value="${view.signedIn?.tokenFor(key, action) ?? ''}">${faultsWithoutField(view, body)}${body}<button>${submit}</button></form>`;

/** What was wrong with the form, above it; nothing when it was not refused. */
export const refusalNote = ({ refusal, locale }: View): Markup => {
  if (!refusal) return nothing;
  const say = sayIn(locale);
  return refusal.faults.size > 0
    ? note(
        'bad',
        say(
          '请更正下面标出的各项，然后再次提交。',
          'Correct what is marked below, and send the form again.',
        ),
      )
    : note('bad', refusal.title, refusal.detail);
};

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What the field has before anybody changes it. */
  readonly value?: string;
  readonly kind?: 'line' | 'text' | { readonly choices: readonly Choice[] };
  readonly required?: boolean;
}
interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A field with its label, its hint, what is wrong with it, and what the person had put in. */
export const field = (
  { refusal }: View,
  { name, label, hint, value = '', kind = 'line', required = false }: Field,
): Markup => {
  const id = idOf(name);
  const fault = refusal?.faults.get(name);
  const shown = refusal?.given ? (refusal.given.get(name)?.[0] ?? '') : value;
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  const marks = asMarkup(
    `${required ? ' required' : ''}${fault ? ' aria-invalid="true"' : ''}${described === '' ? '' : ` aria-describedby="${described}"`}`,
  );
  const input =
    typeof kind === 'object'
      ? html`<select id="${id}" name="${name}"${marks}>${kind.choices.map(
          (choice) =>
            html`<option value="${choice.value}"${asMarkup(choice.value === shown ? ' selected' : '')}>${choice.text}</option>`,
        )}</select>`
      : kind === 'text'
        ? html`<textarea id="${id}" name="${name}"${marks}>
${shown}</textarea>`
        : html`<input type="text" id="${id}" name="${name}" value="${shown}"${marks}>`;
  return html`<label for="${id}">${label}</label>${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${fault ? html`<p class="fault" id="${id}-fault">${fault}</p>` : nothing}${input}`;
};

/** Boxes of which several may be ticked. Its field is a list: `months[]`. */
export const choices = (
  { refusal }: View,
  {
    name,
    legend,
    all,
    ticked,
  }: {
    readonly name: string;
    readonly legend: string;
    readonly all: readonly Choice[];
    readonly ticked: readonly string[];
  },
): Markup => {
  const on = refusal?.given ? (refusal.given.get(`${name}[]`) ?? []) : ticked;
  const fault = refusal?.faults.get(name);
  return html`<fieldset><legend>${legend}</legend>${fault ? html`<p class="fault" id="${idOf(name)}-fault">${fault}</p>` : nothing}<div class="choices">${all.map(
    ({ value, text }) =>
      html`<label class="check"><input type="checkbox" name="${name}[]" value="${value}"${asMarkup(on.includes(value) ? ' checked' : '')}>${text}</label>`,
  )}</div></fieldset>`;
};
