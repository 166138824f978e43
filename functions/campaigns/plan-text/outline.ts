import type { Marker, MarkerKind } from './markers.ts';

export interface Node extends Marker {
  /** Where the node ends, with all that is below it. */
  end: number;
  readonly children: Node[];
}

/** Whether a heading is a time and nothing else: 3月:, 第一季度. */
export const isTime = ({ kind }: Marker): boolean => kind === 'month' || kind === 'quarter';

/**
 * Whether a number within a line belongs to a list of its own, below a number of the same form that
 * begins a line: 1、…包括:1.…2.….
 */
const isInner = (open: readonly Node[], { kind, number, isLineStart }: Marker): boolean => {
  const last = open.at(-1);
  if (isLineStart || number === null) return false;
  if (last?.kind === 'inner') return number === (last.number ?? 0) + 1;
  return number === 1 && last?.kind === kind && last.isLineStart;
};

const inBracket = (kind: MarkerKind): boolean => kind.endsWith('-bracket');

/** Headings without numbers, and parts of a plan, which have numbered headings below them. */
const frames: readonly MarkerKind[] = [
  'han-formal',
  'roman',
  'titled',
  'label',
  'stage',
  'quarter',
];

/**
 * The tree of the headings. A kind that is open already ends what is open since; a new kind is below
 * the last one, unless its number goes on where a kind above has ended (二、 then 3、).
 */
export const outlineOf = (markers: readonly Marker[], length: number): readonly Node[] => {
  const roots: Node[] = [];
  const open: Node[] = [];
  const lastOf = new Map<MarkerKind, number | null>();
  for (const each of markers) {
    const marker = isInner(open, each) ? { ...each, kind: 'inner' as const } : each;
    const node: Node = { ...marker, end: length, children: [] };
    let level = open.findIndex(({ kind }) => kind === marker.kind);
    // 一、1.2.二、3.4.: the numbers run on through the sections.
    const runsOn = marker.number !== null && lastOf.get(marker.kind) === marker.number - 1;
    lastOf.set(marker.kind, marker.number);
    if (level < 0 && marker.number !== null && marker.number > 2 && !runsOn)
      level = open.findIndex(
        ({ kind, number }) =>
          number !== null &&
          number + 1 === marker.number &&
          inBracket(kind) === inBracket(marker.kind),
      );
    // 壹、 and Ⅰ. are below nothing; 一、 is below no other number, only below these or a heading that has none.
    if (level < 0 && (marker.kind === 'han-formal' || marker.kind === 'roman'))
      level = open.length > 0 ? 0 : -1;
    if (level < 0 && marker.kind === 'han')
      level = open.findIndex(({ kind }) => !frames.includes(kind));
    if (marker.kind === 'label') level = open.length > 0 ? 0 : -1;
    if (level >= 0) for (const ended of open.splice(level)) ended.end = marker.start;
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
};
