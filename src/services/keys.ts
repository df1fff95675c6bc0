// Binding keys of what the services are configured with.
import {BindingKey} from '@loopback/core';
import type {SubmissionMetrics} from './submission-metrics';

export const ServiceBindings = {
  /** The topics that an inquiry may have (INQUIRY_TOPICS). */
  INQUIRY_TOPICS: BindingKey.create<readonly string[]>('outreach.inquiry-topics'),
  /** How long an export waits for its reader (EXPORT_IDLE_TIMEOUT_MS). */
  EXPORT_IDLE_TIMEOUT_MS: BindingKey.create<number>('outreach.export-idle-timeout-ms'),
  SUBMISSION_METRICS: BindingKey.create<SubmissionMetrics>('outreach.submission-metrics'),
} as const;
