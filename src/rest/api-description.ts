// The part of the OpenAPI document that no route owns.
import type {OpenApiSpec} from '@loopback/rest';

export const API_DESCRIPTION: OpenApiSpec = {
  openapi: '3.0.3',
  info: {
    title: 'outreach',
    version: '0.1.0',
    description: 'Captures inquiries and subscriptions from a public site and shows them to the back office at once.',
  },
  servers: [{url: '/'}],
  paths: {},
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'RFC 9068 claims: sub, scope, topics.',
      },
    },
  },
};
