// What is left when nobody is signed in, or when the start failed: what is so, what to do, and one button.
import {Box, Button, Paper, Typography} from '@mui/material';
import {useLogin, useTranslate} from 'react-admin';

/** As react-admin's sign-in page, after the session has ended. */
export function SignedOutPage() {
  const translate = useTranslate();
  const login = useLogin();
  return (
    <Sentence
      text={translate('outreach.account.signedOut')}
      action={translate('outreach.account.signIn')}
      onAction={() => void login({})}
    />
  );
}

interface SentenceProps {
  text: string;
  /** What to do about it. */
  advice?: string;
  action: string;
  onAction: () => void;
}

export function Sentence({text, advice, action, onAction}: SentenceProps) {
  return (
    <Box component="main" sx={{maxWidth: 480, mx: 'auto', p: 2, pt: {xs: 6, sm: 12}}}>
      <Paper variant="outlined" sx={{p: 3}}>
        <Typography component="h1" variant="h1" gutterBottom>
          outreach
        </Typography>
        <Typography role={advice === undefined ? undefined : 'alert'} sx={{mb: 2}}>
          {text}
        </Typography>
        {advice !== undefined && <Typography sx={{mb: 2}}>{advice}</Typography>}
        <Button variant="contained" onClick={onAction}>
          {action}
        </Button>
      </Paper>
    </Box>
  );
}
