/** Text that is markup and is not escaped again. Only `html` creates it. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Value = string | number | null | Markup | readonly Markup[];

const textOf = (value: Value): string => {
  if (value === null) return '';
  if (typeof value !== 'object')
    return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return 'markup' in value ? value.markup : value.map(textOf).join('');
};

/** Markup with every value escaped, except values that `html` made. Null gives nothing. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: parts.map((part, index) => part + textOf(values[index] ?? null)).join(''),
});
