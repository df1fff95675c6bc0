// What is shown in place of a page that failed: calm, with what to do, and nothing of how it failed (the console has
// that). Most often a new release has taken away a file of the page, and loading anew is all it takes.
import {Box, Button, Paper, Typography} from '@mui/material';
import type {ReactNode} from 'react';
import {useResetErrorBoundaryOnLocationChange, useTranslate} from 'react-admin';
import {Link} from 'react-router-dom';
import {FailureBoundary} from './failure-boundary';
import {PageHeading} from './page-heading';

interface ErrorPageProps {
  /** Shows what failed again; called when one goes to another page. */
  resetErrorBoundary: (reason?: unknown) => void;
}

/** Around a page in the frame, so that the other pages can still be reached. */
export function PageBoundary({children}: {children: ReactNode}) {
  return <FailureBoundary fallback={reset => <ErrorPage resetErrorBoundary={reset} />}>{children}</FailureBoundary>;
}

/** For what fails outside of a page. */
export function OutermostErrorPage(props: ErrorPageProps) {
  return (
    <Box component="main" sx={{maxWidth: 640, mx: 'auto', p: 2, pt: {xs: 6, sm: 12}}}>
      <ErrorPage {...props} />
    </Box>
  );
}

function ErrorPage({resetErrorBoundary}: ErrorPageProps) {
  const translate = useTranslate();
  useResetErrorBoundaryOnLocationChange(resetErrorBoundary);
  return (
    <Paper variant="outlined" role="alert" id="error-page" sx={{p: 3}}>
      <PageHeading>{translate('outreach.failure.title')}</PageHeading>
      <Typography sx={{mb: 2}}>{translate('outreach.failure.text')}</Typography>
      <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1}}>
        <Button variant="contained" onClick={() => location.reload()}>
          {translate('outreach.failure.reload')}
        </Button>
        <Button component={Link} to="/inquiries">
          {translate('outreach.back')}
        </Button>
      </Box>
    </Paper>
  );
}
