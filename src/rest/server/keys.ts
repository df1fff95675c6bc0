// Binding keys of the REST glue. Those of the sequence and the access guard are beside the classes, which inject these.
import {BindingKey} from '@loopback/core';
import type {RestServer} from '@loopback/rest';
import type {Claims} from '../../access/claims';
import type {AllowedOrigins} from '../../platform/allowed-origins';
import type {TokenVerifier} from '../../platform/token-verifier';
import type {CommonHeaders} from '../http/common-headers';
import type {ClientSource} from './client-address';
import type {HttpMetrics} from './http-metrics';
import type {SubmissionLimiter} from './submission-limiter';

export const RestGlueBindings = {
  /** An OutreachRestServer, as `restServer` of the application is. */
  SERVER: BindingKey.create<RestServer>('servers.RestServer'),
  COMMON_HEADERS: BindingKey.create<CommonHeaders>('outreach.rest.common-headers'),
  /** In the context of a request whose route needs a scope: the claims of its token. */
  CLAIMS: BindingKey.create<Claims>('outreach.rest.claims'),
  VERIFY_TOKEN: BindingKey.create<TokenVerifier<Claims>>('outreach.rest.verify-token'),
  /** Origins whose pages may send forms and be redirected back to (ALLOWED_ORIGINS). */
  ALLOWED_ORIGINS: BindingKey.create<AllowedOrigins>('outreach.rest.allowed-origins'),
  HTTP_METRICS: BindingKey.create<HttpMetrics>('outreach.rest.http-metrics'),
  SUBMISSION_LIMITER: BindingKey.create<SubmissionLimiter>('outreach.rest.submission-limiter'),
  /** By what requests say who their client is (TRUST_PROXY_HOPS, CLIENT_ADDRESS_HEADER). */
  CLIENT_SOURCE: BindingKey.create<ClientSource>('outreach.rest.client-source'),
  /** Is the OpenAPI document served? */
  OPENAPI_ENABLED: BindingKey.create<boolean>('outreach.rest.openapi-enabled'),
  /** After how many milliseconds of its stop the server closes connections that still wait for an answer. */
  FORCED_CLOSE_MS: BindingKey.create<number>('outreach.rest.forced-close-ms'),
  /** Where metrics and health are served. */
  INTERNAL_ADDRESS: BindingKey.create<{host: string; port: number}>('outreach.rest.internal-address'),
} as const;
