// What a case of the replay is: who sends what, how, from where and how often.

import type {ProviderMode} from '../../helpers/captcha-provider';

/** What is typed or filled in, by the names of the form; a name that the contract does not know is a field of the site's own. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** One thing that is sent. */
export interface Message {
  fields: Fields;
  /** What is stored, where that is not what was typed: what nobody sees is repaired. */
  stored?: Fields;
  /** What a page or a program adds that nobody said: buttons, captchas, honeypots. */
  added?: Fields;
  as: 'json' | 'urlencoded' | 'multipart';
  headers?: Readonly<Record<string, string>>;
  /** The address of the sender; by default one of the case's own. */
  from?: string;
  /** How many milliseconds before it the form was shown, which gave it a form token; without one it has none. */
  shown?: number;
  /** Messages of a case with the same name here have the same token. */
  token?: string;
  /** The challenge of its form token was solved. */
  isProved?: boolean;
  /** How often it is sent, at the same time; 1 by default. */
  times?: number;
  /** Minutes that pass before it. */
  after?: number;
  /** What the provider of captchas does when it is asked; answers by default. */
  provider?: ProviderMode;
}

/** Fields of a message; the address is made up where none is given. */
type Given = Partial<Omit<Message, 'fields'>>;

interface Described {
  who: 'human' | 'bot';
  kind: string;
  /** Says what is special about it; unique. */
  title: string;
}
export interface Case extends Described {
  messages: readonly Message[];
}

/** How a message is sent when nothing else is said: a form without script, or with it, which was shown half a minute before. */
export const FORM: Given = {as: 'urlencoded', shown: 30_000};
export const SCRIPT: Given = {as: 'json', shown: 30_000};
/** A program that has never seen the page. */
export const CURL: Given = {as: 'urlencoded'};

/** Cases of one kind: each with its title, its fields, and what else is special about it. */
export function casesOf(who: Case['who'], kind: string, by: Given, rows: [string, Fields, Given?][]): Case[] {
  return rows.map(([title, fields, given]) => ({who, kind, title, messages: [message(fields, {...by, ...given})]}));
}

/** A case of several messages. */
export function caseOf(who: Case['who'], kind: string, title: string, messages: readonly Message[]): Case {
  return {who, kind, title, messages};
}

export function message(fields: Fields, given: Given = FORM): Message {
  return {as: 'urlencoded', ...given, fields};
}
