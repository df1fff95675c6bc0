// The typed REST client: paths, parameters, bodies and answers as docs/openapi.json has them, over the platform's own
// fetch, in browsers and in Node. It never throws for an answer: `{data}` or `{error}`, which is a problem (RFC 9457).
import createClient, {type Client} from 'openapi-fetch';
import type {components, operations, paths} from './rest-api';

export {eachRecipient, mailLinks} from './recipients';
export type {MailLinks, Recipient, RecipientQuery} from './recipients';
export type {components, operations, paths};

/** The body of every error: problem details (RFC 9457) with a pointer to each field that is wrong. */
export type Problem = components['schemas']['Problem'];

/** The client: `client.GET('/inquiries/{id}', {params: {path: {id}}})`. */
export type RestClient = Client<paths>;

export interface RestClientOptions {
  /** Where outreach answers, without a slash at the end. */
  restUrl: string;
  /** Asked before each request, so that it can refresh the token; without one, only public routes answer. */
  getToken?: () => string | undefined | Promise<string | undefined>;
  /** Another fetch, for instance with retries. */
  fetch?: (request: Request) => Promise<Response>;
}

/** Rejects only when there is no answer at all, as fetch does. The token goes nowhere but to `restUrl`. */
export function createRestClient({restUrl, getToken, fetch}: RestClientOptions): RestClient {
  const client = createClient<paths>({baseUrl: restUrl, ...(fetch && {fetch})});
  client.use({
    onRequest: async ({request}) => {
      const token = await getToken?.();
      if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
      return request;
    },
  });
  return client;
}
