import type { Fact } from '../../events/catalogue.ts';
import type { Import, ImportChunk } from '../../events/imports.ts';

export const accept = (given: Import): Fact<'ImportAccepted'> => ({
  type: 'ImportAccepted',
  data: { import: given },
});

export const chunkRegistered = (chunk: ImportChunk): Fact<'ImportChunkRegistered'> => ({
  type: 'ImportChunkRegistered',
  data: { chunk },
});

/** The number of chunks of a list that are registered in parallel. */
export const lanes = 4;

/** The chunks that start when a list is accepted. */
export const firstChunks = ({ chunks }: Pick<Import, 'chunks'>): readonly number[] =>
  Array.from({ length: Math.min(lanes, chunks) }, (_, at) => at + 1);

/** The chunk that starts after this one: the next in its lane. */
export const nextChunk = ({
  number,
  chunks,
}: Pick<ImportChunk, 'number' | 'chunks'>): number | undefined =>
  number + lanes <= chunks ? number + lanes : undefined;
