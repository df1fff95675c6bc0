// Stands where the client's feed will be: asks REST on a timer.
import type {RestClient} from 'outreach/client';
import type {Inquiry} from '../inquiries/inquiry-requests';

export interface FeedSnapshot {
  inquiries: readonly Inquiry[];
  status: 'live' | 'catching-up' | 'polling' | 'offline' | 'unauthorized';
  updatedAt: number | undefined;
  failure?: string;
}
export interface Toast {
  inquiryId: string;
  topic: string;
  receivedAt: string;
}
export interface InquiryFeed {
  subscribe: (listener: (snapshot: FeedSnapshot) => void) => () => void;
  snapshot: () => FeedSnapshot;
  ageMs: () => number;
  onToast: (listener: (toast: Toast) => void) => () => void;
  refresh: () => void;
  close: () => void;
}

export function createInquiryFeed({rest}: {rest: RestClient}): InquiryFeed {
  const listeners = new Set<(snapshot: FeedSnapshot) => void>();
  const toasts = new Set<(toast: Toast) => void>();
  let snapshot: FeedSnapshot = {inquiries: [], status: 'catching-up', updatedAt: undefined};
  const read = async () => {
    const {data} = await rest.GET('/inquiries', {params: {query: {limit: 25, order: 'newest'}}});
    if (!data) return;
    const known = new Set(snapshot.inquiries.map(({id}) => id));
    if (snapshot.updatedAt) {
      for (const {id, topic, createdAt} of data) {
        if (!known.has(id)) toasts.forEach(listener => listener({inquiryId: id, topic, receivedAt: createdAt}));
      }
    }
    snapshot = {inquiries: data, status: 'live', updatedAt: Date.now()};
    listeners.forEach(listener => listener(snapshot));
  };
  void read();
  const timer = setInterval(() => void read(), 2000);
  return {
    subscribe: listener => (listeners.add(listener), () => listeners.delete(listener)),
    snapshot: () => snapshot,
    ageMs: () => Date.now() - (snapshot.updatedAt ?? 0),
    onToast: listener => (toasts.add(listener), () => toasts.delete(listener)),
    refresh: () => void read(),
    close: () => clearInterval(timer),
  };
}
