// What the visitor sent, as text; and what is known about the visit.
import {Box, Link, Typography} from '@mui/material';
import type {ReactNode} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatDateTime} from '../i18n/dates';
import type {english} from '../i18n/english';
import {mailLink, phoneLink} from './contact-links';
import type {Inquiry} from './inquiry-requests';
import {spamReasonsOf} from './spam-reasons';

// Fields that have a place of their own, here or on the page.
const PLACED = [
  ...(['id', 'topic', 'name', 'email', 'phone', 'company', 'subject', 'message', 'metadata', 'spamReasons'] as const),
  ...(['status', 'assignee', 'version', 'createdAt', 'updatedAt'] as const),
] satisfies (keyof Inquiry)[];
const isPlaced: ReadonlySet<string> = new Set(PLACED);

type Name = keyof typeof english.outreach.inquiry;
// All others are facts, in the order in which they come. Does not compile while one of them has no name in i18n/english.ts.
const toNamed = (field: Exclude<keyof Inquiry, (typeof PLACED)[number]>): Name => field;

export function InquiryDetails({inquiry}: {inquiry: Inquiry}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {email, phone, company, subject, message, metadata} = inquiry;
  const lang = inquiry.locale ?? undefined; // for voices, and for the glyphs that Chinese and Japanese do not share
  return (
    <>
      {subject === null ? (
        <Typography id="details-heading" component="h2" variant="h2" gutterBottom>
          {translate('outreach.inquiry.message')}
        </Typography>
      ) : (
        <Typography id="details-heading" component="h2" variant="h2" gutterBottom dir="auto" lang={lang} sx={clipped}>
          {subject}
        </Typography>
      )}
      <Typography dir="auto" lang={lang} sx={{...clipped, whiteSpace: 'pre-wrap', mb: 2}} data-field="message">
        {message}
      </Typography>
      <Box component="dl" sx={facts}>
        <Fact name="topic" value={inquiry.topic} />
        <Fact name="email" value={<Link href={mailLink(email)}>{email}</Link>} />
        <Fact name="phone" value={phone && <Phone phone={phone} />} />
        <Fact name="company" value={company} />
        <Fact name="received" value={formatDateTime(inquiry.createdAt, locale)} />
        <Fact name="changed" value={formatDateTime(inquiry.updatedAt, locale)} />
        {/* As text: a link would open, with one click, what a stranger has sent. */}
        {factsOf(inquiry).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
        <Fact name="spamReasons" value={spamReasonsOf(inquiry, translate)} />
        <Fact
          name="metadata"
          value={
            metadata && Object.entries(metadata).map(([key, value]) => <Detail key={key} name={key} value={value} />)
          }
        />
      </Box>
    </>
  );
}

// Line by line, as it was typed; the ticked boxes of a group beside each other.
function Detail({name, value}: {name: string; value: NonNullable<Inquiry['metadata']>[string]}) {
  return (
    <Box sx={{whiteSpace: 'pre-line', overflowWrap: 'anywhere'}}>
      {`${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`}
    </Box>
  );
}

function factsOf(inquiry: Inquiry): [Name, string][] {
  return Object.entries(inquiry).flatMap(([field, value]) =>
    // The service sends the fields of its document, which the type is made of.
    !isPlaced.has(field) && typeof value === 'string' ? [[toNamed(field as Parameters<typeof toNamed>[0]), value]] : [],
  );
}

function Phone({phone}: {phone: string}) {
  const href = phoneLink(phone);
  return href === undefined ? phone : <Link href={href}>{phone}</Link>;
}

function Fact({name, value}: {name: Name; value: ReactNode}) {
  const translate = useTranslate();
  if (value === null || value === '') return null;
  return (
    <div>
      <Typography component="dt" variant="body2" color="textSecondary">
        {translate(`outreach.inquiry.${name}`)}
      </Typography>
      <Typography component="dd" dir="auto" sx={{...clipped, m: 0}}>
        {value}
      </Typography>
    </div>
  );
}

// Letters with marks on top stay in their own place; links show their focus a little outside of it.
const clipped = {overflowY: 'clip', overflowClipMargin: '6px'} as const;
const facts = {
  display: 'grid',
  gap: 1.5,
  m: 0,
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))'},
};
