// What is shown for an address that leads nowhere, or that this person may not open; and when they may open none.
import {Button, Paper, Typography} from '@mui/material';
import {useTranslate} from 'react-admin';
import {Link} from 'react-router-dom';
import {Sentence} from '../authentication/signed-out-page';
import {useApplication} from './application-context';
import {useDocumentTitle} from './document-title';
import {PageHeading} from './page-heading';

/** In the frame of the other pages. */
export function NotFoundPage() {
  const translate = useTranslate();
  return (
    <>
      <PageHeading>{translate('outreach.notFound.title')}</PageHeading>
      <Paper variant="outlined" sx={{p: 3}}>
        <Typography sx={{mb: 2}}>{translate('outreach.notFound.text')}</Typography>
        <Button variant="contained" component={Link} to="/">
          {translate('outreach.notFound.start')}
        </Button>
      </Paper>
    </>
  );
}

/** For a sign-in that opens no page at all. */
export function NothingAllowedPage() {
  const translate = useTranslate();
  const {signIn} = useApplication();
  useDocumentTitle(translate('outreach.account.signIn'));
  return (
    <Sentence
      text={translate('outreach.account.nothingAllowed')}
      advice={translate('outreach.signIn.deniedAdvice')}
      action={translate('outreach.account.signInAgain')}
      onAction={signIn}
    />
  );
}
