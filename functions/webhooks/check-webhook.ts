import type { Webhook } from '../../events/webhooks.ts';
import { checkPlaces } from '../access/references.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';
import { urlFault } from './addresses.ts';
import { reach } from './reach.ts';
import { robotTypes } from './robot-text.ts';
import { isNoticeType } from './subscription.ts';

/**
 * The host of a receiver's URL.
 * @throws Rejection `invalid-value` when nothing may be sent there
 */
export const hostOf = (url: string): string => {
  const fault = urlFault(url, reach());
  if (fault) throw new Rejection('invalid-value', fault, '#/url');
  return new URL(url).hostname;
};

/**
 * Checks what belongs to one kind of webhook only.
 * @param secret the one that the request gives
 * @throws Rejection `invalid-value`
 */
export const checkKind = (
  {
    kind,
    types,
    content,
    keyword,
    asymmetric,
  }: Pick<Webhook, 'kind' | 'types' | 'content' | 'keyword' | 'asymmetric'>,
  secret: string | undefined,
): void => {
  const refuse = (pointer: Pointer, zh: string, en: string): never => {
    throw new Rejection('invalid-value', { zh, en }, pointer);
  };
  if (kind === 'http') {
    if (secret !== undefined)
      refuse('#/secret', '密钥由系统生成，不必填写', 'the secret is made here: leave it out');
    if (keyword !== null) refuse('#/keyword', '关键词仅用于机器人', 'only robots want a keyword');
    return;
  }
  if (asymmetric)
    refuse('#/asymmetric', '机器人不核对本区签名', 'robots check no signature of the district');
  if (kind === 'wecom' && secret !== undefined)
    refuse(
      '#/secret',
      '企业微信机器人不签名，不必填写',
      'robots of WeCom do not sign: leave it out',
    );
  if (content !== 'thin')
    refuse('#/content', '机器人只推送简要消息', 'robots get short messages only');
  const others = types?.filter((type) => !(robotTypes as readonly string[]).includes(type)) ?? [];
  if (types === null || others.length > 0)
    refuse(
      '#/types',
      `机器人可订阅：${robotTypes.join('、')}`,
      `robots can be told of: ${robotTypes.join(', ')}`,
    );
};

/**
 * Checks what a webhook names.
 * @throws Rejection `unknown-reference`, `invalid-value`
 */
export const checkReferences = async ({
  areaIds,
  organisationId,
  types,
  content,
}: Pick<Webhook, 'areaIds' | 'organisationId' | 'types' | 'content'>): Promise<void> => {
  if (content !== 'full' && types?.some(isNoticeType))
    throw new Rejection(
      'invalid-value',
      {
        zh: '通知须以完整内容推送（content 填 full），因其须注明收件人',
        en: 'notices need `content` to be full: they say whom they are for',
      },
      '#/content',
    );
  await checkPlaces({ areaIds, organisationId });
};
