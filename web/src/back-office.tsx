// The application: react-admin with our providers, resources and frame. Each page is loaded when it is first shown.
import {QueryClient} from '@tanstack/react-query';
import {AdminContext, AdminUI, CustomRoutes, Resource} from 'react-admin';
import {Route} from 'react-router-dom';
import {createAuthProvider} from './authentication/auth-provider';
import type {Permissions} from './authentication/permissions';
import type {Session} from './authentication/session';
import {SignedOutPage} from './authentication/signed-out-page';
import type {Configuration} from './configuration';
import {i18nProvider} from './i18n/i18n-provider';
import {ApplicationProvider} from './layout/application-context';
import {OutermostErrorPage} from './layout/error-page';
import {Layout} from './layout/layout';
import {lazyPart} from './layout/lazy-part';
import {NotFoundPage, NothingAllowedPage} from './layout/not-found-page';
import {FeedProvider} from './live/feed';
import type {InquiryFeed} from 'outreach/client';
import {createPreferencesStore} from './preferences/preferences-store';
import type {OutreachDataProvider} from './rest/data-provider';
import {statusOf} from './rest/explain';
import {darkTheme, lightTheme} from './theme/themes';

const InquiryList = lazyPart(() => import('./inquiries/inquiry-list'));
const InquiryPage = lazyPart(() => import('./inquiries/inquiry-page'));
const SubscriptionList = lazyPart(() => import('./subscriptions/subscription-list'));
const SubscriptionPage = lazyPart(() => import('./subscriptions/subscription-page'));
const StatisticsPage = lazyPart(() => import('./statistics/statistics-page'));

const MAX_RETRIES = 2;
const READ_FAILED_AGAIN_AFTER_MS = 5000;

interface BackOfficeProps {
  configuration: Configuration;
  session: Session;
  permissions: Permissions;
  dataProvider: OutreachDataProvider;
  feed: InquiryFeed;
}

const store = createPreferencesStore();
// `always`: a browser that believes to be offline is asked all the same, and its refusal shows at once. Otherwise a change
// would wait until it is online again, and be written although somebody has cancelled it meanwhile.
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: 'always',
      refetchOnWindowFocus: false, // the feed does, and knows whether anything has changed
      retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
      refetchInterval: ({state: {status, error}}) =>
        status === 'error' && isPassing(error) ? READ_FAILED_AGAIN_AFTER_MS : false,
    },
    mutations: {networkMode: 'always'},
  },
});

/** Whether the same request may be answered in a moment: the service or the network is away, or there was too much. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status >= 500 || status === 429;
}

export function BackOffice({configuration, session, permissions, dataProvider, feed}: BackOfficeProps) {
  const {may, maySee} = permissions;
  return (
    <AdminContext
      dataProvider={dataProvider}
      authProvider={createAuthProvider(session, feed)}
      i18nProvider={i18nProvider}
      store={store}
      queryClient={queryClient}
      lightTheme={lightTheme}
      darkTheme={darkTheme}
    >
      <ApplicationProvider
        value={{
          ...permissions,
          topics: configuration.topics.filter(maySee),
          doubleOptIn: configuration.doubleOptIn ?? false,
          canSignOut: session.signOut !== undefined,
          signIn: () => void session.signIn(),
        }}
      >
        <FeedProvider value={feed}>
          <AdminUI
            layout={Layout}
            loginPage={SignedOutPage}
            error={OutermostErrorPage}
            catchAll={NotFoundPage}
            ready={NothingAllowedPage}
            disableTelemetry
          >
            {/* Also by its address without `show`, as people shorten it. */}
            {may('inquiries:read') && (
              <Resource name="inquiries" list={InquiryList} show={InquiryPage} edit={InquiryPage} />
            )}
            {may('subscriptions:read') && (
              <Resource name="subscriptions" list={SubscriptionList} show={SubscriptionPage} edit={SubscriptionPage} />
            )}
            {may('inquiries:read') && (
              <CustomRoutes>
                <Route path="/statistics" element={<StatisticsPage />} />
              </CustomRoutes>
            )}
          </AdminUI>
        </FeedProvider>
      </ApplicationProvider>
    </AdminContext>
  );
}
