// Newest or oldest first: the two orders that every list of the service has.
import {TextField} from '@mui/material';
import {useListContext, useTranslate} from 'react-admin';

export function OrderField() {
  const translate = useTranslate();
  const {sort, setSort} = useListContext();
  return (
    <TextField
      select
      label={translate('outreach.sort')}
      value={sort.order}
      onChange={event => setSort({field: 'createdAt', order: event.target.value === 'ASC' ? 'ASC' : 'DESC'})}
      slotProps={{select: {native: true}}}
    >
      <option value="DESC">{translate('outreach.newest')}</option>
      <option value="ASC">{translate('outreach.oldest')}</option>
    </TextField>
  );
}
