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
import {type InquiryStatus, NEXT_STATUSES} from './inquiry-requests';
import type {TriageField} from './inquiry-requests';
import {type Conflict, labelOf, toValues, type TriageValues} from './use-triage';

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
  // From where they have led it, my status may be no step any more.
  const isPossible = (name: TriageField, side: 'theirs' | 'mine') =>
    name !== 'status' || side === 'theirs' || NEXT_STATUSES[theirs.status].includes(mine.status as InquiryStatus);
  const sideOf = (name: TriageField) => chosen[name] ?? (isPossible(name, 'mine') ? 'mine' : 'theirs');
  const show = (name: TriageField, value: string) => {
    if (name === 'status') return translate(`outreach.status.${value}`);
    return value || translate('outreach.inquiry.unassigned');
  };
  const labelOfSide = (name: TriageField, side: 'theirs' | 'mine') => {
    const label = translate(`outreach.conflict.${side}`, {value: show(name, sides[side][name])});
    return isPossible(name, side) ? label : `${label} (${translate('outreach.conflict.notPossible')})`;
  };
  const save = () => {
    const values = fields.map(name => [name, sides[sideOf(name)][name]]);
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
                value={sideOf(name)}
                onChange={(_, side) => setChosen({...chosen, [name]: side})}
              >
                {(['theirs', 'mine'] as const).map(side => (
                  <FormControlLabel
                    key={side}
                    value={side}
                    disabled={!isPossible(name, side)}
                    control={<Radio size="small" />}
                    label={labelOfSide(name, side)}
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
