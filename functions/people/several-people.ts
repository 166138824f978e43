import { doubleSurnames, frequentSurnames } from './surnames.ts';

/** Less frequent ones, which are words too, and traditional forms. */
const rarer =
  '常赖洪佟仇翦卓褚娄费姬卞项闵丛池卫窦狄米戚仲景车区卜薄应' +
  '張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉蘇呂盧鍾薑譚陸範賈鄒龍賀顧龔萬錢嚴湯喬賴莊齊魯關紀歐饒聶畢費華駱項龐藍衛';
const surname = `(?:[${frequentSurnames}${rarer}]|${doubleSurnames}|歐陽|司馬|諸葛|公孙|慕容|令狐|宇文|长孙|司徒|夏侯)`;
const whole = `${surname}\\p{Script=Han}{1,2}`;

/** Two names with 和 or a dash between them. Both stand within names too, so both sides must have a surname. */
const two = new RegExp(`^${whole}\\s*(?:和|同|\\p{Pd})\\s*${whole}$`, 'u');
/** Words that hardly any name has between two parts of two characters. */
const joined =
  /^\p{Script=Han}{2,}\s*(?:与|與|及|以及|跟)\s*(?:\p{Script=Han}{2,}|其\p{Script=Han}+)$/u;
const relatives =
  /\p{Script=Han}\s*(?:和|与|與|及|跟|同|带|携)其?(?:家[人属]|全家|爱人|妻子?|丈夫|配偶|老[公婆]|[儿女]子|[儿女]|孩子|子女|父母|[父母]亲|爸爸|妈妈|爷爷|奶奶|孙[子女])$/u;
const couple =
  /\p{Script=Han}\s*(?:夫[妇婦妻]|两口子|[母父][子女]俩?|兄弟俩|姐妹俩|兄妹俩|姐弟俩)$/u;
/** A whole family. 一家 and 全家 are given names too, but not after two characters. */
const family = /\p{Script=Han}{2}\s*(?:一家|全家)(?:[\d一二两三四五六七八九十]*[人口])?$/u;
/** 张三等2人, 张三等. 平等 is a given name. */
const others =
  /等\s*[\d一二两三四五六七八九十几数多]+\s*(?:余|多)?\s*[人名位个口]$|\p{Script=Han}{2}(?<!平)等人?$/u;

/**
 * Whether a text in normal form names several people by words: 张三和李四, 张三等2人, 张三夫妇. Names of
 * other scripts, and of one person of any length, are not found.
 */
export const namesSeveral = (text: string): boolean =>
  [two, joined, relatives, couple, family, others].some((words) => words.test(text));
