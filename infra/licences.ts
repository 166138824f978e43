import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `node_modules/@smithy/core/dist/x.js` → `node_modules/@smithy/core` */
const packageOf = (file: string): string | undefined =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/**
 * The names, versions and licence texts of the packages from which these files come. Whoever passes on a
 * bundle passes on the packages in it, whose licences ask for their texts.
 * @param files paths below `root`; those of no package are left out
 */
export const licencesOf = (root: string, files: readonly string[]): string =>
  [...new Set(files.flatMap((file) => packageOf(file) ?? []))]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      // A package that holds parts of others has their licences in a folder.
      const texts = globSync('{LICEN[CS]E,NOTICE,THIRD_PARTY_LICEN[CS]E}*{,/*}', {
        cwd: join(root, folder),
      })
        .filter((file) => statSync(join(root, folder, file)).isFile())
        .sort()
        .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
      return [`${name} ${version} (${license})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
