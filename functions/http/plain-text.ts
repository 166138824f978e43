/** Chinese digits as they are written and as they are read out. */
const chineseDigits: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '〇零○',
    '一壹弌幺',
    '二贰貳弍两',
    '三叁參弎',
    '四肆',
    '五伍',
    '六陆陸',
    '七柒',
    '八捌',
    '九玖',
  ].flatMap((forms, digit) => [...forms].map((form) => [form, String(digit)])),
);
const chineseDigit = new RegExp(`[${Object.keys(chineseDigits).join('')}]`, 'gu');

/**
 * A text as a reader sees it: compatibility forms as plain ones (`１` `①` `¹` are 1), without marks
 * and characters of no width. All digits become ASCII: Chinese digits by their value, those of
 * other scripts as 9, because nobody here writes dates with them.
 */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(chineseDigit, (form) => chineseDigits[form] ?? form)
    .replace(/(?![0-9])\p{N}/gu, '9');
