// A real Chromium, headless, with the flags that a machine without a wide network needs.
import {accessSync, constants} from 'node:fs';
import path from 'node:path';
import {type Browser, chromium} from 'playwright-core';
import {onTeardown} from './teardown';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const NO_BACKGROUND_TRAFFIC = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function givenBrowser(): Promise<Browser> {
  const browser = await chromium.launch({executablePath: findChromium(), args: [...FLAGS, ...NO_BACKGROUND_TRAFFIC]});
  onTeardown(() => browser.close());
  return browser;
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
