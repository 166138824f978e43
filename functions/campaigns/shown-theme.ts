import type { Campaign } from '../../events/campaigns.ts';
import type { Say } from '../html/words.ts';

type Theme = Campaign['themes'][number];
type Role = Theme['units'][number]['role'];

/** What a unit does for a theme, in Chinese and English. */
export const roleWords: Readonly<Record<Role, readonly [zh: string, en: string]>> = {
  lead: ['牵头', 'lead'],
  responsible: ['责任单位', 'responsible'],
  cooperating: ['配合', 'cooperating'],
  participating: ['参与', 'taking part'],
};

export const unitRoles = Object.keys(roleWords) as readonly Role[];

/** The units of a theme with what they do for it; null when the plan names none. */
export const unitsText = ({ units }: Theme, say: Say): string | null => {
  const named = Object.entries(roleWords).flatMap(([role, [zh, en]]) => {
    const names = units.filter((unit) => unit.role === role).map(({ name }) => name);
    return names.length > 0
      ? [say(`${names.join('、')}（${zh}）`, `${names.join(', ')} (${en})`)]
      : [];
  });
  return named.length > 0 ? named.join(say('；', '; ')) : null;
};
