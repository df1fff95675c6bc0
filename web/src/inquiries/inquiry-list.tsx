// The list of inquiries: filters, rows that stay up to date, triage of many, export.
import {useState} from 'react';
import {ListBase, useListContext, useTranslate} from 'react-admin';
import {ExportButton} from '../export/export-button';
import {useApplication} from '../layout/application-context';
import {PageHeading} from '../layout/page-heading';
import {useFeedSnapshot} from '../live/feed';
import {ListFrame, SILENT_QUERY} from '../lists/list-frame';
import {SteadyListProvider} from '../lists/steady-list';
import {useFilters} from '../lists/use-filters';
import {BulkResultsDialog} from './bulk-results-dialog';
import {InquiryFilters} from './inquiry-filters';
import {INQUIRY_LIST} from './inquiry-list-key';
import type {Inquiry} from './inquiry-requests';
import {InquiryRows} from './inquiry-rows';
import {MarkAllRead} from './mark-all-read';
import {useBulkTriage} from './use-bulk-triage';

const PER_PAGE = 25;

export default function InquiryList() {
  return (
    <ListBase<Inquiry>
      resource="inquiries"
      perPage={PER_PAGE}
      sort={{field: 'createdAt', order: 'DESC'}}
      storeKey={INQUIRY_LIST}
      disableSyncWithLocation // what is searched for may be personal: it stays out of addresses and the history
      exporter={false}
      queryOptions={SILENT_QUERY}
    >
      <SteadyListProvider>
        <Page />
      </SteadyListProvider>
    </ListBase>
  );
}

function Page() {
  const translate = useTranslate();
  const {may} = useApplication();
  const {sort} = useListContext<Inquiry>();
  const {values} = useFilters();
  const [isExporting, setExporting] = useState(false);
  const bulk = useBulkTriage();
  return (
    <>
      <PageHeading
        actions={
          <>
            <MarkAllRead />
            {may('inquiries:export') && (
              <ExportButton
                path="/inquiries/export.csv"
                name="inquiries"
                filter={values}
                order={sort.order}
                isOpen={isExporting}
                onOpen={setExporting}
              />
            )}
          </>
        }
      >
        {translate('outreach.pages.inquiries')}
      </PageHeading>
      <InquiryFilters />
      <ListFrame emptyText="outreach.emptyInquiries" outdatedBy={useOutdatedBy()}>
        <InquiryRows bulk={bulk} />
      </ListFrame>
      {bulk.outcome && <BulkResultsDialog outcome={bulk.outcome} onClose={bulk.close} />}
    </>
  );
}

// The list is read again when the feed says that something has changed: without the feed it may be outdated.
function useOutdatedBy(): string | undefined {
  const translate = useTranslate();
  const {status} = useFeedSnapshot();
  // What the account may not do, or that its sign-in has ended, is said above the page.
  return status === 'offline' ? translate('outreach.errors.unreachable') : undefined;
}
