import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { personalPlaces, placeIn } from '../../../functions/people/personal-places.ts';
import { publicText } from '../../../functions/people/public-text.ts';

const kindsIn = (text: string): readonly string[] => personalPlaces(text).map(({ kind }) => kind);

describe('what a published text must not hold', () => {
  test.each([
    ['电话13800138000', 'phone'],
    ['电话 138-0013-8000', 'phone'],
    ['电话１３８００１３８０００', 'phone'],
    ['电话一三八零零一三八零零零', 'phone'],
    ['请致电 0451-84562310', 'phone'],
    ['身份证230103199001011234', 'id-number'],
    ['卡号6222021234567890123', 'bank-card'],
    ['加微信 lei_feng_1963 报名', 'contact'],
    ['邮箱 lei@example.org', 'contact'],
    ['家住3号楼2单元501室', 'address'],
    ['家住三号楼二单元五零一', 'address'],
    ['阳光小区3-2-501的老人', 'address'],
    ['2单元501', 'address'],
    ['长江路100弄5号301室', 'address'],
    ['车牌黑A12345', 'plate'],
    ['京A·D12345 电动车', 'plate'],
    ['独居老人张奶奶', 'recipient-name'],
    ['服务对象李某', 'recipient-name'],
    ['低保户王强说：谢谢', 'recipient-name'],
    ['残疾人“老赵”', 'recipient-name'],
    ['空巢老人欧阳大爷', 'recipient-name'],
    ['居民李大姐很高兴', 'recipient-name'],
    ['独居老人包玉兰。', 'recipient-name'],
    ['老人白秀英说', 'recipient-name'],
    ['居民周一鸣。', 'recipient-name'],
    ['患者高中华。', 'recipient-name'],
    ['患者刘洋表示满意', 'recipient-name'],
  ])('%s', (text, kind) => {
    expect(kindsIn(text)).toEqual([kind]);
    expect(publicText(100).safeParse(`前文。${text}`).success).toBe(false);
  });

  test.each([
    '活动共120人次参加，清理垃圾68公斤，2025年10月18日下午3点结束',
    '为80名居民测量血压、血糖，发放健康手册200份',
    '拨打12345热线反映问题',
    '居民方便出行，群众满意度提高',
    '志愿者给一位老人包粽子。',
    '为独居老人包饺子、为老人白内障筛查',
    '老人关节疼痛，老人毛衣破了，独居老人杜绝隐患',
    '老人曾经下乡，老人向社区致谢，老人宁静生活',
    '残疾人高位截瘫。居民武术。居民周末活动。老人陆续到场',
    '患者康复后送来锦旗',
    '独居老人关爱行动走进红旗社区',
    '困难群众送去温暖包',
    '居民和谐相处，老人安全出行',
    '在党群服务中心3楼301室举行',
    '志愿者在红旗街道1号楼前清扫',
    '长江路100号广场',
    '志愿者王强连续三年参加',
    '为居民解答法律问题',
    '关爱困境儿童成长',
    'A12345批次的物资',
    '国办函〔2026〕12号',
  ])('not: %s', (text) => {
    expect(kindsIn(text)).toEqual([]);
    expect(publicText(100).safeParse(text).success).toBe(true);
  });

  test('is found at its place, paragraph and character', () => {
    const text = '第一段。\n第二段，找独居老人张奶奶。';
    const [place] = personalPlaces(text);
    expect(placeIn(text, place?.at ?? 0)).toEqual({ paragraph: 2, character: 6 });
  });

  test('is found however much stands around it', () => {
    const around = fc.array(
      fc.constantFrom(
        '红旗社区开展活动。',
        '大家都来参加，',
        '现场很热闹！\n',
        '共120人次。',
        '清扫路面',
      ),
      { maxLength: 6 },
    );
    const bad = fc.constantFrom('独居老人张奶奶', '电话13800138000', '3号楼2单元501室', '黑A12345');
    fc.assert(
      fc.property(around, bad, around, (before, it, after) => {
        const text = `${before.join('')}${it}${after.join('')}`;
        const at = before.join('').length;
        return personalPlaces(text).some((place) => place.at >= at && place.at <= at + it.length);
      }),
    );
  });
});
