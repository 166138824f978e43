import { registerHooks } from 'node:module';

/** A mistake planted in the engine: in a file of `functions/figures/`, one text instead of another. */
export interface Mutant {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

/** Each breaks one of the rules that `functions/figures/layout.ts` states. */
export const mutants = {
  'a child is put over a newer one': {
    file: 'pages.ts',
    text: 'if (child.version <= (page.children.get(short)?.version ?? 0)) continue;',
    instead: '',
  },
  'an entry is put over a newer one': {
    file: 'person-items.ts',
    text: 'version > (before.entries.get(sheetId)?.version ?? 0)',
    instead: 'version > 0',
  },
  'an activity is put over a newer one': {
    file: 'activities.ts',
    text: 'if (version <= before.version) return before;',
    instead: '',
  },
  'a partnership is put over a newer one': {
    file: 'activities.ts',
    text: 'item.rev > (before.activities.get(id)?.version ?? 0)',
    instead: 'item.rev > 0',
  },
  "a partner's year is put without its revision": {
    file: 'activities.ts',
    text: 'store.put(partnerYearItem(newYear))',
    instead: 'store.putAnyway({ ...partnerYearItem(newYear), rev: newYear.rev + 1 })',
  },
  'an identity is put over a newer one': {
    file: 'registrations.ts',
    text: 'if (version <= before.version) return undefined;\n      const after',
    instead: 'const after',
  },
  'the year is not repaired when the page is known': {
    file: 'pages.ts',
    text: 'if (newYear) await',
    instead: 'if (newYear && months.some(({ changed }) => changed.size > 0)) await',
  },
  'an older page is written over a newer one in the year': {
    file: 'pages.ts',
    text: 'page.rev > (year.pages.get(name)?.rev ?? 0)',
    instead: 'page.rev > 0',
  },
  'the year is put without its revision': {
    file: 'pages.ts',
    text: 'if (newYear) await store.save(yearItem(newYear));',
    instead:
      'if (newYear) await store.transact([store.putAnyway({ ...yearItem(newYear), rev: newYear.rev + 1 })]);',
  },
  'a split is made of single puts': {
    file: 'pages.ts',
    text: '  await store.transact([\n    ...pages.map((page) => store.put(pageItem(page))),',
    instead:
      '  for (const page of pages) await store.save(pageItem(page));\n  await store.transact([',
  },
  'a split leaves empty pages out': {
    file: 'pages.ts',
    text: '...pages.map((page) => store.put(pageItem(page))),',
    instead:
      '...pages.filter(({ rev, children }) => rev > 0 || children.size > 0).map((page) => store.put(pageItem(page))),',
  },
  'a merge does not count anew': {
    file: 'registrations.ts',
    text: 'await regroup(store, newest.event.aggregate.id, newest.event.recordedAt);',
    instead: '',
  },
  'a known merge does not count anew': {
    file: 'registrations.ts',
    text: 'relating.has(group) || group.some(({ figures }) => figures.regroups)',
    instead: 'relating.has(group)',
  },
  'a merge puts no years without entries': {
    file: 'groups.ts',
    text: '[...yearsOfService(now), String(now + 1)]',
    instead: "['1999']",
  },
  'a first entry of a year does not look for a merge': {
    file: 'persons.ts',
    text: 'namedBy(await readIdentity(store, id)).length > 0',
    instead: 'false',
  },
  'a recount does not check what it read': {
    file: 'groups.ts',
    text: '...[...identities.values()].map((identity) => store.check(identity)),',
    instead: '',
  },
  'a recount does not check the years that it leaves': {
    file: 'groups.ts',
    text: 'ids.has(id) ? [] : [store.check(person)]',
    instead: '[]',
  },
  'an ordinary entry of a merged person does not count anew': {
    file: 'persons.ts',
    text: 'before.with !== null || before.recountedWith.length > 0',
    instead: 'false',
  },
  'entries that are not counted yet are forgotten': {
    file: 'person-year.ts',
    text: 'isPresent(entry) && !uncounted.has(sheetId)',
    instead: 'isPresent(entry)',
  },
  'held is decided from the event': {
    file: 'sheets.ts',
    text: 'page: pages.get(id) as Page,',
    instead:
      'page: { ...(pages.get(id) as Page), children: new Map([[shortSheet(id), sheetChild(given.event.aggregate.version, given.figures.place, given.figures.sums)]]) },',
  },
  'held does not check the page': {
    file: 'activities.ts',
    text: 'return { puts: [store.put(activityItem(after))], checks };',
    instead: 'return { puts: [store.put(activityItem(after))] };',
  },
  'an activity is forgotten only where it is': {
    file: 'activities.ts',
    text: 'places: [...new Set([...before.places, placeName(figures.month, figures.areaId)])],',
    instead: 'places: [placeName(figures.month, figures.areaId)],',
  },
  'a former partner is forgotten': {
    file: 'activities.ts',
    text: 'partnerIds: [...new Set([...before.partnerIds, ...figures.partnerIds])],',
    instead: 'partnerIds: figures.partnerIds,',
  },
  'an activity is settled before its children are put': {
    file: 'activities.ts',
    text: 'settled: isSettled ? before.rev + 1 : before.settled',
    instead: 'settled: before.rev + 1',
  },
  'a row is put over a newer one': {
    file: 'store.ts',
    text: "'attribute_not_exists(pk) OR version < :version'",
    instead: "'attribute_not_exists(pk) OR version <> :version'",
  },
} as const satisfies Readonly<Record<string, Mutant>>;

/** A file's source with the mistake. @throws Error unless the text is there once */
export const planted = ({ file, text, instead }: Mutant, source: string): string => {
  if (source.split(text).length !== 2) throw new Error(`this is not once in ${file}: ${text}`);
  return source.replace(text, () => instead);
};

/** Plants a mutant. Call it before the engine is imported. */
export const plant = (name: string): void => {
  const mutant: Mutant | undefined = mutants[name as keyof typeof mutants];
  if (!mutant) throw new Error(`there is no mutant “${name}”`);
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.endsWith(`/functions/figures/${mutant.file}`)) return loaded;
      return { ...loaded, source: planted(mutant, String(loaded.source)) };
    },
  });
};
