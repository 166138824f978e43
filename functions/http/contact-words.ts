/** Letters and signs that look like Latin letters, by the letter. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'aаα',
    'bвβ',
    'cсϲ',
    'eеε',
    'hн',
    'iіι',
    'jј',
    'kкκ',
    'mм',
    'nη',
    'oоο',
    'pрρ',
    'qԛ🆀🅀🅠',
    'sѕ',
    'tтτ',
    'vѵν',
    'wԝω',
    'xхχ',
    'yуγ',
    '+➕✚✛✜',
  ].flatMap((forms) => {
    const [letter = '', ...others] = forms;
    return others.map((form) => [form, letter]);
  }),
);
const lookalike = new RegExp(`[${Object.keys(lookalikes).join('')}]`, 'giu');

/** What is written between the characters of a Chinese word to hide it: 抖 音 号, 微·信. */
const inWord = /(?<=\p{Script=Han})[\s._·•*|/~^=+-]{1,3}(?=\p{Script=Han})/gu;
/** Five or more characters that stand apart: l e i f e n g, 1 2 3 4 5. */
const apart = /(?<![a-z\d])[a-z\d](?:[ ._·*-]{1,3}[a-z\d]){4,60}(?![a-z\d])/giu;
/** 1.2.3.4.5 numbers the items of a text. */
const together = (apart: string): string =>
  /^[\d.]*$/.test(apart) ? apart : apart.replace(/[^a-z\d]/giu, '');

/**
 * A plain text as somebody reads it who looks for an account: letters of other scripts as the Latin
 * ones that they look like, and no marks between the characters of a word.
 */
export const contactWords = (plain: string): string =>
  plain
    .replace(lookalike, (form) => lookalikes[form.toLowerCase()] ?? form)
    .replace(inWord, '')
    .replace(apart, together);
