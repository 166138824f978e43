import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

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
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    // Tests often run as root or in a container, where the browser's own sandbox cannot start.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, FONTCONFIG_FILE: fontsConfig(folder) },
  });
  browser.on('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
};

export const screens = {
  phone: { width: 390, height: 844 },
  wide: { width: 1440, height: 900 },
  /** A4 at 96 dots an inch. */
  paper: { width: 794, height: 1123 },
} as const;
export type Screen = keyof typeof screens;

/** What a browser complained about on its console, or could not load. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  return complaints;
};

/** By how many pixels a page is wider than its screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in a page by the rules of WCAG 2.2 A and AA and its best practices, with the elements. */
export const accessibilityFaultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.addScriptTag({ content: axe });
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`,
  );
};
