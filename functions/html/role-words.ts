import type { Role } from '../../events/envelope.ts';
import type { Word } from './words.ts';

/** What each role is called. */
export const roleWords: Readonly<Record<Role, Word>> = {
  'district-admin': { zh: '区级管理员', en: 'district administrator' },
  organiser: { zh: '组织者', en: 'organiser' },
  verifier: { zh: '查验人员', en: 'verifier' },
  volunteer: { zh: '志愿者', en: 'volunteer' },
  requester: { zh: '需求方', en: 'requester' },
  auditor: { zh: '审计人员', en: 'auditor' },
  partner: { zh: '共建单位', en: 'partner' },
};
