import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Fonts with Chinese characters, from a package: machines that test often have none. */
const fontFolders = ['400Regular', '700Bold'].map((weight) =>
  join(dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json')), weight),
);

/** A configuration of fontconfig that finds those fonts, and keeps what it finds out in `folder`. */
const fontsConfig = (folder: string): string => {
  const file = join(folder, 'fonts.conf');
  const folders = fontFolders.map((each) => `<dir>${each}</dir>`).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  );
  return file;
};

/** Starts the headless browser that comes with a package; nothing is downloaded. */
export const startBrowser = async (): Promise<Browser> => {
  const folder = mkdtempSync(join(tmpdir(), 'leifeng-browser-'));
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Tests often run as root or in a container, where the browser's own sandbox cannot start.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, FONTCONFIG_FILE: fontsConfig(folder) },
  });
};
