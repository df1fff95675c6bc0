// The list of inquiries: filters, rows that stay up to date, triage of many, export.
import {useState} from 'react';
import {ListBase, useListContext, useTranslate} from 'react-admin';
import {ExportButton} from '../export/export-button';
import {useApplication} from '../layout/application-context';
import {PageHeading} from '../layout/page-heading';
import {ListFrame} from '../lists/list-frame';
import {useFilters} from '../lists/use-filters';
import {BulkTriage} from './bulk-triage';
import {InquiryFilters} from './inquiry-filters';
import type {Inquiry} from './inquiry-requests';
import {InquiryRows} from './inquiry-rows';
import {MarkAllRead} from './mark-all-read';

const PER_PAGE = 25;

export default function InquiryList() {
  return (
    <ListBase<Inquiry>
      resource="inquiries"
      perPage={PER_PAGE}
      sort={{field: 'createdAt', order: 'DESC'}}
      storeKey="inquiries.list"
      disableSyncWithLocation // what is searched for may be personal: it stays out of addresses and the history
      exporter={false}
    >
      <Page />
    </ListBase>
  );
}

function Page() {
  const translate = useTranslate();
  const {may} = useApplication();
  const {sort} = useListContext<Inquiry>();
  const {values} = useFilters();
  const [isExporting, setExporting] = useState(false);
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
      {may('inquiries:triage') && <BulkTriage />}
      <ListFrame emptyText="outreach.emptyInquiries">
        <InquiryRows />
      </ListFrame>
    </>
  );
}
