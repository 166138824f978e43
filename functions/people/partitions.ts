/** The names of the partitions of the People table, as IAM compares them. */
export const partitions = {
  persons: 'person#*',
  /** The record that a token is linked to. Nothing in it is sealed. */
  links: 'self#*',
  contacts: 'contact#*',
  lists: 'import#*',
  /** The key for keyed hashes. */
  hashKey: 'keys',
} as const;
export type Partition = keyof typeof partitions;
