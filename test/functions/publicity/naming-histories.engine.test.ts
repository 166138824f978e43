// Whatever happens in whatever order: nobody is named whose consent does not stand, or did not since the publication.
import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { handler as withdrawNames } from '../../../functions/publicity/withdraw-names.ts';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { handler as clearPeople } from '../../../functions/volunteers/people-subscriber.ts';
import { follow } from '../../support/projecting.ts';
import {
  agree,
  begin,
  disagree,
  erase,
  person,
  readIt,
  revise,
  type StoryTown,
  tries,
} from '../../support/stories.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, ledger, may, must } from '../../support/town.ts';

let town: StoryTown;
beforeAll(async () => {
  await freshTables();
  town = await foundTown();
});

interface Somebody {
  readonly sub: string;
  readonly id: string;
  name: string;
  readonly isMinor: boolean;
  /** Who consented, as the test knows it. */
  agreed: 'self' | 'guardian' | null;
  isErased: boolean;
  /** How often something ended the naming: a name that was published before it does not come back. */
  endings: number;
}

interface Told {
  readonly id: string;
  readonly named: readonly Somebody[];
  /** The endings of each of `named` when it was published last, and the name of then. */
  published: readonly { readonly name: string; readonly endings: number }[];
}

const mayBeNamed = ({ agreed, isErased, isMinor }: Somebody): boolean =>
  !isErased && (isMinor ? agreed === 'guardian' : agreed !== null);

type Step =
  | { readonly does: 'agree'; readonly who: number; readonly by: 'self' | 'guardian' }
  | { readonly does: 'disagree' | 'erase' | 'rename'; readonly who: number }
  | {
      readonly does: 'submit' | 'approve' | 'publish' | 'correct' | 'revise';
      readonly story: number;
    }
  | { readonly does: 'deliver'; readonly some: number; readonly clear: boolean };

const who = fc.nat(2);
const story = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('agree' as const),
      who,
      by: fc.constantFrom('self' as const, 'guardian' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('disagree' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('erase' as const, 'rename' as const), who }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'submit' as const,
        'approve' as const,
        'publish' as const,
        'correct' as const,
        'revise' as const,
      ),
      story,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('deliver' as const),
      some: fc.nat(1000),
      clear: fc.boolean(),
    }),
  },
);

let people = 0;
let revisions = 0;
const numerals = [...'甲乙丙丁戊己庚辛壬癸'];
let names = 0;
const newName = (): string => {
  names += 1;
  return `欧阳${[100, 10, 1].map((unit) => numerals[Math.floor(names / unit) % 10]).join('')}`;
};
const somebody = async (isMinor: boolean): Promise<Somebody> => {
  people += 1;
  const sub = `history-${people}`;
  const name = newName();
  const id = await person(sub, name, {
    agrees: false,
    ...(isMinor ? { birthDate: '2010-05-01' } : {}),
  });
  return { sub, id, name, isMinor, agreed: null, isErased: false, endings: 0 };
};

/** The events of these people, some of them twice, in an order of their own. */
const someEvents = async (all: readonly Somebody[], seed: number) => {
  const own = (await ledger()).filter(({ aggregate }) => all.some(({ id }) => id === aggregate.id));
  const drawn = own.flatMap((event, at) => ((seed >> (at % 10)) & 1 ? [event, event] : [event]));
  return seed % 2 ? drawn.reverse() : drawn;
};

const run = async (step: Step, all: readonly Somebody[], stories: readonly Told[]) => {
  if (step.does === 'deliver') {
    const events = await someEvents(all, step.some);
    expect(await follow(step.clear ? clearPeople : withdrawNames, events)).toEqual([]);
    return;
  }
  if ('story' in step) {
    const one = stories[step.story];
    if (!one) return;
    if (step.does === 'revise') {
      await revise(town, one.id, { summary: `摘要${numerals[revisions++ % 10]}` });
      return;
    }
    const reason = step.does === 'correct' ? { reason: '更正' } : {};
    const { status } = await tries(town, one.id, step.does, reason);
    if (status === 200 && (step.does === 'publish' || step.does === 'correct'))
      one.published = one.named.map(({ name, endings }) => ({ name, endings }));
    return;
  }
  const one = all[step.who];
  if (!one || one.isErased) return;
  if (step.does === 'agree') {
    await agree(one.sub, one.id, step.by);
    one.agreed = step.by;
  } else if (step.does === 'rename') {
    one.name = newName();
    one.endings += 1;
    await must('volunteers', {
      route: 'PATCH /volunteers/{id}/person',
      params: { id: one.id },
      body: { name: one.name },
      token: { sub: one.sub, role: 'volunteer' },
    });
  } else if (step.does === 'disagree') {
    await disagree(one.sub, one.id);
    one.agreed = null;
  } else {
    await erase(one.sub, one.id);
    one.isErased = true;
  }
  if (!mayBeNamed(one)) one.endings += 1;
};

/** What a story shows is what was published last, of those alone of whom nothing ended since. */
const check = async (stories: readonly Told[]): Promise<number> => {
  let shown = 0;
  for (const { id, named, published } of stories) {
    const { status, body } = await readIt(id);
    for (const [at, one] of status === 200 ? named.entries() : []) {
      const { name = one.name, endings = -1 } = published[at] ?? {};
      const text = JSON.stringify(body);
      const isShown = text.includes(name);
      if (isShown) shown += 1;
      expect([name, isShown && (!mayBeNamed(one) || one.endings > endings)]).toEqual([name, false]);
      if (one.name !== name) expect(text).not.toContain(one.name);
    }
  }
  return shown;
};

/** The ids under which a name is kept for a story. */
const keptFor = async (storyId: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, ({ pk, fields }) => {
    if (pk === `story#${storyId}`) ids.push(...Object.keys(fields as object));
  });
  return ids;
};

test('no published text shows a name without a consent that stands', async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const all = [await somebody(false), await somebody(false), await somebody(true)];
      const text = '{{name|1}}、{{name|2}}。';
      const tellOf = async (named: readonly Somebody[], standsWithoutNames: boolean) => {
        const ids = named.map(({ id }) => id);
        const id = await begin(town, { text, named: ids, standsWithoutNames });
        return { id, named, published: [] };
      };
      const stories: readonly Told[] = [
        await tellOf(all.slice(0, 2), true),
        await tellOf(all.slice(1), false),
      ];
      // Most histories get to a published text.
      const opening: readonly Step[] = [
        ...all.map(
          ({ isMinor }, at) =>
            ({ does: 'agree', who: at, by: isMinor ? 'guardian' : 'self' }) as const,
        ),
        ...(['submit', 'approve', 'publish'] as const).flatMap((does) =>
          [0, 1].map((each) => ({ does, story: each })),
        ),
      ];
      for (const each of [...opening, ...steps]) {
        await run(each, all, stories);
        shown += await check(stories);
      }
      // Once all is delivered, nothing is kept of whoever may not be named, whatever came before.
      const events = await someEvents(all, 1023);
      expect(await follow(withdrawNames, events)).toEqual([]);
      const gone = all.filter((one) => !mayBeNamed(one)).map(({ id }) => id);
      for (const each of stories)
        expect((await keptFor(each.id)).filter((id) => gone.includes(id))).toEqual([]);
      await check(stories);
      expect((await may('publicity', { route: 'GET /feeds/stories.atom' })).status).toBe(200);
    }),
    { numRuns: 8 },
  );
  // The property says something only if names are shown at all.
  expect(shown).toBeGreaterThan(20);
});
