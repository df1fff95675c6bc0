// A field of a filter form: applies itself while one types or chooses.
import {TextField, type TextFieldProps} from '@mui/material';
import {useEffect, useRef, useState} from 'react';
import {useTranslate} from 'react-admin';
import {useFilters} from './use-filters';

const TYPING_PAUSE_MS = 300;
/** Years of four digits, and none of those that a date field passes through while one is typed (0002, 0020, 0202). */
const DAYS = {min: '2000-01-01', max: '9999-12-31'};
/** With a dot in its domain, as the service asks for one. */
const WHOLE_ADDRESS = {pattern: '.+@.+[.].+', maxLength: 254};

type FilterFieldProps = Pick<TextFieldProps, 'type' | 'label' | 'sx' | 'inputRef'> & {
  source: string;
  /** A choice of these (value and text) instead of free text; the first stands for "all". */
  choices?: (readonly [string, string])[];
};

export function FilterField({source, choices, type, ...props}: FilterFieldProps) {
  const translate = useTranslate();
  const {values, set} = useFilters();
  const applied = values[source] ?? '';
  const [typed, setTyped] = useState(applied);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => setTyped(applied), [applied]); // cleared from outside
  useEffect(() => () => clearTimeout(pause.current), []);

  // After the pause the list may have another order or other filters: what is set goes on top of those.
  const latest = useRef(set);
  latest.current = set;
  const apply = (value: string) => {
    latest.current(source, value || undefined);
  };
  const change = (value: string, isValid: boolean) => {
    setTyped(value);
    clearTimeout(pause.current);
    if (isValid) setRefused(false);
    else return; // half a date is none: the list stays as it is until it is one
    if (choices || type === 'date') apply(value);
    else pause.current = setTimeout(() => apply(value), TYPING_PAUSE_MS);
  };
  return (
    <TextField
      {...props}
      type={type}
      name={source}
      value={typed}
      onChange={event => change(event.target.value, event.target.validity.valid)}
      onBlur={event => setRefused(!event.target.validity.valid)}
      error={isRefused}
      helperText={isRefused && translate(type === 'email' ? 'outreach.noEmail' : 'outreach.noDate')}
      select={choices !== undefined}
      slotProps={{
        ...(type === 'date' && {htmlInput: DAYS}),
        ...(type === 'email' && {htmlInput: {...WHOLE_ADDRESS, autoComplete: 'off'}}),
        inputLabel: {shrink: choices !== undefined || type === 'date' || undefined},
        ...(choices && {select: {native: true}}),
      }}
    >
      {choices?.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </TextField>
  );
}
