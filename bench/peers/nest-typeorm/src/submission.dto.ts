// The rules of outreach's contract, as class-validator and class-transformer say them.
import {Transform} from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  registerDecorator,
} from 'class-validator';

const NO_CONTROLS = /^[^\u0000-\u001F\u007F-\u009F\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]*$/;
const NO_CONTROLS_BUT_LINES = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$/;
const TOPICS = ['general', 'sales', 'support', 'partnership', 'press', 'careers'];

const clean = (value: unknown): unknown =>
  typeof value === 'string' && value.isWellFormed() ? value.normalize('NFC').trim() : value;
const Clean = () => Transform(({value}) => clean(value) as unknown);
const CleanLines = () =>
  Transform(({value}) => clean(typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value) as unknown);
const WithoutQuery = () =>
  Transform(({value}) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return value as unknown;
    const url = new URL(value);
    return url.origin === 'null' ? value : url.origin + url.pathname;
  });

function isFlatStrings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isGood = ([key, text]: [string, unknown]) =>
    /^[A-Za-z0-9_.-]{1,64}$/.test(key) && typeof text === 'string' && text.length <= 1000 && NO_CONTROLS.test(text);
  return Object.entries(value).every(isGood) && Buffer.byteLength(JSON.stringify(value)) <= 4096;
}

function IsFlatStrings(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isFlatStrings',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {validate: isFlatStrings, defaultMessage: () => 'must be flat strings, at most 4 KB as JSON'},
    });
}

export class Submission {
  @IsIn(TOPICS) topic: string;
  @Clean() @IsString() @Length(1, 120) @Matches(NO_CONTROLS) name: string;
  @Clean() @IsEmail() @MaxLength(254) email: string;
  @Clean() @IsOptional() @IsString() @Length(1, 32) @Matches(NO_CONTROLS) phone?: string;
  @Clean() @IsOptional() @IsString() @Length(1, 160) @Matches(NO_CONTROLS) company?: string;
  @Clean() @IsOptional() @IsString() @Length(1, 200) @Matches(NO_CONTROLS) subject?: string;
  @CleanLines() @IsString() @Length(1, 5000) @Matches(NO_CONTROLS_BUT_LINES) message: string;
  @Clean() @IsOptional() @MaxLength(35) @Matches(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/) locale?: string;
  @WithoutQuery()
  @IsOptional()
  @IsUrl({protocols: ['http', 'https'], require_tld: false})
  @Length(1, 2048)
  sourceUrl?: string;
  @IsOptional() @IsObject() @IsFlatStrings() metadata?: Record<string, string>;
  @Clean() @IsOptional() @IsString() @Length(1, 64) @Matches(NO_CONTROLS) privacyNoticeVersion?: string;
}
