import type { Role } from '../../events/envelope.ts';
import type { View } from './view.ts';
import type { Say, Word } from './words.ts';

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

/** The roles that may see what is open in a period, the lines of its figures, and the draft of its report. */
const staffRoles: readonly string[] = ['district-admin', 'organiser', 'verifier', 'auditor'];

export const isStaff = (roles: readonly string[]): boolean =>
  roles.some((role) => staffRoles.includes(role));

/** Whether a public page leads to a page of staff: not whoever is signed in and may not open it. */
export const leadsToStaff = ({ hasSession, roles }: Pick<View, 'hasSession' | 'roles'>): boolean =>
  !hasSession || isStaff(roles);

/** What stands after such a link, for whoever has not signed in. */
export const forStaffOnly = ({ hasSession }: Pick<View, 'hasSession'>, say: Say): string =>
  hasSession ? '' : say('（须登录，限工作人员）', ' (sign in; staff only)');
