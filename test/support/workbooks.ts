import { type ZipDialect, zip } from './sheets.ts';

/** The ways in which programs write workbooks, within the standard or against it. */
export interface WorkbookDialect extends ZipDialect {
  /** The paths of the parts. Readers must find them by relationships and content types. */
  readonly strings?: string;
  readonly sheet?: string;
  readonly workbook?: string;
  readonly targets?: 'relative' | 'absolute' | 'dotted' | 'backslashes';
  readonly prefix?: string;
  readonly texts?: 'shared' | 'inline' | 'runs' | 'str';
  /** Whether rows and cells state their positions. */
  readonly references?: 'both' | 'cells' | 'none' | 'small';
  readonly xml?: 'utf-8' | 'utf-8 with a mark' | 'utf-16' | 'utf-16 big';
  /** ISO/IEC 29500 Strict. */
  readonly strict?: boolean;
  /** Writes also characters that XML allows as `_xHHHH_`. */
  readonly escapes?: boolean;
}

export interface SheetSource {
  readonly name?: string;
  readonly rows: readonly (readonly string[])[];
  readonly state?: 'hidden' | 'veryHidden';
  readonly kind?: 'chartsheet';
  readonly merged?: readonly string[];
  readonly hiddenRows?: readonly number[];
  /** How they are hidden: each by itself, by a height of 0, or as the sheet's default. */
  readonly hiddenBy?: 'hidden' | 'height' | 'default';
  /** From 1. */
  readonly hiddenColumn?: number;
}

const transitional = 'http://schemas.openxmlformats.org';
const strict = 'http://purl.oclc.org/ooxml';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Escapes, as Excel does, characters that XML does not allow, and text that looks like an escape. */
const withEscapes = (text: string, all: boolean): string => {
  const plain = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return all
    ? plain.replace(/[\r\t7]/g, (character) => {
        const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        return `_x${code}_`;
      })
    : plain;
};

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);

