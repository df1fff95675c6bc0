// The list of subscriptions: filters, rows, the status, export.
import {useState} from 'react';
import {ListBase, useListContext, useTranslate} from 'react-admin';
import {ExportButton} from '../export/export-button';
import {PageHeading} from '../layout/page-heading';
import {FilterField} from '../lists/filter-field';
import {FilterForm} from '../lists/filter-form';
import {ListFrame} from '../lists/list-frame';
import {OrderField} from '../lists/order-field';
import {useFilters} from '../lists/use-filters';
import {SUBSCRIPTION_STATUSES, type Subscription} from './subscription-requests';
import {SubscriptionRows} from './subscription-rows';

export default function SubscriptionList() {
  return (
    <ListBase<Subscription>
      resource="subscriptions"
      perPage={25}
      sort={{field: 'createdAt', order: 'DESC'}}
      storeKey="subscriptions.list"
      disableSyncWithLocation
      exporter={false}
    >
      <Page />
    </ListBase>
  );
}

function Page() {
  const translate = useTranslate();
  const {sort} = useListContext();
  const {values} = useFilters();
  const [isExporting, setExporting] = useState(false);
  return (
    <>
      <PageHeading
        actions={
          <ExportButton
            path="/subscriptions/export.csv"
            name="subscriptions"
            filter={values}
            order={sort.order}
            isOpen={isExporting}
            onOpen={setExporting}
          />
        }
      >
        {translate('outreach.pages.subscriptions')}
      </PageHeading>
      <Filters />
      <ListFrame emptyText="outreach.emptySubscriptions">
        <SubscriptionRows />
      </ListFrame>
    </>
  );
}

function Filters() {
  const translate = useTranslate();
  const statuses = SUBSCRIPTION_STATUSES.map(status => [status, translate(`outreach.status.${status}`)] as const);
  const statusField = (
    <FilterField
      source="status"
      label={translate('outreach.status.label')}
      choices={[['', translate('outreach.all')], ...statuses]}
    />
  );
  return (
    <FilterForm first={statusField}>
      <FilterField source="list" label={translate('outreach.subscription.list')} />
      <FilterField source="createdFrom" type="date" label={translate('outreach.from')} />
      <FilterField source="createdTo" type="date" label={translate('outreach.to')} />
      <OrderField />
    </FilterForm>
  );
}
