import { expect, test } from '@jest/globals';
import type { StatedFigure } from '../../../events/publicity.ts';
import { metricsOf } from '../../../functions/figures/metrics.ts';
import { written } from '../../../functions/publicity/references.ts';
import { shownFigures, shownText } from '../../../functions/publicity/show-story.ts';

const stated: StatedFigure = {
  ...{ metric: 'outputs.bloodPressureChecks', period: '2025-10', areaId: 'hongqi', theme: null },
  ...{ value: 30, closed: false },
};
const metric = metricsOf({})[stated.metric];
const small = { zh: '小数目', en: 'small' };

/** The figures of a text that stated 30 checks, when everybody is shown this number of them now. */
const figuresAt = (value: number | null, locale: 'zh-CN' | 'en') => {
  const { metric: _, value: __, closed: ___, ...rest } = stated;
  const reference = { ...rest, metric: stated.metric };
  const now = { reference, metric, value, why: value === null ? small : undefined };
  return shownFigures([stated], new Map([[written(reference), now]]), locale);
};

test.each(['zh-CN', 'en'] as const)(
  'a figure that became small is shown as it was neither, in %s',
  (locale) => {
    const [before] = figuresAt(30, locale);
    expect(before).toMatchObject({ standing: 'same', published: before?.shown });
    expect(before?.shown).toContain('30');

    const figures = figuresAt(null, locale);
    expect(figures).toMatchObject([{ shown: null, published: null, standing: 'not-shown' }]);
    const content = {
      ...{ title: '', summary: '', named: [], standsWithoutNames: true },
      text: `测${written(stated)}。`,
    };
    const text = shownText({ content, unnamed: [] }, new Map(), figures, locale);
    expect(text).toContain(locale === 'en' ? 'not published any more' : '不再公布');
    expect(JSON.stringify([text, figures])).not.toContain('30');
  },
);
