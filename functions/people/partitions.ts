/** The names of the partitions of the People table, as IAM compares them. */
export const partitions = {
  persons: 'person#*',
  /** The record that a token is linked to. Nothing in it is sealed. */
  links: 'self#*',
  /** The salt of a person's pseudonym in closed periods: random, and not sealed. */
  proofs: 'proof#*',
  contacts: 'contact#*',
  lists: 'import#*',
  /** What staff looked up, and how often. Nothing in it is sealed, and no number or name. */
  lookUps: 'look-up#*',
  /** By a part of its secret, whose private calendar it is. Nothing in it is sealed. */
  calendars: 'calendar#*',
  /** The URL and the secrets of a webhook. */
  webhooks: 'webhook#*',
  /** The secrets of a partner whose machine hands things in, and how much it has handed in by day. */
  inbound: 'inbound#*',
  /** The names that a published story shows. */
  stories: 'story#*',
  /** Which stories name a person. Nothing in it is sealed, and no name. */
  named: 'named#*',
  /** The name that the public notice of a star shows. */
  starNames: 'star#*',
  /** What somebody complained of, and how to reach them. */
  complaints: 'complaint#*',
  /** The district's keys for signatures that anybody can check; their public parts are not sealed. */
  signingKey: 'signing',
  /** Which certificates a volunteer has, by id. Nothing in it is sealed. */
  certificates: 'certificates#*',
  /** What the parts of certificates' numbers are assigned to. Nothing in it is sealed. */
  certificateNumbers: 'certificate-number#*',
  /** Which places of the status lists are taken, and which of them are set. Nothing in it is sealed. */
  statusLists: 'status-list#*',
  /** The files with an electronic seal, sealed with the key of their person's record. */
  sealedFiles: 'sealed-file#*',
  /** How often the public asked in an hour, by a salted hash of where it asks from. */
  sources: 'source#*',
  /** The keys that seal the cookies of sessions, one a month, wrapped. */
  sessions: 'sessions',
  /** The key for keyed hashes. */
  hashKey: 'keys',
} as const;
export type Partition = keyof typeof partitions;
