import type * as z from 'zod';
import { field, form, refusalNote } from '../html/form.ts';
import { html, nothing } from '../html/markup.ts';
import { type Page, pageOf } from '../html/page.ts';
import { note } from '../html/parts.ts';
import type { View } from '../html/view.ts';
import { sayIn } from '../html/words.ts';
import type { campaigns } from './contract.ts';
import { existingPlan } from './plan-fields.ts';

type Campaign = z.output<typeof campaigns.copyPage.answer>;

/** The route that takes the form. */
const copyKey = 'POST /pages/campaigns/{year}/copy';

/** The page on which a person copies the plan of a year to another year. */
export const renderCopy = ({ year, title, themes }: Campaign, _: unknown, view: View): Page => {
  const say = sayIn(view.locale);
  const onLeapDay = themes.filter(({ dates }) => dates.some((date) => date.endsWith('-02-29')));
  const titles = onLeapDay.map((theme) => theme.title);
  return pageOf(view, {
    title: say(`复制${year}年度方案`, `Copy the plan of ${year}`),
    trail: [
      { href: `/pages/campaigns/${year}`, text: say(`${year}年度方案`, `The plan of ${year}`) },
    ],
    body: html`${refusalNote(view)}${existingPlan(view)}<p class="lead">${title}</p><p>${say(
      '主题、月份、单位和常年服务照样带入；名称和口号里的年份、各主题的日期改为新年度。复制后仍可修订，再启动。',
      'Themes, months, units and services all year are taken over; the year in title and slogan, and the days of themes, become those of the new year. The copy can be revised before it is opened.',
    )}</p>${
      titles.length === 0
        ? nothing
        : note(
            '',
            say(
              `新年度没有2月29日的，以下主题略去该日：${titles.join('、')}。`,
              `Where the new year has no 29 February, it is left out of: ${titles.join(', ')}.`,
            ),
          )
    }${form(view, {
      key: copyKey,
      action: `/pages/campaigns/${year}/copy`,
      submit: say('复制', 'Copy'),
      body: field(view, {
        name: 'year',
        label: say('新年度', 'The new year'),
        value: String(year + 1),
        required: true,
      }),
    })}`,
  });
};
