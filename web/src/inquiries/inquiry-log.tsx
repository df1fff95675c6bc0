// Notes and changes of an inquiry, newest first, and the field for a new note.
import {Alert, Box, Button, Paper, TextField, Typography} from '@mui/material';
import {useInfiniteQuery, useQueryClient} from '@tanstack/react-query';
import {useEffect, useRef, useState} from 'react';
import {useDataProvider, useLocaleState, useNotify, useTranslate} from 'react-admin';
import {useDraft} from '../drafts/use-draft';
import {formatDateTime} from '../i18n/dates';
import {useApplication} from '../layout/application-context';
import {ReadFailure} from '../layout/read-failure';
import type {OutreachDataProvider} from '../rest/data-provider';
import {explain} from '../rest/explain';
import type {Activity} from './inquiry-requests';
import {WATCHED} from './watch-inquiry';

/** `version` of the inquiry: a new one means that there are new entries. */
export function InquiryLog({id, version}: {id: string; version: number}) {
  const translate = useTranslate();
  const {may} = useApplication();
  const provider = useDataProvider<OutreachDataProvider>();
  const queryKey = ['inquiries', 'activity', id];
  const {data, error, hasNextPage, fetchNextPage, refetch} = useInfiniteQuery({
    queryKey,
    queryFn: ({pageParam}) => provider.listActivity(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({next}) => next,
    ...WATCHED,
  });
  useEffect(() => void refetch(), [version, refetch]);
  const entries = data?.pages.flatMap(page => page.entries) ?? [];
  return (
    <Paper variant="outlined" component="section" aria-labelledby="log-heading" sx={{p: 2}}>
      <Typography id="log-heading" component="h2" variant="h2" gutterBottom>
        {translate('outreach.notes.title')}
      </Typography>
      {may('inquiries:triage') && <NewNote key={id} id={id} queryKey={queryKey} />}
      {error && <ReadFailure text="outreach.notes.failed" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Typography role="status">{translate('outreach.loading')}</Typography>}
      {data && entries.length === 0 && <Typography>{translate('outreach.notes.empty')}</Typography>}
      <Box component="ol" role="list" sx={{m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5}}>
        {entries.map(entry => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Box>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{translate('outreach.notes.more')}</Button>}
    </Paper>
  );
}

function Entry({entry}: {entry: Activity}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {kind, actor, from, to, note, createdAt} = entry;
  const show = (value: string | null) => {
    if (value === null) return translate('outreach.inquiry.unassigned');
    return kind === 'status' ? translate(`outreach.status.${value}`) : value;
  };
  const field = translate(kind === 'status' ? 'outreach.status.label' : `outreach.inquiry.${kind}`);
  return (
    <li data-kind={kind}>
      <Typography variant="body2" color="textSecondary">
        {kind === 'note'
          ? translate('outreach.notes.note', {actor})
          : translate('outreach.notes.change', {actor, field, from: show(from), to: show(to)})}
        {' · '}
        <time dateTime={createdAt}>{formatDateTime(createdAt, locale)}</time>
      </Typography>
      {note !== null && (
        <Typography dir="auto" sx={{whiteSpace: 'pre-wrap'}}>
          {note}
        </Typography>
      )}
    </li>
  );
}

function NewNote({id, queryKey}: {id: string; queryKey: string[]}) {
  const translate = useTranslate();
  const notify = useNotify();
  const provider = useDataProvider<OutreachDataProvider>();
  const queries = useQueryClient();
  const [note = '', keepNote] = useDraft<string>(`note.${id}`);
  const setNote = (text: string) => keepNote(text || undefined);
  const typed = useRef(note);
  typed.current = note;
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    setError(undefined);
    try {
      await provider.addNote(id, note);
      if (typed.current === note) setNote(''); // what was typed stays until it is stored, and so does what came after
      notify(translate('outreach.notes.added'), {type: 'success'});
      await queries.invalidateQueries({queryKey});
    } catch (failure) {
      setError(failure);
    }
    setSending(false);
  };
  const submit = (event: {preventDefault(): void}) => {
    event.preventDefault();
    if (!isSending && note.trim() !== '') void send();
  };
  return (
    <Box component="form" onSubmit={submit} sx={{display: 'grid', gap: 1, justifyItems: 'start', mb: 2, pt: 1}}>
      <TextField
        multiline
        fullWidth
        minRows={2}
        label={translate('outreach.notes.label')}
        value={note}
        onChange={event => setNote(event.target.value)}
      />
      {error !== undefined && <Alert severity="error">{explain(error, translate)}</Alert>}
      {/* Not `disabled`, which takes the focus away from who has just pressed it. */}
      <Button type="submit" variant="outlined" aria-disabled={note.trim() === '' || isSending}>
        {translate('outreach.notes.add')}
      </Button>
    </Box>
  );
}
