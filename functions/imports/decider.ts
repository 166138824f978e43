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

/** So many chunks of a list are under way side by side. */
export const lanes = 4;

/** The chunks that are begun when a list is accepted. */
export const firstChunks = ({ chunks }: Pick<Import, 'chunks'>): readonly number[] =>
  Array.from({ length: Math.min(lanes, chunks) }, (_, at) => at + 1);

/** The chunk that is begun when one is registered: the next of its lane. */
export const nextChunk = ({
  number,
  chunks,
}: Pick<ImportChunk, 'number' | 'chunks'>): number | undefined =>
  number + lanes <= chunks ? number + lanes : undefined;
