import { rowFlags } from '../../events/imports.ts';
import type { Column } from './heading-words.ts';

export const flagCodes = [
  ...rowFlags,
  'repeated',
  'already-registered',
  'differs',
  'odd-character',
  'note-left-out',
  'no-area',
  'number-missing',
  'rounded-number',
  'hidden-row',
  'struck-text',
  'like-footer',
  'unread-cell',
  'unread-number',
  'age-only',
] as const;

/** A remark on a row that a clerk should check. It refuses nothing and repeats no cell's content. */
export interface Flag {
  readonly code: (typeof flagCodes)[number];
  /** The earlier row that it refers to. */
  readonly row?: number;
  readonly columns?: readonly Column[];
}

const words: Readonly<Record<Flag['code'], readonly [zh: string, en: string]>> = {
  repeated: [
    '与{row}是同一人，只登记一次。',
    'This is the person of {row}, who is registered once.',
  ],
  'shared-phone': [
    '{row}另一姓名的人用了同一电话；如非家人共用，请核对。',
    '{row} has the same phone and another name; check it unless a family shares it.',
  ],
  'already-registered': [
    '此人已由先前的名单登记，不重复登记。',
    'An earlier list has registered this person, who is not registered again.',
  ],
  'possible-duplicate': [
    '可能与{row}是同一人，会有两条档案；请核对，如是同一人请合并。',
    'This may be the person of {row}, with two records; compare them, and merge them if it is.',
  ],
  'claimed-number': [
    '有人自行注册时填写了此证件号码，但姓名、证件类型、出生日期或性别不同，尚未经核对；请对照证件核对两人。',
    'Somebody with another name, type of document, birth date or sex registered themselves with this ID number, and nobody checked it; compare both with the card.',
  ],
  'corrected-record': [
    '先前以同样内容登记的档案，后来已更正为另一人；此行另行登记，请核对是否同一人。',
    'A record that was registered like this was corrected to another person since; this row has another record, so compare them.',
  ],
  deactivated: [
    '此人已停用；如重新参加，请恢复其档案。',
    'This person is deactivated; reactivate the record if they take part again.',
  ],
  merged: [
    '此人的这份档案已并入其另一档案，以另一档案为准。',
    'This record of the person was merged into another one, which counts.',
  ],
  differs: [
    '与{row}填写的内容不同，以先登记的为准；如需更正，请在其档案中更正。',
    'This differs from {row}, which stays as it is; correct it in the person’s record.',
  ],
  'odd-character': [
    '姓名中有其他电脑可能无法显示的字或符号；请对照证件核对。',
    'The name has a character that other computers may not show; check it against the card.',
  ],
  'note-left-out': [
    '姓名旁的序号、标点或括号（及括号里的备注，如“组长”“已故”）没有登记；请核对。',
    'A number or a sign beside the name, or brackets with the note in them, were left out; check that they are not needed.',
  ],
  'no-area': [
    '此行没有填写社区，按本次导入的默认区域登记；请核对。',
    'The row has no area, and is registered in the area of the whole import; check it.',
  ],
  'number-missing': [
    '填写了证件类型，但没有证件号码；请补填，以免重复登记。',
    'The row has a type of document but no number; add it.',
  ],
  'rounded-number': [
    '证件号码以 000 结尾，可能是表格软件丢失了末位数字；请对照证件核对。',
    'The ID number ends in 000: a spreadsheet may have lost its last digits; compare it with the card.',
  ],
  'hidden-row': [
    '此行在文件中被隐藏或筛选掉，但同样会导入；不需要的请删除。',
    'The row is hidden or filtered out in the file, and is imported all the same; delete it if it should not be.',
  ],
  'struck-text': [
    '此行有划了删除线的内容，但同样会导入；作废的请删除。',
    'Something in the row is struck through, and is imported all the same; delete it if it is void.',
  ],
  'like-footer': [
    '此行开头像是合计、签名或说明（如“填表人”），因有姓名和号码，仍按人员登记；如不是志愿者，请删除此行。',
    'The row begins like a total, a signature or a note, and is registered because it has a name and a number; delete it if it is no volunteer.',
  ],
  'unread-cell': [
    '此行在没有表头的列中有内容，没有读取；请给该列加上表头。CSV 中含逗号的内容须加引号。',
    'The row has something in a column without a heading, which is not read; give the column a heading. In CSV, a text with commas needs quotation marks.',
  ],
  'unread-number': [
    '此行的身份证号填写在没有读取的列中，没有登记；如是本人的，请移到“身份证号”一列。',
    'The row has an ID number in a column that is not read; move it to the column for the number if it is the person’s.',
  ],
  'age-only': [
    '按年龄是未成年人，但没有出生日期和身份证号，登记后年龄不明；请补填。',
    'By the age this is a minor, and there is no birth date or ID number, so the record has no age; add one.',
  ],
};

const earlier = {
  differs: ['先前登记', 'what was registered earlier'],
  'possible-duplicate': ['已登记的人', 'a registered record'],
  others: ['已登记', 'Somebody registered'],
} as const;

/** The text of a flag, in Chinese and English. */
export const wordsOf = ({ code, row }: Flag): { readonly zh: string; readonly en: string } => {
  const [zh, en] = words[code];
  const [knownZh, knownEn] =
    earlier[code === 'differs' || code === 'possible-duplicate' ? code : 'others'];
  return {
    zh: zh.replace('{row}', row === undefined ? knownZh : `第 ${row} 行`),
    en: en.replace(
      '{row}',
      row === undefined ? knownEn : code === 'shared-phone' ? `Row ${row}` : `row ${row}`,
    ),
  };
};
