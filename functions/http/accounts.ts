import { contactWords } from './contact-words.ts';

/** Words with which something begins that has the name of an app and is no account. */
const notAnAccount = `(?!(?:${[
  'official|accounts?|groups?|mini|program|channels?|moments|article|public|messages?|notice|video',
  'windows|harmonyos|iphone|applet|service|platform|android|music|email|mailbox|https?',
  'wechat|weixin|weibo|douyin|tiktok|kuaishou|kwai|rednote|xiaohongshu|alipay|dingtalk|feishu|lark',
  'bilibili|telegram|whatsapp|facebook|instagram|twitter|linkedin|zhihu|livestream|online',
].join('|')})(?![a-z0-9_])|(?:app|ios|android|top|vip|h|v)[\\s-]?\\d{1,4}(?!\\w)|www\\.|mp\\.)`;
const called = '\\s?(?:号码?|账号|帐号|账户|id|account|number|名|昵称)';
const mark = '[\\s:=_\\-/|,→是为“"「(@]{0,4}';
const opening = '[ :“"「(@]{0,3}';
const name = `${notAnAccount}[a-z][\\w.-]{4}`;
/** In English a sentence may go on after the name of the app. */
const isLast = '[\\w.-]{0,20}(?![\\w.-]|\\s*[a-z])';
/** A name that is no word, because it has a digit or an underscore. */
const code = `(?=[a-z][a-z.-]{0,19}[\\d_])${notAnAccount}[a-z][\\w.-]{3}`;

const emoji = '[\\p{Extended_Pictographic}♥♡]';
const v = '[v✌√∨🆅🅅🅥]';
const plus = '(?:[加嘉佳伽]|\\+)';
const wechat = `(?:[微威薇徽溦徵维]\\s?-?(?:[信芯x]|${v}|${emoji})|${plus}\\s?微(?!信)|加卫[星信]|卫[星信]号?(?=\\s?:)|绿泡泡?(?=号?[^\\p{L}\\d\\n]{0,2}[a-z])|(?:${v}|(?<!\\d)5)\\s?信|${v}${emoji}|${plus}\\s?(?:v(?![a-z])|[✌√∨🆅🅅🅥])|(?<![a-z])(?:wx|vx)(?![a-z]))`;
const weChat = '(?<![a-z])(?:wechat|weixin|wxid)(?![a-z])';
const qq = '(?:(?<![a-z])q\\s?-?q|[扣叩抠蔻]{2}|[扣叩]号|球球|秋秋|企鹅|🐧)';
const qqNumber =
  '(?:\\d{5}|\\d{3} \\d{3}|\\d{2} \\d{2} \\d{2}|(?<=[:=]\\s?)\\d{2,3}-\\d{2,3}-?\\d{1,3})';
const chineseApp =
  '(?:[抖斗]音|快手|小红[书薯]|微博|围脖|钉钉|飞书|支付宝|陌陌|探探|🍠|b站|闲鱼|知乎|领英|电报|纸飞机)';
const latinApp =
  '(?<![a-z])(?:bilibili|telegram|whatsapp|line(?=\\s?id)|skype|facebook|instagram|twitter|tiktok|douyin|kuaishou|weibo|xhs|xiaohongshu|rednote|zhihu|alipay|zhifubao|dingtalk|feishu|linkedin|snapchat|discord)(?![a-z])';
/** Short names, which may be something else without a sign after them. */
const shortApp = '(?<![a-z\\d]\\s?)(?:tg|dy|ks|wb|zfb|ins|ig|fb|line)(?![a-z])';
const app = `(?:${chineseApp}|${latinApp})`;

const spelt = '点|[([]\\s?(?:dot|\\.)\\s?[)\\]]|\\sdot\\s';
const dot = `(?:[.。]{1,2}|${spelt})`;
const mailHost =
  '(?:qq|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun)';
const topDomain = '(?:com|cn|net|org|edu|gov)';
const mailbox = '(?:电子)?(?:邮箱|信箱|邮件)';

