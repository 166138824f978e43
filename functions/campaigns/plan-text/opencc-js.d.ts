/** The table of characters alone: the package's converters bring dictionaries of phrases, eight times as large. */
declare module 'opencc-js/dict/TSCharacters' {
  /** `<traditional> <simplified>`, parted by `|`; further simplified forms follow the first. */
  const pairs: string;
  export default pairs;
}
