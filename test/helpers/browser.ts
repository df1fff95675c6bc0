// A real Chromium, headless, with the flags that a machine without a wide network needs.
import {accessSync, constants} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type Browser, type BrowserContext, chromium} from 'playwright-core';
import {onTeardown} from './teardown';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
// A busy machine may take longer than Playwright's 30 s until the browser answers.
const LAUNCH_TIMEOUT_MS = 90_000;
const NO_BACKGROUND_TRAFFIC = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function givenBrowser(flags: readonly string[] = []): Promise<Browser> {
  const args = [...FLAGS, ...NO_BACKGROUND_TRAFFIC, ...flags];
  const browser = await chromium.launch({executablePath: findChromium(), args, timeout: LAUNCH_TIMEOUT_MS});
  onTeardown(() => browser.close());
  return browser;
}

/** One whose settings let no page keep anything: cookies and site data are blocked. */
export async function givenBrowserWithoutSiteData(): Promise<BrowserContext> {
  const profile = await mkdtemp(path.join(tmpdir(), 'outreach-profile-'));
  onTeardown(() => rm(profile, {recursive: true, force: true}));
  await mkdir(path.join(profile, 'Default'));
  const settings = {profile: {default_content_setting_values: {cookies: 2}}};
  await writeFile(path.join(profile, 'Default/Preferences'), JSON.stringify(settings));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    timeout: LAUNCH_TIMEOUT_MS,
    args: [...FLAGS, ...NO_BACKGROUND_TRAFFIC],
    locale: 'en-GB',
  });
  onTeardown(() => context.close());
  return context;
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  const found = names.flatMap(name => directories.map(directory => path.join(directory, name))).find(isExecutable);
  if (found === undefined) throw new Error('The browser tests need Chromium: install the package chromium.');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
