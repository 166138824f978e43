/** Ids of things in the examples, the same in all of them. */
const idOf = (end: string): string => `0198c0de-0000-7000-8000-0000000000${end}`;

export const ids = {
  organisation: idOf('a1'),
  partner: idOf('a2'),
  activity: idOf('b1'),
  volunteer: idOf('c1'),
  otherVolunteer: idOf('c2'),
  credential: idOf('c9'),
  notice: idOf('d1'),
  entry: idOf('e1'),
  import: idOf('f0'),
  team: idOf('f1'),
  membership: idOf('f2'),
  webhook: idOf('f4'),
  certificate: idOf('f8'),
  otherCertificate: idOf('f9'),
  star: idOf('fa'),
} as const;

export const sheet = `${ids.activity}~2025-10-18~1`;

/** When things happened in the examples. */
export const at = '2025-10-18T06:00:00.000Z';

/** The only page of a list. */
export const page = <Item>(...items: readonly Item[]) => ({ items: [...items], next: null });
