import { otherArchive } from '../files/name-file.ts';
import { xlsx } from '../files/office-kind.ts';
import { openPackage, type Package, type Relationship } from '../files/package-parts.ts';
import { unreadable } from '../files/unreadable.ts';
import { readXml } from '../files/xml.ts';
import { readSharedStrings, readStyles } from './cell-values.ts';
import { readWorksheet } from './read-worksheet.ts';
import { unescaped } from './rich-text.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { listFiles } from './taken-files.ts';

/** The number of sheets in which the list is looked for. */
const maxLookedInto = 30;
/** The number of names of other sheets in the report. */
const maxTold = 30;

interface Workbook {
  readonly sheets: readonly {
    readonly name: string;
    readonly relationship: string;
    readonly isVisible: boolean;
  }[];
  readonly from1904: boolean;
}

const readWorkbook = (bytes: Uint8Array): Workbook => {
  const sheets: Workbook['sheets'][number][] = [];
  let from1904 = false;
  readXml(bytes, xlsx, {
    open: (name, { name: title = '', id = '', state = 'visible', date1904 = '' }) => {
      if (name === 'sheet')
        sheets.push({
          name: unescaped(title),
          relationship: id,
          isVisible: state === 'visible',
        });
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(date1904);
    },
  });
  return { sheets, from1904 };
};

const noSheet = () =>
  unreadable('XLSX 文件中没有可见的工作表。', 'The XLSX file has no sheet that can be seen.');

/** The name of the workbook's part: from the package's relationships, or else the usual name. */
const workbookOf = ({ relationshipsOf }: Package): string =>
  relationshipsOf('').find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';

/** The highest rank: a sheet with headings and people. */
const best = 3;
/**
 * Names of sheets whose people are examples, words to choose from, or people who have left. Such a
 * sheet is read only if there is no other list.
 */
const asides =
  /示例|样例|范例|样表|模板|模版|说明|须知|字典|参考|选项|数据源|代码表|退出|退队|离队|注销|停用|作废|除名|淘汰|历史|备份|旧|example|sample|template/i;

/**
 * The sheet that holds the list: of the visible sheets that are not empty, the first of the highest
 * rank.
 * @throws Problem `unreadable-file`
 */
export const readXlsx = (
  bytes: Uint8Array,
  rankOf: (rows: readonly SheetRow[]) => number,
): Sheet => {
  const opened = openPackage(bytes, xlsx);
  const { names, part, relationshipsOf } = opened;
  const workbookName = workbookOf(opened);
  const workbook = workbookName.endsWith('.bin') ? undefined : part(workbookName);
  if (!workbook) throw otherArchive(names, listFiles);
  const { sheets, from1904 } = readWorkbook(workbook);
  const relationships = relationshipsOf(workbookName);
  const partOf = (kind: string): Uint8Array | undefined => {
    const related = relationships.find(({ type }) => type === kind)?.target;
    return part(
      related ?? `${workbookName.slice(0, workbookName.lastIndexOf('/') + 1)}${kind}.xml`,
    );
  };
  const isWorksheet = ({ type }: Relationship) => type === 'worksheet' || type === '';
  const worksheets = sheets.flatMap(({ name, relationship, isVisible }) => {
    const related = relationships.find(({ id }) => id === relationship);
    return related && isWorksheet(related) ? [{ name, isVisible, target: related.target }] : [];
  });
  const visible = worksheets.filter(({ isVisible }) => isVisible).slice(0, maxLookedInto);
  const context = {
    strings: readSharedStrings(partOf('sharedStrings')),
    formats: readStyles(partOf('styles')),
    from1904,
  };
  let chosen: { readonly sheet: Sheet; readonly rank: number } | undefined;
  for (const { name, target } of visible) {
    const content = part(target);
    if (!content) continue;
    const sheet: Sheet = {
      name,
      ...readWorksheet(content, context),
      others: worksheets
        .filter((other) => other.target !== target)
        .slice(0, maxTold)
        .map((other) => other.name),
    };
    if (sheet.rows.length === 0) continue;
    const rank = rankOf(sheet.rows) - (asides.test(name) ? 0.5 : 0);
    if (!chosen || rank > chosen.rank) chosen = { sheet, rank };
    if (rank === best) break;
  }
  if (chosen) return chosen.sheet;
  if (visible.length === 0) throw noSheet();
  throw unreadable('文件中没有内容。', 'There is nothing in the file.');
};
