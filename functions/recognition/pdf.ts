/**
 * The end of an archive's directory (ZIP). Programs look for it in the last 66 KB of a file, and take it for an archive
 * whatever follows. Four bytes of a picture are the same once in some ten thousand files.
 */
const endOfArchive = Buffer.from('PK\x05\x06', 'latin1');
const searchedBytes = 128 * 1024;

const isArchive = (file: Buffer): boolean => file.subarray(-searchedBytes).includes(endOfArchive);

/** Browsers look for a page's marks in so many bytes. */
const sniffed = 1024;
const marksOfPages = /<(?:!doctype|html|head|body|script|svg|iframe|\?xml)/i;

/**
 * Why a file is not taken as a PDF; undefined for one that is: it begins as one with its first byte, ends as one, and is
 * nothing else besides. What is in it nobody looks at: it is handed out as a file to be saved.
 */
export const pdfFault = (
  bytes: Uint8Array,
): { readonly zh: string; readonly en: string } | undefined => {
  const file = Buffer.from(bytes);
  if (!/^%PDF-[12]\.\d/.test(file.toString('latin1', 0, 16)))
    return {
      zh: '这不是 PDF 文件。',
      en: 'It is no PDF: it does not begin with %PDF-.',
    };
  if (!/%%EOF[\s\0]*$/.test(file.toString('latin1', Math.max(0, file.length - sniffed))))
    return {
      zh: '文件不完整，或结尾之后还有其他内容；请重新导出。',
      en: 'The PDF is cut off, or something follows its end: export it again.',
    };
  if (isArchive(file) || marksOfPages.test(file.toString('latin1', 0, sniffed)))
    return {
      zh: '该文件同时是另一种文件（压缩包或网页），不予接收。',
      en: 'The file is something else besides (an archive or a page), and is not taken.',
    };
  return undefined;
};
