/** Words with which something begins that has the name of an app and is no account. */
const notAnAccount =
  '(?!(?:official|accounts?|groups?|mini|program|channels?|moments|article|public|messages?|notice|video|windows|harmonyos|iphone|applet|service|platform|android|wechat|weixin|music|email|mailbox|https?)(?![a-z0-9_]))';
const called = '\\s?(?:号码?|账号|帐号|账户|id|account|number|名|昵称)';
const mark = '[\\s:=_\\-/|,→是为“"「(@]{0,4}';
const name = `${notAnAccount}[a-z][\\w.-]{4}`;

const wechat =
  '(?:[微威薇徽]\\s?-?[信xv]|加微(?!信)|v\\s?信|(?:加|\\+)\\s?v(?![a-z])|(?<![a-z])(?:wx|vx)(?![a-z]))';
/** In English a sentence may go on after the name of the app. */
const weChat = '(?<![a-z])(?:wechat|weixin|wxid)(?![a-z])';
const qq = '(?:(?<![a-z])q\\s?-?q|扣扣|扣号|球球|企鹅)';
const otherApp =
  '(?:抖音|快手|小红书|微博|钉钉|飞书|支付宝|陌陌|探探|b站|(?<![a-z])(?:bilibili|telegram|tg|whatsapp|line(?=\\s?id)|skype|facebook|instagram|twitter)(?![a-z]))';

const spelt = '点|[([]\\s?(?:dot|\\.)\\s?[)\\]]|\\sdot\\s';
const dot = `(?:[.。]{1,2}|${spelt})`;
const mailHost =
  '(?:qq|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun)';
const topDomain = '(?:com|cn|net|org|edu|gov)';

const accounts = [
  // name@mail.cn, lei艾特163点com, lei at mail dot cn
  `[a-z0-9_]\\s{0,2}(?:@{1,3}|[([]\\s?at?\\s?[)\\]]|[艾爱]特|圈a)\\s{0,2}[a-z0-9-]{1,40}\\s{0,2}${dot}\\s{0,2}[a-z]{2}`,
  `[a-z0-9_]\\s{1,2}at\\s{1,2}(?:[a-z0-9-]{1,40}(?:\\.|\\s{0,2}(?:${spelt})\\s{0,2})){1,4}${topDomain}(?![a-z])`,
  // a mail host without a sign before it; www.163.com and mp.weixin.qq.com are pages
  `(?<!(?:www|mp\\.weixin|docs|news|m|v|map)\\.)(?:(?<![a-z])|(?=\\d))${mailHost}\\s{0,2}${dot}\\s{0,2}(?:com|cn|net)(?![a-z])`,
  // 微信号: abc_123, 加微信leifeng, 加v abc123
  `${wechat}(?:${called})?${mark}${name}`,
  `${weChat}(?:${called}|\\s?:)${mark}${name}`,
  `${weChat}${mark}${name}[\\w.-]{0,20}(?![\\w.-]|\\s*[a-z])`,
  `(?:${wechat}|${weChat})(?:${called})?${mark}(?=[a-z_-]{0,19}\\d|[a-z\\d-]{0,19}_)[a-z0-9][\\w-]{4}`,
  `(?:${wechat}|${weChat})${called}${mark}[a-z0-9][\\w-]{3}`,
  // QQ群:123456, Q:123456, 企鹅123456
  `${qq}(?:群?号码?|群|账号|帐号|id)?${mark}\\d{5}`,
  `${qq}(?:号码?|账号|帐号|id)${mark}[a-z0-9][\\w-]{4}`,
  `(?<![a-z0-9])q(?:群?号码?|群)?\\s?[:=]\\s?\\d{5}|(?<![a-z0-9])q(?:群?号码?|群)?\\s?\\d{6}|加\\s?q\\s?\\d{5}`,
  // 抖音号lei_feng
  `${otherApp}\\s?(?:${called}|:)${mark}(?=[a-z_-]{0,19}[\\d_]|[a-z])${notAnAccount}[a-z0-9][\\w-]{3}`,
  `${otherApp}\\s?[a-z][a-z0-9]{0,20}_`,
  // 短号661234
  `短号码?${mark}\\d{6}`,
  // Pages that add a person or a group
  '(?:u\\.wechat\\.com|wxaurl\\.cn|weixin\\.qq\\.com/[gr]/|work\\.weixin\\.qq\\.com/(?:gm|ca|u)/|qm\\.qq\\.com|wpa\\.qq\\.com|(?<![\\w.])(?:t\\.me|wa\\.me|line\\.me)/)',
].map((pattern) => new RegExp(pattern, 'iu'));

/** Whether a plain text names an e-mail address or an account with which one reaches a person. */
export const hasAccount = (plain: string): boolean =>
  accounts.some((account) => account.test(plain));
