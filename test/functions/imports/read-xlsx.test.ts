import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openList } from '../../../functions/imports/list.ts';
import { readSheet } from '../../../functions/imports/read-sheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { xlsx, zip } from '../../support/sheets.ts';
import { type SheetSource, type WorkbookDialect, workbookOf } from '../../support/workbooks.ts';

const people: SheetSource = {
  name: '名单',
  rows: [
    ['姓名', '手机'],
    ['白一', '13900000001'],
  ],
};
const cellsOf = (bytes: Uint8Array) => readSheet(bytes).rows.map(({ cells }) => cells);
const cell = (xml: string) => cellsOf(xlsx([['姓名', { xml }]]))[0]?.[1];
const refusalOf = (bytes: Uint8Array): string => {
  try {
    openList(readSheet(bytes));
  } catch (error) {
    expect((error as Problem).code).toBe('unreadable-file');
    const { zh, en } = (error as Problem).params;
    return `${zh} ${en}`;
  }
  throw new Error('nothing was refused');
};

describe('parts are found by what leads to them', () => {
  const dialects: readonly (readonly [string, WorkbookDialect])[] = [
    ['strings in capitals', { strings: 'xl/SharedStrings.xml' }],
    ['strings by another name', { strings: 'xl/strings.xml' }],
    ['a sheet by another name', { sheet: 'xl/sheets/Blatt' }],
    ['everything in the root', { workbook: 'book.xml', sheet: 'one', strings: 'two.xml' }],
    ['absolute targets', { targets: 'absolute' }],
    ['targets that go up', { targets: 'dotted' }],
    ['targets with backslashes', { targets: 'backslashes' }],
    ['the strict namespaces', { strict: true }],
    ['a prefix', { prefix: 'x:' }],
    ['no references', { references: 'none' }],
    ['references in small letters', { references: 'small' }],
    ['rows without numbers', { references: 'cells' }],
    ['UTF-16', { xml: 'utf-16' }],
    ['UTF-16 the other way round', { xml: 'utf-16 big' }],
    ['byte order marks', { xml: 'utf-8 with a mark' }],
    ['entries that are streamed', { streamed: true }],
    ['entries that are stored', { stored: true }],
    ['ZIP64', { zip64: true }],
    ['texts in runs with their reading', { texts: 'runs' }],
    ['texts as results', { texts: 'str' }],
    ['escaped characters', { escapes: true }],
  ];
  test.each(dialects)('%s', (_, dialect) => {
    expect(cellsOf(workbookOf([people], dialect))).toEqual(people.rows);
  });

  test('any table is read as it was written, in any dialect', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'白王𠮷·é7_x005F_ &<>"\'，\n'), maxLength: 12 })
      .map((value) => value.trim());
    const row = fc.array(text, { minLength: 1, maxLength: 30 });
    const dialect = fc.record({
      strings: fc.constantFrom('xl/sharedStrings.xml', 'xl/SharedStrings.XML', 'a/b.xml'),
      targets: fc.constantFrom('absolute' as const, 'dotted' as const),
      prefix: fc.constantFrom('', 'x:', 'ns0:'),
      texts: fc.constantFrom('shared' as const, 'inline' as const, 'runs' as const, 'str' as const),
      references: fc.constantFrom('both' as const, 'cells' as const, 'none' as const),
      xml: fc.constantFrom('utf-8' as const, 'utf-8 with a mark' as const, 'utf-16' as const),
      strict: fc.boolean(),
      escapes: fc.boolean(),
      stored: fc.boolean(),
      streamed: fc.boolean(),
      zip64: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), dialect, (rows, how) => {
        const first = ['姓名', '手机'];
        const trimmed = [first, ...rows].map((cells) => {
          const last = cells.findLastIndex((each) => each !== '');
          return cells.slice(0, last + 1);
        });
        expect(cellsOf(workbookOf([{ rows: [first, ...rows] }], how))).toEqual(
          trimmed.filter((cells) => cells.length > 0),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('of several sheets', () => {
  test.each<[string, readonly SheetSource[]]>([
    ['a notice', [{ name: '填表说明', rows: [['说明：请如实填写']] }]],
    ['an empty one', [{ rows: [] }]],
    ['a template', [{ name: '模板', rows: [['姓名', '手机']] }]],
    [
      'instructions',
      [{ name: '填表说明', rows: [['填表说明'], ['1、姓名（必填）'], ['2、手机']] }],
    ],
    [
      'a table of fields',
      [
        {
          name: '填表说明',
          rows: [
            ['字段', '说明'],
            ['姓名', '必填'],
            ['身份证号', '18位'],
          ],
        },
      ],
    ],
    [
      'fields, the name last',
      [
        {
          rows: [
            ['手机', '11位'],
            ['姓名', '必填'],
          ],
        },
      ],
    ],
    [
      'headings without a name further down',
      [
        {
          rows: [
            ['姓名', '必填'],
            ['手机', '住址'],
            ['13900000001', '某路'],
          ],
        },
      ],
    ],
    ['a hidden one', [{ rows: people.rows, state: 'hidden' }]],
    ['a very hidden one', [{ rows: people.rows, state: 'veryHidden' }]],
    ['a chart', [{ rows: [], kind: 'chartsheet' }]],
  ])('the one with the headings is read, behind %s', (_, before) => {
    const sheet = readSheet(workbookOf([...before, people]));
    expect([sheet.name, sheet.rows[1]?.cells[0]]).toEqual(['名单', '白一']);
  });

  test('the first with headings is read, and the others are named', () => {
    const sheet = readSheet(
      workbookOf([
        { name: '说明', rows: [['请填写']] },
        people,
        { name: '和平社区', rows: people.rows },
        { name: '藏', rows: people.rows, state: 'hidden' },
      ]),
    );
    expect([sheet.name, sheet.others]).toEqual(['名单', ['说明', '和平社区', '藏']]);
  });

  test.each(['模板', '导入模板', '字典', '参考', '退出人员', '填写示例', '2024年注销'])(
    'the one with the people is read, behind people who are no volunteers: %s',
    (name) => {
      const other = {
        name,
        rows: [
          ['姓名', '手机'],
          ['旧一', '13900000009'],
        ],
      };
      expect(readSheet(workbookOf([other, people])).name).toBe('名单');
      expect(readSheet(workbookOf([other])).name).toBe(name);
    },
  );

  test('hidden ones alone are none', () => {
    expect(refusalOf(workbookOf([{ ...people, state: 'hidden' }]))).toMatch(/可见的工作表/);
  });
});

describe('cells', () => {
  test.each([
    ['a date in ISO 8601', '<c t="d"><v>1977-07-07T00:00:00</v></c>', '1977-07-07T00:00:00'],
    ['a date 43 seconds before midnight', '<c s="1"><v>28312.9995023</v></c>', '1977-07-07'],
    ['a date 43 seconds after midnight', '<c s="1"><v>28313.000498</v></c>', '1977-07-07'],
    ['a truth', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['a figure with a power of ten', '<c><v>1.3900000001E10</v></c>', '13900000001'],
    ['a figure as a program counts', '<c><v>13900000001.0</v></c>', '13900000001'],
    ['a figure of 18 digits', '<c><v>110101196606060123</v></c>', { fault: 'digits-lost' }],
    ['an error', '<c t="e"><v>#N/A</v></c>', { fault: 'cell-error' }],
    ['a formula', '<c><f>1+1</f><v>2</v></c>', { fault: 'formula' }],
    ['a formula that nobody has worked out', '<c><f>1+1</f></c>', { fault: 'formula' }],
    ['an escaped line end', '<c t="str"><v>白四_x000D_</v></c>', '白四\r'],
    ['an escaped escape', '<c t="str"><v>_x005F_x000D_</v></c>', '_x000D_'],
    ['an escaped control character', '<c t="str"><v>白_x0001_四</v></c>', '白 四'],
    ['half a character', '<c t="str"><v>白_xD842_</v></c>', '白\ufffd'],
    ['two halves', '<c t="str"><v>_xD842__xDFB7_</v></c>', '𠮷'],
    [
      'a text with its reading',
      '<c t="inlineStr"><is><r><t>白</t></r><r><t>一</t></r><rPh><t>bai</t></rPh></is></c>',
      '白一',
    ],
  ])('%s', (_, xml, value) => {
    expect(cell(xml)).toEqual(value);
  });

  test('a formula that shows nothing is blank, as it is in rows that are made ready', () => {
    expect(
      cellsOf(xlsx([['姓名', { xml: '<c t="str"><f>IF(A1="","",1)</f><v></v></c>' }]])),
    ).toEqual([['姓名']]);
  });

  test('formats far to the right are nothing', () => {
    expect(cellsOf(xlsx([['姓名', { xml: '<c r="XFD1" s="1"/>' }]]))).toEqual([['姓名']]);
  });

  test('a merged region has its value in all its cells', () => {
    const bytes = workbookOf([
      {
        rows: [
          ['姓名', '社区', '手机'],
          ['白一', '和平社区', '1'],
          ['白二', '', '2'],
          ['', '', ''],
        ],
        merged: ['B2:B4', 'A4:C4'],
      },
    ]);
    expect(cellsOf(bytes)).toEqual([
      ['姓名', '社区', '手机'],
      ['白一', '和平社区', '1'],
      ['白二', '和平社区', '2'],
    ]);
  });

  test('merged headings in two rows, and a title over all columns', () => {
    const list = openList(
      readSheet(
        workbookOf([
          {
            rows: [
              ['志愿者登记表', '', '', ''],
              ['序号', '姓名', '监护人', ''],
              ['', '', '姓名', '电话'],
              ['1', '白一', '白父', '13900000001'],
            ],
            merged: ['A1:D1', 'A2:A3', 'B2:B3', 'C2:D2'],
          },
        ]),
      ),
    );
    expect(list.columns.map(({ column }) => column)).toEqual([
      'ordinal',
      'name',
      'guardianName',
      'guardianPhone',
    ]);
    expect(list.rows.map(({ number }) => number)).toEqual([4]);
  });

  test.each(['hidden', 'height', 'default'] as const)(
    'hidden rows and columns are read, and known to be hidden: by %s',
    (hiddenBy) => {
      const source = { ...people, hiddenRows: [2], hiddenBy, hiddenColumn: 2 };
      const sheet = readSheet(workbookOf([source]));
      expect(sheet.rows.map(({ hidden }) => hidden)).toEqual([undefined, true]);
      expect([...sheet.hiddenColumns]).toEqual([1]);
    },
  );

  test('regions without end, and very many of them, are refused', () => {
    const rows = Array.from({ length: 100 }, () => ['姓名']);
    const region = (ref: string, count: number) =>
      Array.from({ length: count }, (_, at) =>
        ref.replace('{}', String(1 + ((at * 7919) % 999_983))),
      );
    expect(refusalOf(workbookOf([{ rows, merged: region('A1:XFD1048576', 200) }]))).toMatch(/合并/);
    expect(refusalOf(workbookOf([{ rows, merged: region('Z{}:AA9', 50_001) }]))).toMatch(/合并/);
  });
});

describe('what is no list is named, and what to do', () => {
  const compound = (...streams: readonly string[]) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      ...streams.map((stream) => Buffer.from(stream, 'utf16le')),
    ]);
  const archive = (...names: readonly string[]) =>
    zip(names.map((name) => ({ name, content: 'a' })));
  test.each<[string, Buffer, RegExp]>([
    ['an .xls', compound('Workbook'), /旧版 \.xls.*另存为 \.xlsx/],
    ['a workbook with a password', compound('EncryptionInfo', 'EncryptedPackage'), /取消密码/],
    ['a .doc', compound('WordDocument'), /Word/],
    ['an .xlsb', archive('xl/workbook.bin'), /xlsb/],
    ['an .ods', archive('mimetype', 'content.xml'), /OpenDocument/],
    ['a .numbers', archive('Index/Document.iwa'), /Numbers/],
    ['a .docx', archive('word/document.xml'), /Word.*复制到表格软件/],
    ['a .pptx', archive('ppt/presentation.xml'), /PowerPoint/],
    ['a ZIP with a workbook in it', archive('名单.xlsx'), /ZIP 压缩包/],
    ['another ZIP', archive('a'), /没有可见的工作表.*解压/],
    ['an empty ZIP', zip([]), /空的或分卷的 ZIP/],
    ['an OFD', archive('OFD.xml', 'Doc_0/Document.xml'), /OFD.*索取原来的表格/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), /PDF.*索取原来的表格/],
    ['a JPG', Buffer.from('ffd8ffe000104a464946', 'hex'), /JPG/],
    ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), /PNG.*索取原来的表格/],
    ['a BMP', Buffer.from('424d3a000c000000000036000000', 'hex'), /BMP/],
    ['a .dbf', Buffer.from('0319070101000000', 'hex'), /dbf.*用表格软件打开/],
    ['a DIF', Buffer.from('TABLE\r\n0,1\r\n"EXCEL"\r\n'), /DIF.*用表格软件打开/],
    ['SQL', Buffer.from('INSERT INTO people VALUES (1);'), /SQL.*导出/],
    ['a picture of a telephone', Buffer.from('00000018667479706865696300000000', 'hex'), /图片/],
    ['a RAR', Buffer.from('Rar!\x1a\x07'), /RAR/],
    ['an RTF', Buffer.from('{\\rtf1'), /RTF/],
    ['HTML as .xls', Buffer.from('\ufeff<html xmlns:x="urn"><table>'), /网页（HTML）/],
    ['a table alone', Buffer.from('\n<table border=1>'), /网页（HTML）/],
    ['HTML after comments', Buffer.from(`${'<!-- -->'.repeat(40)}<html>`), /网页（HTML）/],
    ['HTML in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), /网页（HTML）/],
    [
      'an XML Spreadsheet 2003',
      Buffer.from(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      ),
      /XML 表格 2003/,
    ],
    ['other XML', Buffer.from('<?xml version="1.0"?><a/>'), /XML 文件/],
    ['MHTML', Buffer.from('MIME-Version: 1.0\n'), /MHTML/],
    ['JSON', Buffer.from('[{"姓名":"白一"}]'), /JSON/],
    [
      'a form',
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n姓名'),
      /不要用表单/,
    ],
  ])('%s', (_, bytes, said) => {
    expect(refusalOf(bytes)).toMatch(said);
  });
});
