/** A note in brackets, or from an opening bracket to the end. */
const note = /[([{<（【〔「《][^)\]}>）】〕」》]*(?:[)\]}>）】〕」》]|$)/gu;
/** A running number before a name: `1.`, `2、`, `03 `, `④`, `五、`. */
const ordinal =
  /^\s*(?:no\.?\s*)?(?:[\d０-９]{1,5}(?:\s*[.．、,，:：)）]|\s)|[\u2460-\u249b\u2776-\u2793][.．、]?|[一二三四五六七八九十]{1,3}、)\s*(?=\p{L})/iu;

/**
 * A name without the notes in brackets and the running number that offices write beside it. The
 * text as it is when nothing else is in it.
 */
export const withoutNotes = (text: string): string => {
  const name = text.replace(note, ' ').replace(ordinal, '').trim();
  return /\p{L}/u.test(name) ? name : text;
};
