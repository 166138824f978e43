/** The dots between the parts of a name, as keyboards and programs write them. */
const dots = /[·•․‧∙⋅・･᛫⸱⸳●。｡.]/gu;
/** Characters without width: marks of direction, zero-width spaces, soft hyphens. */
const invisible = /[\p{Cf}\p{Variation_Selector}]/gu;
/** Format characters that change how a name is read, in Arabic, Indic or Mongolian script. */
const joiners: readonly string[] = ['\u200c', '\u200d', '\u180e'];

/**
 * A name in the form in which names are compared: compatibility forms resolved, one kind of dot, no
 * blanks or invisible characters, lower case. Traditional and simplified characters stay different:
 * 后 and 後 are two surnames.
 */
export const comparableName = (name: string): string =>
  name.normalize('NFKC').replace(invisible, '').replace(/\s/g, '').replace(dots, '·').toLowerCase();

/** A name and the area in which it is looked up, as one text for a keyed hash. */
export const nameIn = (areaId: string, name: string): string =>
  JSON.stringify([areaId, comparableName(name)]);

/** Whether two names are the same in their comparable form. An empty name equals no name. */
export const isSameName = (one: string | undefined, other: string | undefined): boolean =>
  comparableName(one ?? '') === comparableName(other ?? '') && comparableName(one ?? '') !== '';

/**
 * A name as it is stored, without invisible characters and without blanks between Chinese
 * characters, which only align a list. Other blanks become single.
 */
export const keptName = (name: string): string =>
  name
    .replace(/\p{Cf}/gu, (character) => (joiners.includes(character) ? character : ''))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();

/**
 * Whether a name has a character that other computers show differently or not at all: private to a
 * font, unassigned, a picture, a sign for a lost character, or one that turns the direction of the
 * text. The planes of rare Chinese characters are all
 * allowed, because Unicode assigns more of them each year.
 */
export const hasOddCharacter = (name: string): boolean =>
  /[\p{Co}\p{Extended_Pictographic}\u202a-\u202e\u2066-\u2069\ufffd?？□]|[\p{Cn}--[\u{20000}-\u{3fffd}]]/v.test(
    name,
  );
