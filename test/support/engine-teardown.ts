import { rm } from 'node:fs/promises';

export default async (): Promise<void> => {
  const started = globalThis as Partial<
    Record<'stopEngine' | 'stopKms' | 'stopSqs', () => Promise<void>>
  >;
  await started.stopEngine?.();
  await started.stopKms?.();
  await started.stopSqs?.();
  const folder = process.env.TEST_FOLDER;
  if (folder) await rm(folder, { recursive: true, force: true });
};
