// A small real OpenID provider on loopback, with its own sign-in and consent pages; whoever signs in is let in.
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import Provider from 'oidc-provider';
import {onTeardown} from './teardown';

export interface OidcIssuer {
  url: string;
  /** Grant types that the token endpoint has answered with a token, oldest first. */
  grants: string[];
  /** Whether it gives refresh tokens; true unless a test says otherwise. */
  givesRefreshTokens: boolean;
}

export interface OidcIssuerOptions {
  /** The back office's address. */
  page: string;
  audience: string;
  /** What the audience's tokens may hold. */
  scope: string;
  accessTokenSeconds: number;
}

/** The client is called `back-office`, is public, and must use PKCE. */
export async function givenOidcIssuer(options: OidcIssuerOptions): Promise<OidcIssuer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  // It warns of what makes it unfit for production, at start and at first use.
  for (const method of ['warn', 'info'] as const) jest.spyOn(console, method).mockImplementation();
  const issuer: OidcIssuer = {url, grants: [], givesRefreshTokens: true};
  const issueRefreshToken = () => Promise.resolve(issuer.givesRefreshTokens);
  const provider = new Provider(url, {...configurationOf(options), issueRefreshToken});
  provider.on('grant.success', ({oidc}) => issuer.grants.push(String(oidc.params?.grant_type)));
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return issuer;
}

function configurationOf({page, audience, scope, accessTokenSeconds}: OidcIssuerOptions) {
  return {
    clients: [
      {
        client_id: 'back-office',
        token_endpoint_auth_method: 'none' as const,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [page],
        post_logout_redirect_uris: [`${page}?signed-out`],
      },
    ],
    cookies: {keys: ['test']},
    clientBasedCORS: () => true,
    pkce: {required: () => true},
    conformIdTokenClaims: false,
    claims: {openid: ['sub'], profile: ['name']},
    findAccount: (_: unknown, id: string) => ({accountId: id, claims: () => ({sub: id, name: `The ${id}`})}),
    features: {
      devInteractions: {enabled: true},
      revocation: {enabled: true},
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience,
          accessTokenFormat: 'jwt' as const,
          accessTokenTTL: accessTokenSeconds,
        }),
      },
    },
  };
}
