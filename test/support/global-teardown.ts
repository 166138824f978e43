import { rm } from 'node:fs/promises';

export default async (): Promise<void> => {
  await (globalThis as { stopEngine?: () => Promise<void> }).stopEngine?.();
  const folder = process.env.TEST_FOLDER;
  if (folder) await rm(folder, { recursive: true, force: true });
};
