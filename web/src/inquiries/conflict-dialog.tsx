// After a 412: for each field that both have changed, theirs or mine.
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControl,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from '@mui/material';
import {useState} from 'react';
import {useTranslate} from 'react-admin';
import {type Conflict, labelOf, toValues, type TriageField, type TriageValues} from './use-triage';

interface ConflictDialogProps {
  conflict: Conflict;
  /** Gets what shall be saved on top of their version. */
  onChoose: (values: TriageValues) => void;
  onClose: () => void;
}

export function ConflictDialog({conflict, onChoose, onClose}: ConflictDialogProps) {
  const translate = useTranslate();
  const {theirs, mine, fields} = conflict;
  const [chosen, setChosen] = useState<Partial<Record<TriageField, 'theirs' | 'mine'>>>({});
  const sides = {theirs: toValues(theirs), mine};
  const show = (name: TriageField, value: string) => {
    if (name === 'status') return translate(`outreach.status.${value}`);
    return value || translate('outreach.inquiry.unassigned');
  };
  const save = () => {
    const values = fields.map(name => [name, sides[chosen[name] ?? 'mine'][name]]);
    onChoose({...sides.theirs, ...(Object.fromEntries(values) as Partial<TriageValues>)}); // names of fields
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="conflict-title" fullWidth maxWidth="xs">
      <DialogTitle id="conflict-title">{translate('outreach.conflict.title')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography>{translate('outreach.conflict.text')}</Typography>
          {fields.map(name => (
            <FormControl key={name}>
              <FormLabel id={`conflict-${name}`}>{translate(labelOf(name))}</FormLabel>
              <RadioGroup
                aria-labelledby={`conflict-${name}`}
                name={`conflict-${name}`}
                value={chosen[name] ?? 'mine'}
                onChange={(_, side) => setChosen({...chosen, [name]: side})}
              >
                {(['theirs', 'mine'] as const).map(side => (
                  <FormControlLabel
                    key={side}
                    value={side}
                    control={<Radio size="small" />}
                    label={translate(`outreach.conflict.${side}`, {value: show(name, sides[side][name])})}
                  />
                ))}
              </RadioGroup>
            </FormControl>
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('outreach.cancel')}</Button>
        <Button variant="contained" onClick={save}>
          {translate('outreach.conflict.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