/** A workbook with these sheets, written in a dialect. */
export const workbookOf = (
  sheets: readonly SheetSource[],
  dialect: WorkbookDialect = {},
): Buffer => {
  const {
    strings: stringsPart = 'xl/sharedStrings.xml',
    sheet: sheetPart = 'xl/worksheets/sheet',
    workbook: workbookPart = 'xl/workbook.xml',
    targets = 'relative',
    prefix = '',
    texts = 'shared',
    references = 'both',
    xml = 'utf-8',
    escapes = false,
  } = dialect;
  const root = dialect.strict ? strict : transitional;
  const main = `${root}/${dialect.strict ? '' : ''}spreadsheetml/${dialect.strict ? 'main' : '2006/main'}`;
  const types = `${root}/officeDocument/${dialect.strict ? '' : '2006/'}relationships`;
  const namespace = prefix === '' ? `xmlns="${main}"` : `xmlns:${prefix.slice(0, -1)}="${main}"`;
  const tag = (name: string, attributes: string, content: string) =>
    `<${prefix}${name}${attributes ? ` ${attributes}` : ''}>${content}</${prefix}${name}>`;
  const encoded = (text: string): Buffer => {
    const document = `<?xml version="1.0" standalone="yes"?>\n${text}`;
    if (xml === 'utf-16') return Buffer.from(`\ufeff${document}`, 'utf16le');
    if (xml === 'utf-16 big') return Buffer.from(`\ufeff${document}`, 'utf16le').swap16();
    return Buffer.from(xml === 'utf-8' ? document : `\ufeff${document}`);
  };
  const targetOf = (part: string): string => {
    if (targets === 'absolute') return `/${part}`;
    if (targets === 'dotted') return `../${part}`;
    const relative = part.replace(/^xl\//, '');
    return targets === 'backslashes' ? relative.replaceAll('/', '\\') : relative;
  };
  const shared: string[] = [];
  const shownAs = (text: string): readonly [attributes: string, content: string] => {
    const written = escaped(withEscapes(text, escapes));
    const t = tag('t', 'xml:space="preserve"', written);
    if (texts === 'shared') {
      shared.push(tag('si', '', t));
      return ['t="s"', tag('v', '', String(shared.length - 1))];
    }
    if (texts === 'str') return ['t="str"', tag('v', '', written)];
    const middle = Math.floor(written.length / 2);
    const isSafe = /^[^&_]*$/.test(written) && !/[\ud800-\udfff]/.test(written);
    const runs = [written.slice(0, middle), written.slice(middle)].map((part) =>
      tag('r', '', tag('t', 'xml:space="preserve"', part)),
    );
    const reading = tag('rPh', 'sb="0" eb="1"', tag('t', '', 'DU'));
    const content = texts === 'runs' && isSafe ? `${runs.join('')}${reading}` : t;
    return ['t="inlineStr"', tag('is', '', content)];
  };
  const sheetXml = ({
    rows,
    merged = [],
    hiddenRows = [],
    hiddenBy = 'hidden',
    hiddenColumn,
    kind,
  }: SheetSource) => {
    if (kind) return tag(kind, namespace, '');
    const body = rows.map((cells, at) => {
      const inRow = cells.map((text, column) => {
        if (text === '' && references !== 'none') return '';
        const place = `${letters(column)}${at + 1}`;
        const r =
          references === 'none'
            ? ''
            : `r="${references === 'small' ? place.toLowerCase() : place}"`;
        const [attributes, content] = text === '' ? ['', ''] : shownAs(text);
        return tag('c', [r, attributes].filter((each) => each !== '').join(' '), content);
      });
      const hidden = { hidden: 'hidden="1"', height: 'ht="0"', default: '' }[hiddenBy];
      const shown = hiddenBy === 'default' ? 'ht="15"' : '';
      const hides = hiddenRows.includes(at + 1) ? hidden : shown;
      const r = references === 'both' || references === 'small' ? `r="${at + 1}"` : '';
      return tag('row', `${r} ${hides}`.trim(), inRow.join(''));
    });
    const cols = hiddenColumn
      ? tag('cols', '', tag('col', `min="${hiddenColumn}" max="${hiddenColumn}" hidden="1"`, ''))
      : '';
    const merges = merged.map((ref) => tag('mergeCell', `ref="${ref}"`, '')).join('');
    return tag(
      'worksheet',
      namespace,
      // Some programs write a wrong dimension, so readers must not rely on it.
      `${tag('dimension', 'ref="A1"', '')}${hiddenBy === 'default' ? tag('sheetFormatPr', 'zeroHeight="1"', '') : ''}${cols}${tag('sheetData', '', body.join(''))}${merges ? tag('mergeCells', '', merges) : ''}`,
    );
  };
  const relationships = (all: readonly (readonly [id: string, type: string, target: string])[]) =>
    encoded(
      `<Relationships xmlns="${transitional}/package/2006/relationships">${all
        .map(
          ([id, type, target]) =>
            `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`,
        )
        .join('')}</Relationships>`,
    );
  const parts = sheets.map((sheet, at) => ({
    ...sheet,
    id: `rId${at + 1}`,
    part: `${sheetPart}${at + 1}.xml`,
    content: encoded(sheetXml(sheet)),
  }));
  const folder = workbookPart.slice(0, workbookPart.lastIndexOf('/') + 1);
  const file = workbookPart.slice(folder.length);
  return zip(
    [
      { name: '[Content_Types].xml', content: encoded('<Types/>') },
      {
        name: '_rels/.rels',
        content: relationships([
          ['rId1', 'officeDocument', targets === 'absolute' ? `/${workbookPart}` : workbookPart],
        ]),
      },
      {
        name: workbookPart,
        content: encoded(
          tag(
            'workbook',
            `${namespace} xmlns:r="${types}"`,
            tag(
              'sheets',
              '',
              parts
                .map(({ id, name, state }, at) =>
                  tag(
                    'sheet',
                    `name="${escaped(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="${id}"`,
                    '',
                  ),
                )
                .join(''),
            ),
          ),
        ),
      },
      {
        name: `${folder}_rels/${file}.rels`,
        content: relationships([
          ...parts.map(({ id, part, kind }) => [id, kind ?? 'worksheet', targetOf(part)] as const),
          ...(shared.length > 0
            ? [['rId99', 'sharedStrings', targetOf(stringsPart)] as const]
            : []),
        ]),
      },
      ...parts.map(({ part, content }) => ({ name: part, content })),
      ...(shared.length > 0
        ? [{ name: stringsPart, content: encoded(tag('sst', namespace, shared.join(''))) }]
        : []),
    ],
    dialect,
  );
};
