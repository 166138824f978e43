import startEngine from './engine-setup.ts';
import synthesise from './host-setup.ts';

/** Before the tests of the project `long`: what `engine` and `host` need. */
export default async (): Promise<void> => {
  await synthesise();
  await startEngine();
};
