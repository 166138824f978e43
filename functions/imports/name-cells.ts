/** A note in brackets, or from an opening bracket to the end. */
const note = /[([{<（【〔「《][^)\]}>）】〕」》]*(?:[)\]}>）】〕」》]|$)/gu;
/** A text that is all in one pair of brackets: (李四), 【赵六】. */
const bracketed = /^\s*[([{<（【〔「《]([^()[\]{}<>（）【】〔〕「」《》]*)[)\]}>）】〕」》]\s*$/u;
/**
 * A running number before a name: `1.`, `2、`, `03 `, `④`, `五、`, `01`. Without a sign after it, what
 * follows must not be a unit.
 */
const ordinal =
  /^\s*(?:no\.?\s*)?(?:[\d０-９]{1,5}(?:\s*[.．、,，:：)）\p{Pd}]|\s|(?=\p{Script=Han})(?![年月日号楼组队栋单室届级班期区岁人个名位户口路街村排]))|[\u2460-\u249b\u2776-\u2793][.．、]?|[一二三四五六七八九十]{1,3}、)\s*(?=\p{L})/iu;
/** One sign of punctuation, or a number in a circle, at an end of a Chinese name. */
const stray =
  /^\s*[·•・。．.,，、：:；;]\s*(?=\p{Script=Han})|(?<=\p{Script=Han})\s*[·•・。．.,，、：:；;\u2460-\u249b\u2776-\u2793]\s*$/gu;

/**
 * A name without what offices write beside it: notes in brackets, a running number, a sign of
 * punctuation at its ends. Of a text that is all in brackets, what is inside. The text as it is when
 * nothing else is in it.
 */
export const withoutNotes = (text: string): string => {
  const [, inside] = bracketed.exec(text) ?? [];
  const name = (inside ?? text.replace(note, ' '))
    .trim()
    .replace(ordinal, '')
    .replace(stray, '')
    .trim();
  return /\p{L}/u.test(name) ? name : text;
};
