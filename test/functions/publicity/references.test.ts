import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { metricsOf } from '../../../functions/figures/metrics.ts';
import { rawFigures } from '../../../functions/publicity/raw-figures.ts';
import {
  type FigureReference,
  figuresIn,
  masked,
  type Part,
  partsOf,
  referenceFaults,
  written,
} from '../../../functions/publicity/references.ts';
import { shownText } from '../../../functions/publicity/show-story.ts';

const reference: fc.Arbitrary<FigureReference> = fc.record({
  metric: fc.constantFrom('participations', 'creditedMinutes', 'outputs.talksGiven'),
  period: fc.constantFrom('2025', '2025-01', '2025-12'),
  areaId: fc.option(fc.constantFrom('hongqi', 'hongqi-01', '230104001')),
  theme: fc.option(fc.constantFrom('LAUNCH', 'FREE_CLINIC')),
});
const words = fc.string({ unit: fc.constantFrom('红', '旗', '1', '|', '{', '}', '\n', ' ') });

describe('references', () => {
  test('are read as they are written', () => {
    fc.assert(
      fc.property(reference, (one) => {
        expect(figuresIn(`共${written(one)}。`)).toEqual([one]);
      }),
    );
  });

  test('lose nothing of a text, whatever it is', () => {
    const sourceOf = (part: Part, next: number, text: string): string => text.slice(part.at, next);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(words, reference.map(written), fc.constant('{{name|1}}'))),
        (pieces) => {
          const text = pieces.join('');
          const parts = partsOf(text);
          expect(parts.map(({ at }) => at)).toEqual(
            parts.map(({ at }) => at).toSorted((one, other) => one - other),
          );
          for (const [n, part] of parts.entries())
            if (part.kind === 'words')
              expect(part.text).toBe(sourceOf(part, parts[n + 1]?.at ?? text.length, text));
          expect(masked(text)).toHaveLength(text.length);
        },
      ),
    );
  });

  test.each([
    '{{participations}}',
    '{{participations|2025-13}}',
    '{{participations|1999}}',
    '{{participations|2025|HONGQI}}',
    '{{participations|2025|hongqi|free_clinic}}',
    '{{participations|2025|hongqi|FREE_CLINIC|more}}',
    '{{name|0}}',
    '{{name|11}}',
    '{{name|x}}',
    '{{}}',
    '{{participations|2025',
    'participations}}',
    '{{ participations|2025 }}',
  ])('%s is none', (text) => {
    expect(referenceFaults(`前文${text}`, 0)[0]).toMatchObject({ paragraph: 1 });
  });

  test('to nobody, of people who are not used, and of too many periods are faults', () => {
    expect(referenceFaults('{{name|2}}', 1)).toHaveLength(2);
    expect(referenceFaults('{{name|1}}', 1)).toEqual([]);
    const periods = ['2025-01', '2025-02', '2025-03', '2025-04'];
    const text = periods.map((period) => `{{participations|${period}}}`).join('');
    expect(referenceFaults(text, 0)).toHaveLength(1);
    const many = Array.from({ length: 21 }, (_, n) => `{{outputs.o${n}|2025}}`).join('');
    expect(referenceFaults(many, 0)).toHaveLength(1);
  });
});

describe('a shown text', () => {
  const id = (n: number) => `0198c0de-0000-7000-8000-00000000000${n}`;

  test('has only names that it is given, and none that was taken out', () => {
    const names = ['雷小锋', '王小明', '赵小宝'];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 })),
        fc.subarray([1, 2, 3]),
        fc.subarray([1, 2, 3]),
        (order, agree, gone) => {
          const content = {
            ...{ title: 't', summary: 's', standsWithoutNames: true },
            text: order.map((n) => `{{name|${n}}}、`).join(''),
            named: [id(1), id(2), id(3)],
          };
          const unnamed = gone.map(id);
          const given = new Map(agree.map((n) => [id(n), names[n - 1] ?? '']));
          const text = shownText({ content, unnamed }, given, [], 'zh-CN');
          for (const [at, name] of names.entries()) {
            const isShown =
              order.includes(at + 1) && agree.includes(at + 1) && !gone.includes(at + 1);
            expect(text.includes(name)).toBe(isShown);
          }
          expect(text).not.toContain('{{');
        },
      ),
    );
  });
});

describe('numbers that somebody typed', () => {
  const metrics = metricsOf({});
  const place = { period: '2025-10', areaId: 'hongqi-01', theme: 'FREE_CLINIC' };
  const found = (text: string) => rawFigures(text, metrics, place);

  test('beside a measure word are told of, with their place and a reference that says such a number', () => {
    expect(found('第一段\n参加120人次')).toEqual([
      {
        paragraph: 2,
        character: 3,
        text: '120人次',
        references: expect.arrayContaining(['{{participations|2025-10|hongqi-01|FREE_CLINIC}}']),
      },
    ]);
    expect(found('服务3.5小时')[0]?.references).toContain(
      '{{creditedMinutes|2025-10|hongqi-01|FREE_CLINIC}}',
    );
    expect(found('1.2万人次、300余名志愿者').map(({ text }) => text)).toEqual([
      '1.2万人次',
      '300余名',
    ]);
  });

  test.each(['2025年10月18日', '上午9点', '{{participations|2025-10}}人次', '一人次', '第3届'])(
    '%s is none',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});
