/** A name of the public Internet; not an address, nor a name of one machine or network. */
export const isPublicHost = (host: string): boolean =>
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i.test(host) &&
  !/(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa)$/i.test(host);

/** Control and format characters, marks of direction, and blanks that look like another. */
const unseen = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Zs}]--[ \u3000]]/v;

/**
 * What about a text cannot be seen in the settings, so that no text of a token would ever be the same;
 * undefined if there is nothing.
 */
export const textFault = (text: string): string | undefined => {
  if (text.trim() === '') return 'it is empty';
  if (text !== text.trim()) return 'it begins or ends with a blank';
  if (!text.isWellFormed()) return 'it has half a character in it (a lone surrogate)';
  const [found] = unseen.exec(text) ?? [];
  if (found === undefined) return undefined;
  const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `it has a control or invisible character in it (U+${code}): write it anew by hand`;
};
