import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openList } from '../../../functions/imports/list.ts';
import { readSheet } from '../../../functions/imports/read-sheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { gb18030, xlsx, zip } from '../../support/sheets.ts';

const cellsOf = (bytes: Uint8Array) => readSheet(bytes).rows.map(({ cells }) => cells);
const refusalOf = (bytes: Uint8Array): string => {
  try {
    openList(readSheet(bytes));
  } catch (error) {
    expect((error as Problem).code).toBe('unreadable-file');
    const { zh, en } = (error as Problem).params;
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    return String(en);
  }
  throw new Error('nothing was refused');
};

const text = '姓名,手机\r\n王芳,13812345678\r\n';
const rows = [
  ['姓名', '手机'],
  ['王芳', '13812345678'],
];

describe('CSV', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['GB18030', gb18030(text)],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['quotation marks', Buffer.from('"姓名","手机"\n"王芳","13812345678"')],
    ['mixed line ends', Buffer.from('姓名,手机\n王芳,13812345678\r\r\n\r')],
    [
      'UTF-8 in quotation marks behind a byte order mark',
      Buffer.from('\ufeff"姓名";"手机"\r"王芳";"13812345678"'),
    ],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['blank lines at the end', Buffer.from(`${text}\r\n,\r\n  ,\r\n`)],
  ])('%s', (_, bytes) => {
    expect(cellsOf(bytes)).toEqual(rows);
  });

  test('characters of four bytes in GB18030', () => {
    const rare = Buffer.from([0x95, 0x32, 0x82, 0x36, 0x81, 0x39, 0xee, 0x39]);
    expect(cellsOf(Buffer.concat([gb18030('姓名\n王'), rare]))).toEqual([
      ['姓名'],
      ['王\u{20000}\u3400'],
    ]);
    const cutOff = Buffer.concat([gb18030('姓名\n王'), rare.subarray(0, 3)]);
    expect(refusalOf(cutOff)).toMatch(/^Line 2 /);
  });

  test('rows are numbered as the file has them', () => {
    const lines = '姓名\n\n"王\n芳"\n李四\n';
    expect(readSheet(Buffer.from(lines)).rows.map(({ number }) => number)).toEqual([1, 3, 4]);
  });

  test('a row in no encoding is named, and not repeated', () => {
    const bad = Buffer.concat([gb18030(text), gb18030('李四'), Buffer.from([0xff, 0x0a])]);
    expect(refusalOf(bad)).toMatch(/^Line 3 /);
    const marked = Buffer.concat([Buffer.from(`\ufeff${text}`), gb18030('李四')]);
    expect(refusalOf(marked)).toMatch(/^Line 3 /);
    // What somebody else has damaged before.
    expect(refusalOf(Buffer.from(`${text}李\ufffd\n`))).toMatch(/^Line 3 /);
    expect(refusalOf(Buffer.from(`${text}\0`))).toMatch(/^Line 3 /);
    expect(refusalOf(Buffer.from(`\ufeff${text}\ud800\n`, 'utf16le'))).toMatch(/^Line 3 /);
    expect(refusalOf(Buffer.from(`\ufeff${text}`, 'utf16le').subarray(2))).toMatch(
      /cannot be read/,
    );
    expect(refusalOf(Buffer.from('姓名\r王\0\r'))).toMatch(/^Line 2 /);
  });

  test('a quotation mark too many is named by its line', () => {
    const said = refusalOf(Buffer.from(`${text}秘密"名,1\n`));
    expect(said).toMatch(/^Line 3 /);
    expect(said).not.toContain('秘密');
    for (const end of ['\n', '\r\n', '\r'])
      for (const cell of ['"白三,1', '白"三,1', '"白"三,1'])
        expect(
          refusalOf(Buffer.from(['姓名,手机', '白一,1', cell, '白四,2', ''].join(end))),
        ).toMatch(/^Line 3 /);
  });

  test('UTF-8 that is cut anywhere, or joined with a file in GB18030, is refused by line', () => {
    const people = '姓名,手机\n白一,13900000001\n白二,13900000002\n';
    const utf8 = Buffer.from(people);
    for (let end = utf8.indexOf('\n') + 2; end < utf8.length; end += 1) {
      const cut = utf8.subarray(0, end);
      if (!isUtf8(cut)) expect(refusalOf(cut)).toMatch(/^Line [23] /);
    }
    expect(refusalOf(Buffer.concat([utf8, gb18030(people)]))).toMatch(/^Line 4 /);
    expect(refusalOf(Buffer.concat([gb18030(people), utf8]))).toMatch(/^Line 1 /);
  });

  test('blank rows are no people, however many there are below a list', () => {
    const blank = ',,\n'.repeat(1_000_000);
    expect(cellsOf(Buffer.from(`${text}${blank}`))).toEqual(rows);
  });

  test('10,000 people are taken, one more is not, and blank rows do not go on for ever', () => {
    const people = (count: number) => Buffer.from(`姓名\n${'王芳\n'.repeat(count)}`);
    expect(openList(readSheet(people(10_000))).rows).toHaveLength(10_000);
    expect(refusalOf(people(10_001))).toMatch(/10000 rows/);
    expect(refusalOf(Buffer.from(`${'\n'.repeat(1_000_000)}a`))).toMatch(/delete those below/);
    expect(refusalOf(Buffer.from('a\n'.repeat(1_000_000)))).toMatch(/10000 rows/);
  });

  test('a row of very many cells is refused', () => {
    expect(refusalOf(Buffer.from(`${','.repeat(60)}a`))).toMatch(/60 columns/);
    // Programs write separators as far as they have formats.
    expect(cellsOf(Buffer.from(`姓名${','.repeat(255)}\n`))).toEqual([['姓名']]);
  });

  test('of a very long text in a cell nothing is taken', () => {
    const cells = cellsOf(Buffer.from(`姓名\n${' '.repeat(2_001)}\n${'王'.repeat(2_001)}\n`));
    expect(cells).toEqual([['姓名'], [{ fault: 'too-long' }], [{ fault: 'too-long' }]]);
  });

  const filled = (unit: string, head = '') =>
    Buffer.alloc(4 * 1024 * 1024, unit).fill(head, 0, head.length);
  test.each([
    ['commas', filled(','), /nothing in the file/],
    ['commas behind a text', filled(',', 'a'), /nothing|headings/],
    ['commas before a text', Buffer.concat([filled(','), Buffer.from('a')]), /60 columns/],
    ['quotation marks', filled('"'), /^Line 1 is too long/],
    ['one line', filled('a'), /^Line 1 is too long/],
    ['one line of GB18030', filled(gb18030('王').toString('latin1'), 'a'), /^Line 1 /],
    ['a quotation that does not end', filled('a\n', '"'), /is too long/],
    ['rows of 60 cells', filled(`${'a,'.repeat(59)}a\n`), /10000 rows/],
    [
      'lines, the last in no encoding',
      Buffer.concat([filled('\n'), Buffer.of(0xff)]),
      /^Line 4194305 /,
    ],
    ['nothing in any encoding', filled('\xff'), /^Line 1 /],
  ])('4 MB of %s are refused', (_, bytes, said) => {
    expect(refusalOf(bytes)).toMatch(said);
  });
});

