// The text of consent on the demo form of `npm start`, beside those that CONSENT_TEXTS names.
import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {DevEnv} from '../config/env';

const FORM = path.resolve(__dirname, '../../web/form/index.html');

/**
 * CONSENT_TEXTS with the version that the demo form names. Where it is unset, other versions come with a hash of their own.
 * Rejects when the form has no version or no text.
 */
export async function withDemoConsent(texts: DevEnv['CONSENT_TEXTS']): Promise<string> {
  const html = await readFile(FORM, 'utf8');
  const [, version = ''] = /name="consentVersion" value="([^"]+)"/.exec(html) ?? [];
  const [, text = ''] = /id="consent-text"[^>]*>([^<]+)</.exec(html) ?? [];
  if (version === '' || text === '') throw new Error(`${FORM} names no version, or no text, of consent`);
  const shown = text.replace(/\s+/g, ' ').trim(); // what breaks a line of the markup is a space to who reads it
  const demo = [version, createHash('sha256').update(shown).digest('hex')] as const;
  const all = new Map([demo, ...(texts?.sha256 ?? [])]);
  const others = (texts?.takesOthers ?? true) ? ['*'] : [];
  return [...[...all].map(entry => entry.join('=')), ...others].join(',');
}
