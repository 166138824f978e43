import { raw, html as template } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Text that is markup and is not escaped again. Only `html` and `asMarkup` make it. */
export type Markup = HtmlEscapedString;

type Value = string | number | null | undefined | Markup | readonly Value[];

/**
 * Markup with every value escaped, in text and in quoted attributes, except values that `html` made. Null and
 * undefined give nothing. Nothing here is awaited, so the template gives no promise.
 */
export const html = template as (
  parts: TemplateStringsArray,
  ...values: readonly Value[]
) => Markup;

/** A text of this code, such as a style sheet, as markup. Never for what a request or a person gave. */
export const asMarkup = (text: string): Markup => raw(text) as Markup;

/** Nothing. */
export const nothing: Markup = asMarkup('');
