import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { digestText } from '../../../functions/webhooks/digest-text.ts';
import {
  robotRequest,
  rushMs,
  textBytes,
  withKeyword,
} from '../../../functions/webhooks/robots.ts';

const second = 1_000;
const minute = 60 * second;

test.each([
  ['14:00:00.000', 20],
  ['14:00:19.999', 0.001],
  ['14:00:20.000', 0],
  ['14:10:00.000', 0],
  ['14:29:49.999', 0],
  ['14:29:50.000', 30],
  ['14:29:59.000', 21],
  ['14:30:00.000', 20],
  ['14:59:55.000', 25],
])('a message to Feishu of %s waits %d seconds', (time, seconds) => {
  for (const zone of ['+08:00', 'Z', '+05:30'])
    expect(rushMs('feishu', Date.parse(`2025-10-18T${time}${zone}`))).toBe(seconds * second);
});

test('no message to Feishu comes in the rush, and none waits longer than half a minute', () => {
  const times = fc.integer({ min: 0, max: 4e12 });
  fc.assert(
    fc.property(times, (at) => {
      const wait = rushMs('feishu', at);
      expect(wait).toBeLessThanOrEqual(minute / 2);
      const inHalfHour = (at + wait) % (30 * minute);
      expect(inHalfHour).toBeGreaterThanOrEqual(20 * second);
      expect(inHalfHour).toBeLessThan(30 * minute - 10 * second);
    }),
  );
});

test.each(['wecom', 'dingtalk', 'http'] as const)('%s has no rush', (kind) => {
  for (const time of ['14:00:00', '14:29:59', '14:30:01'])
    expect(rushMs(kind, Date.parse(`2025-10-18T${time}+08:00`))).toBe(0);
});

test('a digest says how many there are, and has a title of each or says how many are left out', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), {
    ...{ minLength: 2, maxLength: 200 },
  });
  const kinds = fc.constantFrom('wecom', 'dingtalk', 'feishu');
  const keywords = fc.constantFrom(null, '志愿服务');
  fc.assert(
    fc.property(texts, kinds, keywords, (all, kind, keyword) => {
      const titled = all.map((text, at) => `${at}${text.replaceAll(/[\r\n·]/g, ' ')}\n正文`);
      const most = textBytes(kind, keyword);
      const text = digestText(titled, most, 'zh-CN');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
      const [head, ...lines] = text.split('\n');
      expect(head).toBe(`共 ${all.length} 条消息：`);
      const left = Number(/另有 (\d+) 条$/.exec(text)?.[1] ?? 0);
      const shown = left > 0 ? lines.slice(0, -1) : lines;
      expect(shown.length + left).toBe(all.length);
      for (const [at, line] of shown.entries()) expect(line.startsWith(`· ${at}`)).toBe(true);
      // Nothing of it is cut where it is sent.
      const { body } = robotRequest(kind, withKeyword(keyword, text), { secret: '', at: 0 });
      expect(body).toContain(JSON.stringify(withKeyword(keyword, text)));
    }),
  );
});

test('a digest has the first lines, in either language', () => {
  const texts = ['新活动：义诊\n时间：2025-10-18', '活动取消：清洁\n原因：暴雨'];
  expect(digestText(texts, 2_048, 'zh-CN')).toBe('共 2 条消息：\n· 新活动：义诊\n· 活动取消：清洁');
  expect(digestText(texts, 57, 'en')).toBe('2 messages:\n· 新活动：义诊\n… and 1 more');
});
