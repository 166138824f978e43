import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { hasContactDetails } from '../../../functions/http/contact-details.ts';
import { digits, oneOf, phrase } from '../../support/personal-numbers.ts';

const letters = (length: number) =>
  fc
    .array(oneOf(...'abcdefgklmnprstuwyz'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const account = phrase(letters(4), oneOf('', '_'), letters(2), digits(2));

/** Chinese words, which some write with something between the characters. */
const word = fc
  .tuple(
    oneOf('微信', '微信号', '抖音号', '快手', '小红书', '支付宝', '微博', '钉钉', '加微信', '威信'),
    oneOf('', '', ' ', '-', '.', '·', '*', '/'),
  )
  .map(([name, sign]) => [...name].join(sign));
const name = fc.oneof(
  word,
  oneOf('微❤', '微❤️', '➕V', '+v', 'V❤', '加√', '🆅信', 'VX', 'wх', '加绿泡泡', '🍠'),
  oneOf('xhs', 'douyin', 'Weibo', 'kuaishou', 'alipay', 'Telegram', 'WhatsApp', 'tg', 'ins'),
);
const sign = oneOf(' ', ':', '：', ' @', '：@', '“');
const before = oneOf('', '请', '报名请联系', '详情：', '2025年');
const after = oneOf('', '。', '，谢谢', '（王）');

describe('an account is found', () => {
  test('after the name of an app, in any disguise', () => {
    fc.assert(fc.property(phrase(before, name, sign, account, after), hasContactDetails), {
      numRuns: 5000,
    });
  });

  test('whose letters stand apart', () => {
    const apart = fc.tuple(account, oneOf(' ', '-', '.')).map(([all, by]) => [...all].join(by));
    fc.assert(fc.property(phrase(before, word, ' ', apart, after), hasContactDetails));
  });

  test('of QQ, in groups', () => {
    const number = fc.oneof(
      digits(5),
      digits(6).map((all) => `${all.slice(0, 3)} ${all.slice(3)}`),
    );
    const qq = oneOf('QQ', 'Q Q', '扣扣', '扣 扣', '叩叩', '🐧', 'Q群', '企鹅号', '群号');
    fc.assert(fc.property(phrase(before, qq, oneOf('：', ':'), number, after), hasContactDetails));
  });

  test('in the address of its page', () => {
    const page = oneOf(
      ...['weibo.com/', 'm.weibo.cn/u/', 'v.douyin.com/', 'www.douyin.com/user/', 'xhslink.com/'],
      ...['t.me/', 'wa.me/', 'v.kuaishou.com/', 'space.bilibili.com/', 'x.com/'],
    );
    fc.assert(fc.property(phrase(before, oneOf('', 'https://'), page, account), hasContactDetails));
  });

  test('of a mailbox', () => {
    const host = oneOf('163', 'qq', '126', 'QQ', 'Gmail');
    const by = oneOf(' ', '的', '@', '（');
    fc.assert(
      fc.property(
        fc.oneof(
          phrase(account, by, host, '邮箱'),
          phrase(host, '邮箱', oneOf('：', ' ', '号'), account),
        ),
        hasContactDetails,
      ),
    );
  });
});

describe('a place is found', () => {
  const axis = (words: readonly string[], letters: string, max: number) =>
    fc
      .tuple(
        fc.integer({ min: 1, max }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 59 }),
        oneOf(...words),
        oneOf(...letters),
      )
      .chain(([degree, minute, second, named, letter]) =>
        oneOf(
          `${degree}°${minute}′${second}″${letter}`,
          `${letter}${degree}°${minute}'${second}"`,
          `${named}${degree}度${minute}分${second}秒`,
          `${degree}°${minute}′${second}.5″`,
          `${degree}°${minute}.${second}5′${letter}`,
          `${named}${degree}.${String(minute).padStart(2, '0')}${String(second).padStart(2, '0')}`,
        ),
      );

  test('by either coordinate', () => {
    const latitude = axis(['北纬', '南纬', '纬度'], 'NS', 89);
    const longitude = axis(['东经', '西经', '经度'], 'EW', 179);
    fc.assert(fc.property(phrase(before, fc.oneof(latitude, longitude), after), hasContactDetails));
  });
});
