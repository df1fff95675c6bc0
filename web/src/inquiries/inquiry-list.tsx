// The list of inquiries: filters, rows that stay up to date, triage of many, export.
import {Button} from '@mui/material';
import {useState} from 'react';
import {useListContext, useTranslate} from 'react-admin';
import {ExportButton} from '../export/export-button';
import {useApplication} from '../layout/application-context';
import {focusHeading, PageHeading} from '../layout/page-heading';
import {useFeedSnapshot} from '../live/feed';
import {useUnread} from '../live/unread';
import {ListFrame} from '../lists/list-frame';
import {SteadyListBase} from '../lists/steady-list';
import {useFilters} from '../lists/use-filters';
import {BulkResultsDialog} from './bulk-results-dialog';
import {InquiryFilters} from './inquiry-filters';
import type {Inquiry} from './inquiry-requests';
import {InquiryRows} from './inquiry-rows';
import {useBulkTriage} from './use-bulk-triage';

export default function InquiryList() {
  return (
    <SteadyListBase resource="inquiries">
      <Page />
    </SteadyListBase>
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

// There only while something is unread.
function MarkAllRead() {
  const translate = useTranslate();
  const {ids, clear} = useUnread();
  const markAll = () => {
    focusHeading(); // the button goes
    clear();
  };
  return ids.length > 0 ? <Button onClick={markAll}>{translate('outreach.live.markRead')}</Button> : null;
}

// The list is read again when the feed says that something has changed: without the feed it may be outdated.
function useOutdatedBy(): string | undefined {
  const translate = useTranslate();
  const {status} = useFeedSnapshot();
  // What the account may not do, or that its sign-in has ended, is said above the page.
  return status === 'offline' ? translate('outreach.errors.unreachable') : undefined;
}
