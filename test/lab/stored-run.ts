import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type ClosedSources, thawed } from '../../functions/closed/frozen-sources.ts';
import type { Leaf } from '../../functions/closed/leaves.ts';
import type { Item } from './expressions.ts';

/** What a run of a close stored, read from its items. */
export interface StoredRun {
  readonly sources: ClosedSources;
  /** The texts of the leaves, in order. */
  readonly leaves: readonly string[];
  /** By `<type>#<id>`. */
  readonly versions: Readonly<Record<string, number>>;
}

/** The run of this name; undefined when it has not come to its end, or anything of it is missing. */
export const storedRun = (closed: readonly Item[], run: string): StoredRun | undefined => {
  const own = closed
    .filter(({ pk }) => pk === `closed#${run}`)
    .sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  const bytesOf = (kind: string): readonly Uint8Array[] =>
    own.filter(({ sk }) => String(sk).split('#')[0] === kind).map(({ z }) => z as Uint8Array);
  const textOf = (bytes: Uint8Array): string => gunzipSync(bytes).toString('utf8');
  const [head] = bytesOf('head').map(textOf);
  if (head === undefined) return undefined;
  const { pages, chunks, buckets } = JSON.parse(head);
  const [leaves, sources, versions] = [bytesOf('leaves'), bytesOf('sources'), bytesOf('versions')];
  if (leaves.length !== pages.length || sources.length !== chunks || versions.length !== buckets)
    return undefined;
  return {
    sources: thawed(textOf(Buffer.concat(sources))),
    leaves: leaves.flatMap((page) => JSON.parse(textOf(page)) as string[]),
    versions: Object.assign({}, ...versions.map((bucket) => JSON.parse(textOf(bucket)))),
  };
};

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** The root of RFC 6962 over these leaves, in hex. */
export const rootOver = (texts: readonly string[]): string => {
  const over = (hashes: readonly Uint8Array[]): Uint8Array => {
    if (hashes.length < 2) return hashes[0] ?? sha256();
    let split = 1;
    while (split * 2 < hashes.length) split *= 2;
    return sha256(Buffer.of(1), over(hashes.slice(0, split)), over(hashes.slice(split)));
  };
  const leaves = texts.map((text) => sha256(Buffer.of(0), Buffer.from(text, 'utf8')));
  return Buffer.from(over(leaves)).toString('hex');
};

/** What a leaf of a month gives to figures that add up, by metric. */
const given = (leaf: Leaf): Readonly<Record<string, number>> => {
  switch (leaf.kind) {
    case 'entry':
      if (leaf.status === 'pending') return { pendingMinutes: leaf.credited };
      if (leaf.status !== 'verified') return {};
      return leaf.onDuty
        ? { onDutyParticipations: 1 }
        : {
            participations: 1,
            creditedMinutes: leaf.credited,
            partyMemberParticipations: leaf.partyMember,
          };
    case 'activity':
      return { activitiesPublished: 1, activitiesHeld: leaf.held, ...leaf.measures };
    case 'registration':
      return { volunteersRegistered: leaf.new, registeredVolunteers: leaf.registered };
    case 'team':
      return { teamsFormed: leaf.formed, teams: leaf.standing };
    default:
      return {};
  }
};

/**
 * What the leaves of a month come to: sums by `<metric>|<area>|<theme>`, with `*` for all areas and themes,
 * and the persons who took part and the partners, in all.
 */
export const sumsOfLeaves = (texts: readonly string[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  const persons = new Set<string>();
  const partners = new Set<string>();
  for (const leaf of texts.map((text) => JSON.parse(text) as Leaf)) {
    const area = 'area' in leaf ? leaf.area : '*';
    const theme = 'theme' in leaf ? leaf.theme : '*';
    for (const [name, value] of Object.entries(given(leaf)))
      for (const cell of new Set([`${area}|${theme}`, `${area}|*`, `*|${theme}`, '*|*']))
        sums.set(`${name}|${cell}`, (sums.get(`${name}|${cell}`) ?? 0) + value);
    if (leaf.kind === 'entry' && leaf.status === 'verified' && !leaf.onDuty)
      persons.add(leaf.countedWith ?? leaf.person);
    if (leaf.kind === 'activity') for (const id of leaf.partners) partners.add(id);
  }
  return new Map([
    ...sums,
    ['distinctVolunteers|*|*', persons.size],
    ['partners|*|*', partners.size],
  ]);
};