describe('XLSX', () => {
  test('texts, shared texts, numbers and dates', () => {
    const shared = (index: number) => ({ xml: `<c t="s"><v>${index}</v></c>` });
    const bytes = xlsx(
      [
        ['姓名', shared(1), '出生日期', '金额'],
        [shared(0), 13812345678, { day: 45948 }, { xml: '<c s="2"><v>45948.75</v></c>' }],
      ],
      { strings: ['王芳', '手机'] },
    );
    expect(cellsOf(bytes)).toEqual([
      ['姓名', '手机', '出生日期', '金额'],
      ['王芳', '13812345678', '2025-10-18', '2025-10'],
    ]);
  });

  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [0, true, '1904-01-01'],
    [44486, true, '2025-10-18'],
  ])('day %s (from 1904: %s) is %s', (day, date1904, date) => {
    expect(cellsOf(xlsx([['a', { day }]], { date1904 }))).toEqual([['a', date]]);
  });

  test('nothing is taken from formulas, errors, and numbers that lost their end', () => {
    const bytes = xlsx([
      [
        { xml: `<c t="str"><f>cmd|' /C calc'!A0</f><v>王芳</v></c>` },
        { xml: '<c t="e"><v>#REF!</v></c>' },
        { xml: '<c><v>1.1010519491231E+17</v></c>' },
        { xml: '<c t="s"><v>7</v></c>' },
      ],
    ]);
    expect(cellsOf(bytes)).toEqual([
      [
        { fault: 'formula' },
        { fault: 'cell-error' },
        { fault: 'digits-lost' },
        { fault: 'cell-error' },
      ],
    ]);
  });

  test('gaps between rows and cells are kept', () => {
    const bytes = xlsx([['a', '', 'c'], [], ['', 'b']]);
    expect(readSheet(bytes).rows).toEqual([
      { number: 1, cells: ['a', '', 'c'] },
      { number: 3, cells: ['', 'b'] },
    ]);
  });

  test('formatted rows without a value are no people, however far down they are', () => {
    const empty = '<row s="1" customFormat="1"/>'.repeat(100_000);
    const list = (below: string) =>
      zip([
        { name: 'xl/workbook.xml', content: '<w xmlns:r="r"><sheet r:id="a"/></w>' },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: '<r><Relationship Id="a" Target="a.xml"/></r>',
        },
        {
          name: 'xl/a.xml',
          // Noise, so that the sheet is not taken for an attack by its packing.
          content: `${noise}<a><row><c t="str"><v>姓名</v></c></row><row><c t="str"><v>王芳</v></c></row>${below}</a>`,
        },
      ]);
    expect(cellsOf(list(empty))).toEqual([['姓名'], ['王芳']]);
    expect(refusalOf(list(empty.repeat(3)))).toMatch(/delete those below the list/);
    expect(refusalOf(list(empty.repeat(6)))).toMatch(/delete the blank rows/);
  });

  test('a document type is refused, and with it every entity', () => {
    const prologue = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
    expect(refusalOf(xlsx([['a']], { prologue }))).toMatch(/XML/);
    expect(refusalOf(xlsx([[{ xml: '<c t="str"><v>&e;</v></c>' }]]))).toMatch(/XML/);
    expect(refusalOf(xlsx([[{ xml: '<c t="str"><v>&lol9;</v>' }]]))).toMatch(/XML/);
  });

  test('a cell far to the right is refused without filling up to it', () => {
    const far = { xml: '<c r="XFD1"><v>1</v></c>' };
    expect(refusalOf(xlsx([[far]]))).toMatch(/60 columns/);
  });

  test('what is packed too tightly is not unpacked, whatever its headers say', () => {
    const bomb = Buffer.alloc(40 * 1024 * 1024, ' ');
    const file = (claimedBytes: number) =>
      zip([{ name: 'xl/workbook.xml', content: bomb, claimedBytes }]);
    expect(file(0).length).toBeLessThan(4 * 1024 * 1024);
    expect(refusalOf(file(100))).toMatch(/too large/);
    expect(refusalOf(file(bomb.length))).toMatch(/too large/);
  });

  // Noise, so that the packing alone gives nothing away.
  const noise = `<!--${Array.from({ length: 40_000 }, (_, n) => Math.imul(n + 1, 0x9e3779b1)).join('')}-->`;
  const large = (unit: string, megabytes = 14) =>
    unit.repeat((megabytes * 1024 * 1024) / unit.length);
  const workbook = (sheet: string, strings = '<sst/>') =>
    zip([
      { name: 'xl/workbook.xml', content: '<w xmlns:r="r"><sheet r:id="a"/></w>' },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<r><Relationship Id="a" Target="a.xml"/></r>',
      },
      { name: 'xl/sharedStrings.xml', content: strings },
      { name: 'xl/a.xml', content: noise + sheet },
    ]);
  const attributes = Array.from({ length: 1_001 }, (_, n) => `a${n}=""`).join(' ');

  test.each([
    ['nested without end', large('<a>'), /not well-formed/],
    ['one element with attributes without end', `<a ${attributes}/>`, /not well-formed/],
    ['one row of cells without end', `<a><row>${large('<c/>')}`, /60 columns/],
    ['empty rows without end', `<a>${large('<row/>')}`, /delete those below the list/],
    ['more than a list of people can be', `<a>${large('<row/>', 17)}`, /too large/],
    ['a document type without end', `<!DOCTYPE a [${large('<!ENTITY a "b">')}`, /not well-formed/],
  ])('a sheet that is %s is refused', (_, sheet, said) => {
    const bytes = workbook(sheet);
    expect(bytes.length).toBeLessThan(4 * 1024 * 1024);
    expect(refusalOf(bytes)).toMatch(said);
  });

  test('what is asked for is not too large together either', () => {
    const strings = `<sst>${noise}${large('<si/>')}</sst>`;
    expect(refusalOf(workbook(large(' '), strings))).toMatch(/too large/);
  });

  test('one text of megabytes, pointed to from every cell, is looked at nowhere', () => {
    const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`;
    const strings = `<sst><si><t>${noise}${large(' ')}</t></si></sst>`;
    const rows = cellsOf(workbook(`<a>${row.repeat(5_000)}</a>`, strings));
    expect([rows.length, rows[0]?.[0]]).toEqual([5_000, { fault: 'too-long' }]);
  });

  test('what else an archive holds is not unpacked', () => {
    const bomb = { name: 'xl/embeddings/a.zip', content: Buffer.alloc(40 * 1024 * 1024) };
    expect(cellsOf(xlsx([['a']], { more: [bomb] }))).toEqual([['a']]);
  });

  test.each(['x', '0', '-1', '1.5', '1e9', '2'])('a row that is numbered %s is refused', (r) => {
    const first = '<row r="2"><c t="str"><v>a</v></c></row>';
    const sheet = `<a>${first}<row r="${r}"><c t="str"><v>a</v></c></row></a>`;
    expect(refusalOf(workbook(sheet))).toMatch(/not numbered/);
  });

  test('a cell with NUL in it is refused, and what looks like one is a text', () => {
    expect(refusalOf(xlsx([[{ xml: '<c t="str"><v>a&#0;b</v></c>' }]]))).toMatch(/XML/);
    expect(refusalOf(xlsx([['a\0b']]))).toMatch(/XML/);
  });

  test('very many entries, or one name twice, are refused', () => {
    const many = Array.from({ length: 501 }, (_, at) => ({ name: `${at}`, content: '' }));
    expect(refusalOf(zip(many))).toMatch(/too large/);
    expect(
      refusalOf(xlsx([['a']], { more: [{ name: 'xl/workbook.xml', content: '<a/>' }] })),
    ).toMatch(/damaged/);
  });

  test('old and encrypted files are told what to do', () => {
    expect(refusalOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatch(/save it as .xlsx/);
  });

  test('a file that is cut off or damaged is refused, and never breaks the reader', () => {
    const whole = xlsx([['姓名'], ['王芳']]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) bytes[at] = byte;
        try {
          readSheet(bytes);
        } catch (error) {
          expect((error as Problem).code).toBe('unreadable-file');
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('no bytes at all break the reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        readSheet(bytes);
      } catch (error) {
        expect((error as Problem).code).toBe('unreadable-file');
      }
    }),
    { numRuns: 500 },
  );
});

describe('CSV as programs write it', () => {
  const people = [
    ['姓名', '手机'],
    ['白一', '13900000001'],
  ];
  const csv = people.map((cells) => cells.join(',')).join('\r\n');
  test.each([
    ['a line that names the separator', Buffer.from(`sep=,\r\n${csv}`)],
    [
      'the same behind a byte order mark',
      Buffer.from(`\ufeffsep=;\r\n${csv.replaceAll(',', ';')}`),
    ],
    ['full-width commas', Buffer.from(csv.replaceAll(',', '，'))],
    ['bars', Buffer.from(csv.replaceAll(',', '|'))],
    ['Unicode text', Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le')],
    ['separators at the ends of lines', Buffer.from(csv.replaceAll('\r\n', ',,,\r\n'))],
    ['numbers as formulas', Buffer.from(csv.replace('13900000001', '="13900000001"'))],
    ['line ends of old Macs', Buffer.from(csv.replaceAll('\r\n', '\r'))],
  ])('%s', (_, bytes) => {
    expect(cellsOf(bytes)).toEqual(people);
  });

  test('Big5 is known by its headings', () => {
    // 姓名,手機 / 白一,139
    const big5 = Buffer.concat([
      Buffer.from('a96da657', 'hex'),
      Buffer.from(','),
      Buffer.from('a4e2bef7', 'hex'),
      Buffer.from('\n'),
      Buffer.from('a5d5a440', 'hex'),
      Buffer.from(',139\n'),
    ]);
    expect(cellsOf(big5)).toEqual([
      ['姓名', '手機'],
      ['白一', '139'],
    ]);
  });

  test('the separator is that of the headings, whatever stands in titles and cells', () => {
    const text = '登记表，街道，社区，名单，汇总;;\n姓名;手机;住址\n白一;1;甲路1号,2楼,3室,4,5\n';
    expect(cellsOf(Buffer.from(text)).at(-1)).toEqual(['白一', '1', '甲路1号,2楼,3室,4,5']);
  });

  test('any table is read as it was written, with any separator, encoding and line ends', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'白王é7_ "\',;\t|，=\n'), maxLength: 10 })
      .map((value) => value.trim());
    const table = fc.array(fc.array(text, { minLength: 1, maxLength: 12 }), { maxLength: 6 });
    const how = fc.record({
      separator: fc.constantFrom(',', ';', '\t', '|', '，'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      mark: fc.boolean(),
      wide: fc.boolean(),
      more: fc.constantFrom('', 'sep'),
    });
    fc.assert(
      fc.property(table, how, (rows, { separator, end, mark, wide, more }) => {
        const all = [['姓名', '手机', '住址'], ...rows];
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const lines = all.map((cells) => cells.map(quoted).join(separator));
        const written = [...(more ? [`sep=${separator}`] : []), ...lines].join(end);
        const bytes = wide
          ? Buffer.from(`\ufeff${written}`, 'utf16le')
          : Buffer.from(`${mark ? '\ufeff' : ''}${written}`);
        const trimmed = all.map((cells) =>
          cells.slice(0, cells.findLastIndex((each) => each !== '') + 1),
        );
        expect(cellsOf(bytes)).toEqual(trimmed.filter((cells) => cells.length > 0));
      }),
      { numRuns: 200 },
    );
  });
});
