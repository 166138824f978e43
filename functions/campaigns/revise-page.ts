import type * as z from 'zod';
import { form, refusalNote } from '../html/form.ts';
import { html, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import type { campaigns } from './contract.ts';
import { emptyingHint, inFields, inputsOf, planFields, putIntoPlan } from './plan-fields.ts';
import { fieldsOfCampaign, themeFields } from './plan-form.ts';

type Campaign = z.output<typeof campaigns.revisePage.answer>;

/** The route that takes the form. */
export const reviseKey = 'POST /pages/campaigns/{year}/revise';

interface Rows {
  readonly themes: readonly { readonly key?: string }[];
  readonly routines: readonly { readonly key?: string }[];
}

/** Rows with those of the plan that they lack, each at its place. */
const withMissing = <T extends { readonly key?: string }>(
  rows: readonly T[],
  before: readonly T[],
): readonly T[] =>
  before.reduce<readonly T[]>(
    (all, each, at) => (all.some(({ key }) => key === each.key) ? all : all.toSpliced(at, 0, each)),
    rows,
  );

/**
 * What a person had put in. Where nothing is wrong but that something was taken out of the plan, what was taken out is
 * back at its place: an emptied row has no key any more under which a person could put it in again.
 */
const putIn = (campaign: Campaign, view: View) =>
  putIntoPlan(view, (value) => {
    const faults = [...(view.refusal?.faults.keys() ?? [])];
    if (faults.length === 0 || !faults.every((name) => /^(?:themes|routines)$/.test(name)))
      return value;
    const { themes, routines, ...rest } = value as Rows;
    return {
      ...rest,
      themes: withMissing(themes, campaign.themes.map(themeFields)),
      routines: withMissing(routines, campaign.routines),
    };
  });

/** The page on which a person revises the plan of a year. */
export const renderRevise = (campaign: Campaign, _: unknown, shown: View): Page => {
  const say = sayIn(shown.locale);
  const { year, version } = campaign;
  const again = putIn(campaign, shown);
  const { fields, view } = again ?? { fields: fieldsOfCampaign(campaign, version), view: shown };
  const isOvertaken = inFields(fields, 'version') !== String(version);
  const { line } = inputsOf(view, fields);
  return pageOf(view, {
    title: say(`修订${year}年度方案`, `Revise the plan of ${year}`),
    trail: [
      { href: `/pages/campaigns/${year}`, text: say(`${year}年度方案`, `The plan of ${year}`) },
    ],
    body: html`${refusalNote(view)}${
      isOvertaken
        ? note(
            '',
            say(
              '填写期间有人修订了方案。请先查看现行方案；再次提交将以下面的内容替换它。',
              'Somebody revised the plan meanwhile. See the plan as it stands: to send this form again replaces it.',
            ),
            html`<a href="/campaigns/${year}">${say('现行方案', 'The plan as it stands')}</a>`,
          )
        : nothing
    }<p>${say(
      '已发布过活动的主题须保留；其名称、月份、单位等可以修订。',
      'A theme in which an activity was published stays; its title, months, units and the like can be revised.',
    )}</p>${emptyingHint(say)}${form(view, {
      key: reviseKey,
      action: `/pages/campaigns/${year}/revise`,
      submit: say('保存修订', 'Save'),
      body: html`<input type="hidden" name="version" value="${version}">${line('responsible', say('责任单位', 'Unit that answers for the year'))}${planFields(view, fields)}`,
    })}`,
    facts: [
      say(`${year}年度，方案第${version}版。`, `Year ${year}, version ${version} of the plan.`),
    ],
  });
};
