// The list of subscriptions: filters, rows, the status, export. No event announces new ones, so it refreshes by itself
// while it is visible, and shows how old it is.
import {Typography} from '@mui/material';
import {useEffect, useRef, useState} from 'react';
import {useListContext, useTranslate} from 'react-admin';
import {ExportButton} from '../export/export-button';
import {useApplication} from '../layout/application-context';
import {focusHeading, PageHeading} from '../layout/page-heading';
import {FilterField} from '../lists/filter-field';
import {FilterForm} from '../lists/filter-form';
import {ListFrame} from '../lists/list-frame';
import {OrderField} from '../lists/order-field';
import {SteadyListBase} from '../lists/steady-list';
import {useFilters} from '../lists/use-filters';
import {AsOf} from '../live/as-of';
import type {ListMeta} from '../rest/data-provider';
import {StatusDialog} from './status-dialog';
import {SUBSCRIPTION_STATUSES, type Subscription, WATCHED} from './subscription-requests';
import {SubscriptionRows} from './subscription-rows';

export default function SubscriptionList() {
  return (
    <SteadyListBase resource="subscriptions" queryOptions={WATCHED}>
      <Page />
    </SteadyListBase>
  );
}

function Page() {
  const translate = useTranslate();
  const {may} = useApplication();
  const list = useListContext<Subscription>();
  const {readAt} = (list.meta ?? {}) as ListMeta; // of our data provider
  const {values} = useFilters();
  const [isExporting, setExporting] = useState(false);
  const [changing, setChanging] = useState<Subscription>();
  const focusAfter = useFocusAfter(changing, values.status !== undefined);
  return (
    <>
      <PageHeading
        actions={
          may('subscriptions:export') &&
          !values.email && ( // an export is not narrowed to an address: that would be in its URL
            <ExportButton
              path="/subscriptions/export.csv"
              name="subscriptions"
              filter={values}
              order={list.sort.order}
              isOpen={isExporting}
              onOpen={setExporting}
            />
          )
        }
      >
        {translate('outreach.pages.subscriptions')}
      </PageHeading>
      <Filters />
      {readAt !== undefined && (
        <Typography id="age" variant="body2" color="textSecondary" sx={{mb: 1}}>
          <AsOf at={readAt} />
        </Typography>
      )}
      <ListFrame emptyText="outreach.emptySubscriptions">
        <SubscriptionRows onChange={setChanging} />
      </ListFrame>
      {changing && (
        <StatusDialog
          subscription={changing}
          status="unsubscribed"
          onClose={() => setChanging(undefined)}
          onChanged={() => {
            focusAfter(changing);
            setChanging(undefined);
          }}
        />
      )}
    </>
  );
}

/**
 * Once the dialog is closed, the focus goes to the row: its button goes with the status. To the heading where the row goes
 * too, as from a list of one status.
 */
function useFocusAfter(changing: Subscription | undefined, isOfOneStatus: boolean): (changed: Subscription) => void {
  const changed = useRef<Subscription>(undefined);
  useEffect(() => {
    if (changing || !changed.current) return;
    const row = document.querySelector<HTMLElement>(`#subscriptions li[data-id="${changed.current.id}"]`);
    changed.current = undefined;
    if (row && !isOfOneStatus) row.focus();
    else focusHeading();
  }, [changing, isOfOneStatus]);
  return subscription => void (changed.current = subscription);
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
  const emailField = (
    <FilterField
      source="email"
      type="email"
      label={translate('outreach.subscription.search')}
      sx={{gridColumn: {xs: '1 / -1', md: 'span 2'}}}
    />
  );
  return (
    <FilterForm first={emailField}>
      {statusField}
      <FilterField source="list" label={translate('outreach.subscription.list')} />
      <FilterField source="createdFrom" type="date" label={translate('outreach.from')} />
      <FilterField source="createdTo" type="date" label={translate('outreach.to')} />
      <OrderField />
    </FilterForm>
  );
}
