import { zip } from './sheets.ts';

/** Paragraphs, or a table. */
type Block = readonly string[] | { readonly rows: readonly (readonly string[])[] };

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
const paragraph = (text: string): string =>
  `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
const blockOf = (block: Block): string =>
  'rows' in block
    ? `<w:tbl>${block.rows
        .map(
          (row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`,
        )
        .join('')}</w:tbl>`
    : block.map(paragraph).join('');

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A DOCX document of these blocks, or of the XML of its body; with the formats of its lists. */
export const docxOf = (body: readonly Block[] | string, numbering?: string): Buffer =>
  zip([
    {
      name: '_rels/.rels',
      content:
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    {
      name: 'word/document.xml',
      content: `<w:document ${word}><w:body>${typeof body === 'string' ? body : body.map(blockOf).join('')}</w:body></w:document>`,
    },
    ...(numbering
      ? [{ name: 'word/numbering.xml', content: `<w:numbering ${word}>${numbering}</w:numbering>` }]
      : []),
  ]);
