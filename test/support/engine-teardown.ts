import { rm } from 'node:fs/promises';

export default async (): Promise<void> => {
  const started = globalThis as { stopEngine?: () => Promise<void>; stopKms?: () => Promise<void> };
  await started.stopEngine?.();
  await started.stopKms?.();
  const folder = process.env.TEST_FOLDER;
  if (folder) await rm(folder, { recursive: true, force: true });
};
