// What narrows the list of inquiries.
import {Box, Button} from '@mui/material';
import {useRef} from 'react';
import {useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {FilterField} from '../lists/filter-field';
import {useFilters} from '../lists/use-filters';
import {OrderField} from '../lists/order-field';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {INQUIRY_STATUSES} from './inquiry-requests';

export function InquiryFilters() {
  const translate = useTranslate();
  const {topics} = useApplication();
  const {isFiltered, clear} = useFilters();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({'/': () => search.current?.focus()});
  const all = ['', translate('outreach.all')] as const;
  return (
    <Box component="form" role="search" aria-label={translate('outreach.filters')} onSubmit={keepPage} sx={filterGrid}>
      <FilterField
        source="q"
        type="search"
        label={translate('outreach.inquiry.search')}
        inputRef={search}
        sx={{gridColumn: {xs: '1 / -1', md: 'span 2'}}}
      />
      <FilterField
        source="status"
        label={translate('outreach.status.label')}
        choices={[all, ...INQUIRY_STATUSES.map(status => [status, translate(`outreach.status.${status}`)] as const)]}
      />
      <FilterField
        source="topic"
        label={translate('outreach.inquiry.topic')}
        choices={[all, ...topics.map(topic => [topic, topic] as const)]}
      />
      <FilterField source="assignee" label={translate('outreach.inquiry.assignee')} />
      <FilterField source="createdFrom" type="date" label={translate('outreach.from')} />
      <FilterField source="createdTo" type="date" label={translate('outreach.to')} />
      <OrderField />
      {isFiltered && <Button onClick={clear}>{translate('outreach.clearFilters')}</Button>}
    </Box>
  );
}

function keepPage(event: {preventDefault(): void}): void {
  event.preventDefault(); // Enter has nothing to send: what is typed applies by itself
}

export const filterGrid = {
  display: 'grid',
  gridTemplateColumns: {
    xs: 'repeat(2, minmax(0, 1fr))',
    sm: 'repeat(3, minmax(0, 1fr))',
    md: 'repeat(5, minmax(0, 1fr))',
  },
  gap: 1.5,
  mb: 2,
};
