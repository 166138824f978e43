/** What the partitions of the People table are named, as IAM compares them. */
export const partitions = {
  persons: 'person#*',
  /** Which record a token's own id is linked to. Nothing in it is sealed. */
  links: 'self#*',
  contacts: 'contact#*',
  lists: 'import#*',
  /** The key that keyed hashes are made with. */
  hashKey: 'keys',
} as const;
export type Partition = keyof typeof partitions;

/** Whether what lies there is sealed under a data key. */
export const isSealed = (partition: Partition): boolean => partition !== 'links';