const accounts = [
  // name@mail.cn, lei艾特163点com, lei at mail dot cn
  `[a-z0-9_]\\s{0,2}(?:@{1,3}|[([]\\s?at?\\s?[)\\]]|[艾爱]特|圈a)\\s{0,2}[a-z0-9-]{1,40}\\s{0,2}${dot}\\s{0,2}[a-z]{2}`,
  `[a-z0-9_]\\s{1,2}at\\s{1,2}(?:[a-z0-9-]{1,40}(?:\\.|\\s{0,2}(?:${spelt})\\s{0,2})){1,4}${topDomain}(?![a-z])`,
  // a mail host without a sign before it; www.163.com and mp.weixin.qq.com are pages
  `(?<!(?:www|mp\\.weixin|docs|news|m|v|map)\\.)(?:(?<![a-z])|(?=\\d))${mailHost}\\s{0,2}${dot}\\s{0,2}(?:com|cn|net)(?![a-z])`,
  // zhangsan 163邮箱, 163邮箱zhangsan, 邮箱：zhangsan
  `(?!${mailHost}|mail|email)[a-z][\\w.-]{2,30}[\\s,(@在]{0,3}的?(?:(?<![a-z])|(?=\\d))${mailHost}\\s?${mailbox}`,
  `${mailHost}\\s?${mailbox}(?:${called}|地址)?${mark}${name}`,
  `${mailbox}(?:${called}|地址)?\\s?[:为是]\\s?${name}${isLast}`,
  // 微信号: abc_123, 加微信leifeng, 加v abc123
  `${wechat}(?:${called})?${mark}\\+?${name}`,
  `${weChat}(?:${called}|\\s?:)${mark}${name}`,
  `${weChat}${mark}${name}${isLast}`,
  `(?:${wechat}|${weChat})(?:${called})?${mark}(?=[a-z_-]{0,19}\\d|[a-z\\d-]{0,19}_)[a-z0-9][\\w-]{4}`,
  `(?:${wechat}|${weChat})${called}${mark}[a-z0-9][\\w-]{3}`,
  `(?<![a-z\\d])(?:v\\s?:\\s?|wx|vx)${code}`,
  // QQ群:123456, QQ 123 456, Q:123456, 企鹅123456
  `(?:${qq}(?:群?号码?|群|账号|帐号|id)?|群号码?)${mark}${qqNumber}`,
  `${qq}(?:号码?|账号|帐号|id)${mark}[a-z0-9][\\w-]{4}`,
  `(?<![a-z0-9])q(?:群?号码?|群)?\\s?(?:[:=]\\s?${qqNumber}|\\d{6}|\\d{3}\\s\\d{3})|加\\s?q\\s?\\d{5}`,
  // 抖音号lei_feng, xhs: leifeng88, tg号leifeng
  `${chineseApp}\\s?(?:${called}|:)${mark}(?=[a-z_-]{0,19}[\\d_]|[a-z])${notAnAccount}[a-z0-9][\\w-]{3}`,
  `${latinApp}\\s?(?:${called}|[:@])${mark}(?:${code}|${name}${isLast})`,
  `${shortApp}\\s?(?:号|id|[:@])${mark}(?:${code}|${name}${isLast})`,
  // 支付宝 leifeng88, telegram @leifeng, 抖音leifengzhang
  `(?:${app}|${shortApp})(?:搜索?)?${opening}${code}`,
  `${chineseApp}${opening}${name}${isLast}`,
  `(?<![a-z]\\s?)${latinApp}${opening}${name}${isLast}`,
  // 加leifeng88微信, leifeng88是我的微信
  `(?:加\\s?${name}[\\w.-]{0,20}\\s?的?|${name}[\\w.-]{0,20}\\s?是我的?)(?:微信|qq|${chineseApp})`,
  // 短号661234
  `短号码?${mark}\\d{6}`,
  // Pages that add or show a person or a group
  '(?:u\\.wechat\\.com|wxaurl\\.cn|weixin\\.qq\\.com/[gr]/|work\\.weixin\\.qq\\.com/(?:gm|ca|u)/|qm\\.qq\\.com|wpa\\.qq\\.com|user\\.qzone\\.qq\\.com|qr\\.alipay\\.com|xhslink\\.com|space\\.bilibili\\.com|discord\\.gg|(?<![\\w.])(?:t\\.me|wa\\.me|m\\.me|line\\.me|telegram\\.me)/)',
  '(?:v\\.(?:douyin|kuaishou)\\.com|douyin\\.com/user|kuaishou\\.com/(?:profile|u)|xiaohongshu\\.com/user|zhihu\\.com/people|linkedin\\.com/in|tiktok\\.com|weibo\\.c(?:om|n)|instagram\\.com|facebook\\.com|twitter\\.com|(?<![\\w.-])x\\.com)/[\\w@]',
  '(?:weixin|mqq[a-z]{0,6}|alipays?|tg|whatsapp)://|mailto:',
].map((pattern) => new RegExp(pattern, 'iu'));

/** Whether a plain text names an e-mail address or an account with which one reaches a person. */
export const hasAccount = (plain: string): boolean => {
  const text = contactWords(plain);
  return accounts.some((account) => account.test(text));
};
