// What could not be read, why, and trying again.
import {Alert, Button} from '@mui/material';
import {useTranslate} from 'react-admin';
import {explain, statusOf} from '../rest/explain';

interface ReadFailureProps {
  /** The key of a text with `%{detail}`. */
  text: string;
  error: unknown;
  onRetry: () => void;
}

/** Nothing where the sign-in has ended: that is said once, above every page. */
export function ReadFailure({text, error, onRetry}: ReadFailureProps) {
  const translate = useTranslate();
  if (statusOf(error) === 401) return null;
  return (
    <Alert severity="error" sx={{mb: 2}} action={<Button onClick={onRetry}>{translate('outreach.retry')}</Button>}>
      {translate(text, {detail: explain(error, translate)})}
    </Alert>
  );
}
