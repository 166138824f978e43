import type { OfficeKind } from './office-kind.ts';
import { unzip } from './unzip.ts';
import { readXml } from './xml.ts';

export interface Relationship {
  readonly id: string;
  /** The last word of its type: `worksheet`, `sharedStrings`; empty when it has none. */
  readonly type: string;
  /** The part's name, from the root and without a leading slash. */
  readonly target: string;
}

/** The parts of an Office file (ECMA-376 part 2), found by their relationships. */
export interface Package {
  readonly names: readonly string[];
  readonly part: (name: string) => Uint8Array | undefined;
  /** The relationships of a part, or of the package itself for an empty name. */
  readonly relationshipsOf: (part: string) => readonly Relationship[];
}

/** A target resolved against the folder of the part that names it. */
const resolved = (folder: string, target: string): string => {
  const path = target.replaceAll('\\', '/');
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of path.split('/'))
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  const name = steps.join('/');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** @throws Problem `unreadable-file`; so do the functions of the result */
export const openPackage = (bytes: Uint8Array, kind: OfficeKind): Package => {
  const { names, read } = unzip(bytes, kind);
  return {
    names,
    part: read,
    relationshipsOf: (part) => {
      const slash = part.lastIndexOf('/') + 1;
      const folder = part.slice(0, slash);
      const rels = read(`${folder}_rels/${part.slice(slash)}.rels`);
      const found: Relationship[] = [];
      if (rels)
        readXml(rels, kind, {
          open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
            if (name === 'Relationship' && TargetMode !== 'External')
              found.push({
                id: Id,
                type: Type.slice(Type.lastIndexOf('/') + 1),
                target: resolved(folder, Target),
              });
          },
        });
      return found;
    },
  };
};
