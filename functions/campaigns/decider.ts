import type { Campaign, Theme } from '../../events/campaigns.ts';
import type { Fact } from '../../events/catalogue.ts';
import { checkStatus, type Pointer, Rejection, throwAll } from '../refusals/decision.ts';

/** What is said of a year, without how far it has come. */
export type Plan = Omit<Campaign, 'status'>;

/** A theme as it is said: months may be missing where there are dates, and nothing is in order. */
export type SaidTheme = Omit<Theme, 'months'> & { readonly months?: readonly number[] | undefined };

const monthIn = (date: string): number => Number(date.slice(5, 7));

/** A theme with its months and dates in order. Without months it has those of its dates. */
export const inOrder = ({ months, dates, ...theme }: SaidTheme): Theme => ({
  ...theme,
  months: [...new Set(months ?? dates.map(monthIn))].sort((a, b) => a - b),
  dates: [...new Set(dates)].sort(),
});

/** A plan's bytes as JSON: with the envelope its event stays below 32 KB. */
export const maxPlanBytes = 30 * 1024;

const invalid = (zh: string, en: string, pointer: Pointer): Rejection =>
  new Rejection('invalid-value', { zh, en }, pointer);

const twice = ({ themes, routines }: Plan): readonly Rejection[] => {
  const keys = [...themes, ...routines].map(({ key }) => key);
  return keys.flatMap((key, at) => {
    if (keys.indexOf(key) === at) return [];
    const place: Pointer =
      at < themes.length ? `#/themes/${at}/key` : `#/routines/${at - themes.length}/key`;
    return [invalid(`${key} 重复。`, `${key} is there twice.`, place)];
  });
};

const misdated = ({ year, themes }: Plan): readonly Rejection[] =>
  themes.flatMap(({ months, dates }, at) =>
    dates.flatMap((date) => {
      if (!date.startsWith(`${year}-`))
        return [
          invalid(
            `${date} 不在 ${year} 年内。`,
            `${date} does not lie in ${year}.`,
            `#/themes/${at}/dates`,
          ),
        ];
      return months.includes(monthIn(date))
        ? []
        : [
            invalid(
              `${date} 不在该主题的月份内；请加上该月，或更改日期。`,
              `${date} lies in none of the theme’s months: add that month, or change the date.`,
              `#/themes/${at}/dates`,
            ),
          ];
    }),
  );

const tooLarge = (plan: Plan): readonly Rejection[] => {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  return bytes <= maxPlanBytes
    ? []
    : [
        invalid(
          `方案全文 ${bytes} 字节，超过 ${maxPlanBytes} 字节（一个汉字三字节）；请精简各主题的内容、对象和单位。`,
          `The plan has ${bytes} bytes, more than ${maxPlanBytes} (a Chinese character has three): shorten what themes say of content, audience and units.`,
          '#/themes',
        ),
      ];
};

/**
 * Checks that keys are there once, that dates lie in the year and in their theme's months, and how much
 * it is in all.
 * @throws Rejections `invalid-value` with the pointer of each fault
 */
const check = (plan: Plan): void =>
  throwAll([...twice(plan), ...misdated(plan), ...tooLarge(plan)]);

/** @throws Rejections what `check` throws */
export const plan = (planned: Plan): Fact<'CampaignPlanned'> => {
  check(planned);
  return { type: 'CampaignPlanned', data: { campaign: { ...planned, status: 'planned' } } };
};

/**
 * @throws Rejection `illegal-transition` once it is closed
 * @throws Rejections what `check` throws
 */
export const revise = (
  campaign: Campaign,
  changes: Partial<Omit<Plan, 'year'>>,
): Fact<'CampaignRevised'> => {
  checkStatus(campaign, 'revise', 'planned', 'open');
  const revised = { ...campaign, ...changes };
  check(revised);
  return { type: 'CampaignRevised', data: { campaign: revised } };
};

const keysOf = ({ themes, routines }: Pick<Plan, 'themes' | 'routines'>): readonly string[] =>
  [...themes, ...routines].map(({ key }) => key);

/** The keys of themes and routine services that a revision takes out of the plan. */
export const removedKeys = (before: Campaign, after: Campaign): readonly string[] => {
  const kept = new Set(keysOf(after));
  return keysOf(before).filter((key) => !kept.has(key));
};

/** @throws Rejection `illegal-transition` unless it is planned */
export const open = (campaign: Campaign): Fact<'CampaignOpened'> => {
  checkStatus(campaign, 'open', 'planned');
  return { type: 'CampaignOpened', data: { campaign: { ...campaign, status: 'open' } } };
};

/** @throws Rejection `illegal-transition` unless it is open */
export const close = (campaign: Campaign): Fact<'CampaignClosed'> => {
  checkStatus(campaign, 'close', 'open');
  return { type: 'CampaignClosed', data: { campaign: { ...campaign, status: 'closed' } } };
};
