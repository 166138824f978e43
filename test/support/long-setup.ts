import startEngine from './engine-setup.ts';
import synthesise from './host-setup.ts';

/** Prepares the project `long`, which needs what `engine` and `host` need. */
export default async (): Promise<void> => {
  await synthesise();
  await startEngine();
};
