declare module 'fast-formula-parser' {
  interface Reference {
    readonly row: number;
    readonly col: number;
  }
  /** Works out formulas of a spreadsheet; rows and columns count from 1. */
  export default class FormulaParser {
    constructor(config: {
      readonly onCell: (at: Reference) => unknown;
      readonly onRange: (range: { readonly from: Reference; readonly to: Reference }) => unknown;
    });
    parse(formula: string, position: Reference & { readonly sheet: string }): unknown;
  }
}
