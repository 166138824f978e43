/** A text, and for each of its runs whether it is struck through; undefined if the cell's format says it. */
export interface RichText {
  readonly text: string;
  readonly runs: ReadonlySet<boolean | undefined>;
}

/** Whether an element of a font, or of the properties of a run, strikes the text through. */
export const strikes = (name: string, val: string | undefined): boolean =>
  name === 'strike' && val !== '0' && val !== 'false';

/**
 * A text with its `_xHHHH_` sequences decoded. Excel writes them for characters that XML cannot
 * hold (ECMA-376, 22.4.2.4).
 */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** Reads the texts and values of elements one after the other, without phonetic readings. */
export const textReader = () => {
  let text = '';
  let runs = new Set<boolean | undefined>();
  let run: boolean | undefined;
  let hasText = false;
  let inText = false;
  let inReading = false;
  let inProperties = false;
  return {
    open: (name: string, val: string | undefined): void => {
      if (name === 'rPh') inReading = true;
      if (name === 'r') run = undefined;
      if (name === 'rPr') {
        inProperties = true;
        run = false;
      }
      if (inProperties && strikes(name, val)) run = true;
      if (name === 't' || name === 'v') {
        inText = !inReading;
        hasText ||= inText;
      }
    },
    text: (piece: string): void => {
      if (!inText) return;
      text += piece;
      if (piece.trim() !== '') runs.add(run);
    },
    close: (name: string): void => {
      if (name === 'rPh') inReading = false;
      if (name === 'rPr') inProperties = false;
      if (name === 't' || name === 'v') inText = false;
    },
    /** What was read since the last time; `hasText` also when the text is empty. */
    take: (): RichText & { readonly hasText: boolean } => {
      const taken = { text, runs, hasText };
      text = '';
      runs = new Set();
      run = undefined;
      hasText = false;
      return taken;
    },
  };
};
