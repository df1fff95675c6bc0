// What the visitor sent, as text; and what is known about the visit.
import {Box, Link, Typography} from '@mui/material';
import type {ReactNode} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatDateTime} from '../i18n/dates';
import type {Inquiry} from './inquiry-requests';

export function InquiryDetails({inquiry}: {inquiry: Inquiry}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {email, phone, company, subject, message, metadata, spamReasons, sourceUrl} = inquiry;
  return (
    <>
      <Typography id="details-heading" component="h2" variant="h2" gutterBottom>
        {subject === null ? translate('outreach.inquiry.message') : <bdi>{subject}</bdi>}
      </Typography>
      <Typography dir="auto" sx={{whiteSpace: 'pre-wrap', mb: 2}} data-field="message">
        {message}
      </Typography>
      <Box component="dl" sx={facts}>
        <Fact name="topic" value={inquiry.topic} />
        <Fact name="email" value={<Link href={`mailto:${encodeURIComponent(email)}`}>{email}</Link>} />
        <Fact name="phone" value={phone && <Link href={`tel:${encodeURIComponent(phone)}`}>{phone}</Link>} />
        <Fact name="company" value={company} />
        <Fact name="received" value={formatDateTime(inquiry.createdAt, locale)} />
        <Fact name="changed" value={formatDateTime(inquiry.updatedAt, locale)} />
        <Fact name="locale" value={inquiry.locale} />
        {/* As text: a link would open, with one click, what a stranger has sent. */}
        <Fact name="sourceUrl" value={sourceUrl} />
        <Fact name="privacyNoticeVersion" value={inquiry.privacyNoticeVersion} />
        <Fact name="spamReasons" value={spamReasons.join(', ')} />
        <Fact
          name="metadata"
          value={metadata && Object.entries(metadata).map(([key, value]) => <div key={key}>{`${key}: ${value}`}</div>)}
        />
      </Box>
    </>
  );
}

function Fact({name, value}: {name: string; value: ReactNode}) {
  const translate = useTranslate();
  if (value === null || value === '') return null;
  return (
    <div>
      <Typography component="dt" variant="body2" color="textSecondary">
        {translate(`outreach.inquiry.${name}`)}
      </Typography>
      <Typography component="dd" dir="auto" sx={{m: 0}}>
        {value}
      </Typography>
    </div>
  );
}

const facts = {
  display: 'grid',
  gap: 1.5,
  m: 0,
  gridTemplateColumns: {xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))'},
};
