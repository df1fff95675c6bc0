// The application: react-admin with our providers, resources and frame. Each page is loaded when it is first shown.
import {QueryClient} from '@tanstack/react-query';
import {lazy} from 'react';
import {AdminContext, AdminUI, CustomRoutes, Resource} from 'react-admin';
import {Route} from 'react-router-dom';
import {createAuthProvider} from './authentication/auth-provider';
import type {Session} from './authentication/session';
import {SignedOutPage} from './authentication/signed-out-page';
import type {Configuration} from './configuration';
import {i18nProvider} from './i18n/i18n-provider';
import {ApplicationProvider} from './layout/application-context';
import {OutermostErrorPage} from './layout/error-page';
import {Layout} from './layout/layout';
import {FeedProvider} from './live/feed';
import type {InquiryFeed} from 'outreach/client';
import {createPreferencesStore} from './preferences/preferences-store';
import {createDataProvider} from './rest/data-provider';
import {type Service, statusOf} from './rest/service';
import {darkTheme, lightTheme} from './theme/themes';

const InquiryList = lazy(() => import('./inquiries/inquiry-list'));
const InquiryPage = lazy(() => import('./inquiries/inquiry-page'));
const SubscriptionList = lazy(() => import('./subscriptions/subscription-list'));
const StatisticsPage = lazy(() => import('./statistics/statistics-page'));

const MAX_RETRIES = 2;

export interface BackOfficeProps {
  configuration: Configuration;
  session: Session;
  service: Service;
  feed: InquiryFeed;
}

const store = createPreferencesStore();
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false, // the feed does, and knows whether anything has changed
      retry: (failures, error) => failures < MAX_RETRIES && statusOf(error) >= 500,
    },
  },
});

export function BackOffice({configuration, session, service, feed}: BackOfficeProps) {
  return (
    <AdminContext
      dataProvider={createDataProvider(service)}
      authProvider={createAuthProvider(session, feed)}
      i18nProvider={i18nProvider}
      store={store}
      queryClient={queryClient}
      lightTheme={lightTheme}
      darkTheme={darkTheme}
    >
      <ApplicationProvider
        value={{
          topics: configuration.topics,
          canSignOut: session.signOut !== undefined,
          signIn: () => void session.signIn(),
        }}
      >
        <FeedProvider value={feed}>
          <AdminUI layout={Layout} loginPage={SignedOutPage} error={OutermostErrorPage} disableTelemetry>
            <Resource name="inquiries" list={InquiryList} show={InquiryPage} />
            <Resource name="subscriptions" list={SubscriptionList} />
            <CustomRoutes>
              <Route path="/statistics" element={<StatisticsPage />} />
            </CustomRoutes>
          </AdminUI>
        </FeedProvider>
      </ApplicationProvider>
    </AdminContext>
  );
}
