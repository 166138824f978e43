import { zip } from './zip.ts';

/** A number with its decimals. With a formula, the number is what the formula comes to. */
export interface NumberCell {
  readonly number: number;
  readonly decimals: 0 | 1;
  readonly formula?: string;
}
export interface TextCell {
  readonly text: string;
}
export type WorkbookCell = NumberCell | TextCell | null;

export interface WorkbookRow {
  readonly cells: readonly WorkbookCell[];
  /** Both are bold. The text of a `heading` runs over the columns beside it, if nothing is in them. */
  readonly kind?: 'heading' | 'bold';
}

export interface WorkbookSheet {
  /** At most 31 characters, and none of `[]:*?/\`. */
  readonly name: string;
  /** Rows at the top that stay in view. */
  readonly frozen: number;
  readonly rows: readonly WorkbookRow[];
}

/** The name of a column from 0: A to Z, AA, … */
export const columnName = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : columnName(Math.floor(column / 26) - 1) + columnName(column % 26);

const byCode = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/**
 * A text in XML. What XML 1.0 does not allow, and a carriage return, which it does not keep, are written as Excel
 * writes them, `_x000D_`; so a text that looks like that has its underscore escaped (ECMA-376 part 1, 22.9.2.19).
 */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, byCode)
    .replace(/[[\p{Cc}\ufffe\uffff]--[\t\n]]/gv, byCode)
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageOf = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Styles by number: text, whole number, number with one decimal, each plain (0–2) and bold (3–5); a heading (6). */
const headingStyle = 6;
const formats = ['49', '3', '164'];
const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.0"/></numFmts><fonts count="2"><font><sz val="11"/><name val="SimSun"/></font><font><b/><sz val="11"/><name val="SimSun"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">${[
  0, 1,
]
  .flatMap((font) =>
    formats.map(
      (format) =>
        `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${format === '49' ? ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' : '/>'}`,
    ),
  )
  .join(
    '',
  )}<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const styleOf = (cell: NumberCell | TextCell, kind: WorkbookRow['kind']): number => {
  if (kind === 'heading') return headingStyle;
  return ('text' in cell ? 0 : cell.decimals + 1) + (kind === 'bold' ? formats.length : 0);
};

/** @throws Error for a number that is none */
const cellXml = (cell: WorkbookCell, at: string, kind: WorkbookRow['kind']): string => {
  if (cell === null) return '';
  const style = ` r="${at}" s="${styleOf(cell, kind)}"`;
  if ('text' in cell)
    return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`;
  if (!Number.isFinite(cell.number)) throw new Error(`${at} has no finite number`);
  const formula = cell.formula === undefined ? '' : `<f>${escaped(cell.formula)}</f>`;
  return `<c${style}>${formula}<v>${cell.number}</v></c>`;
};

/** How wide a text is, in digits: a Chinese character is two. */
const widthOf = (cell: WorkbookCell): number => {
  if (cell === null) return 0;
  const text = 'text' in cell ? cell.text : cell.number.toFixed(cell.decimals);
  return [...text].reduce((sum, character) => sum + (character > '\u02ff' ? 2 : 1), 0);
};

/** Columns are as wide as their texts, within bounds. */
const columnsXml = ({ rows }: WorkbookSheet): string => {
  const widths: number[] = [];
  for (const { cells } of rows.filter(({ kind }) => kind !== 'heading'))
    cells.forEach((cell, column) => {
      widths[column] = Math.min(40, Math.max(widths[column] ?? 10, widthOf(cell) + 2));
    });
  return widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
};

const sheetXml = (sheet: WorkbookSheet): string => {
  const rows = sheet.rows.map(({ cells, kind }, at) => {
    const inner = cells.map((cell, column) =>
      cellXml(cell, `${columnName(column)}${at + 1}`, kind),
    );
    return `<row r="${at + 1}">${inner.join('')}</row>`;
  });
  const pane =
    sheet.frozen > 0
      ? `<pane ySplit="${sheet.frozen}" topLeftCell="A${sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>`
      : '';
  const columns = columnsXml(sheet);
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${rows.join('')}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
};

/**
 * A workbook (ECMA-376) that spreadsheet programs open without a question: numbers are numbers, formulas have the
 * value they come to, texts are texts whatever they begin with. Equal sheets make equal bytes.
 * @throws Error for a number that is not finite
 */
export const writeWorkbook = (sheets: readonly WorkbookSheet[]): Uint8Array => {
  const numbered = sheets.map((sheet, at) => ({ sheet, id: at + 1 }));
  const part = (id: number): string => `worksheets/sheet${id}.xml`;
  const override = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const relationship = (id: number | string, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${relationships}/${type}" Target="${target}"/>`;
  const relationshipsXml = (all: readonly string[]): string =>
    `${declaration}<Relationships xmlns="${packageOf}/relationships">${all.join('')}</Relationships>`;
  return zip([
    {
      name: '[Content_Types].xml',
      content: `${declaration}<Types xmlns="${packageOf}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}${numbered.map(({ id }) => override(part(id), 'worksheet')).join('')}</Types>`,
    },
    {
      name: '_rels/.rels',
      content: relationshipsXml([relationship(1, 'officeDocument', 'xl/workbook.xml')]),
    },
    {
      name: 'xl/workbook.xml',
      content: `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${numbered.map(({ sheet, id }) => `<sheet name="${escaped(sheet.name)}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationshipsXml([
        ...numbered.map(({ id }) => relationship(id, 'worksheet', part(id))),
        relationship('Styles', 'styles', 'styles.xml'),
      ]),
    },
    { name: 'xl/styles.xml', content: styles },
    ...numbered.map(({ sheet, id }) => ({ name: `xl/${part(id)}`, content: sheetXml(sheet) })),
  ]);
};
