// What narrows the list of inquiries.
import {useRef} from 'react';
import {useTranslate} from 'react-admin';
import {useApplication} from '../layout/application-context';
import {FilterField} from '../lists/filter-field';
import {FilterForm} from '../lists/filter-form';
import {OrderField} from '../lists/order-field';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {INQUIRY_STATUSES} from './inquiry-requests';

export function InquiryFilters() {
  const translate = useTranslate();
  const {topics} = useApplication();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({'/': () => search.current?.focus()});
  const all = ['', translate('outreach.all')] as const;
  const searchField = (
    <FilterField
      source="q"
      type="search"
      label={translate('outreach.inquiry.search')}
      inputRef={search}
      sx={{gridColumn: {xs: '1 / -1', md: 'span 2'}}}
    />
  );
  return (
    <FilterForm first={searchField}>
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
    </FilterForm>
  );
}
