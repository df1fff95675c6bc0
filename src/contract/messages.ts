// What a site shows its visitors about an answer of outreach, in their language: `GET /messages/{locale}`.
import {z} from 'zod';
import {INPUT_ERROR_CODES, type InputErrorCode, type ProblemKind, PROBLEMS} from './problem';

/** Fields that people fill in, which are named to them. */
const VISITOR_FIELDS = [
  'topic',
  'name',
  'email',
  'phone',
  'company',
  'subject',
  'message',
  'consentVersion',
  'metadata',
] as const;
export type VisitorField = (typeof VISITOR_FIELDS)[number];

const texts = <Name extends string>(names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map(name => [name, z.string()])) as Record<Name, z.ZodString>); // those names

const notice = z.strictObject({heading: z.string(), text: z.string()});

/** Of a form: the language of its page, which the page that answers it is in. */
export const formLanguageSchema = z
  .string()
  .optional()
  .meta({description: 'The language of the page that answers (BCP 47), before `Accept-Language`.', examples: ['de']});

/** The path of the messages in one language. */
export const messagesPathSchema = z.strictObject({
  locale: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/, 'must be a language tag such as de or de-AT')
    .meta({
      description: 'A language tag (BCP 47): `de-AT` reads `de`, and a language that is not there reads `en`.',
      examples: ['de'],
    }),
});

/** Answer of `GET /messages/{locale}`: plain text, to be shown as text. */
export const messagesSchema = z.strictObject({
  locale: z.string().meta({description: 'The language of these messages.', examples: ['de']}),
  locales: z.array(z.string()).meta({description: 'The languages that there are.', examples: [['en', 'de']]}),
  direction: z.enum(['ltr', 'rtl']),
  stored: notice.meta({description: 'Once an inquiry is stored.'}),
  subscription: z
    .strictObject({received: notice, toConfirm: notice})
    .meta({description: 'Once a subscription is accepted; `toConfirm` with DOUBLE_OPT_IN.'}),
  reference: z.string().meta({description: 'Stands before an id that the visitor may quote.'}),
  problems: texts(Object.keys(PROBLEMS) as ProblemKind[]).meta({
    description: 'By the last part of the `type` of a problem.',
  }),
  errors: texts(Object.keys(INPUT_ERROR_CODES) as InputErrorCode[]).meta({
    description: 'By the `code` of an error; `{field}` stands for the name of its field, `{max}` for its `max`.',
  }),
  emailFormat: z.string().meta({description: 'In place of `errors.format`, of an e-mail address.'}),
  fields: texts(VISITOR_FIELDS).meta({description: 'By the name of a field; `metadata` is all of it together.'}),
});
z.globalRegistry.add(messagesSchema, {title: 'Messages'});
export type MessagesView = z.infer<typeof messagesSchema>;
