// Where the service is and how people sign in: read from config.json beside the page, so that one build serves every
// environment. docs/operations.md describes the file.

/** How people sign in: OpenID Connect, authorization code with PKCE, as a public client. */
export interface OidcConfiguration {
  /** The issuer's address; its discovery document is below it. */
  authority: string;
  clientId: string;
  /** Space-separated: `openid`, the scopes of outreach, and `offline_access` for a refresh token. */
  scope: string;
  /** RFC 8707: the audience of the access token, for an issuer that requires the parameter. */
  resource?: string;
}

export interface Configuration {
  /** Without a slash at the end; a path is one that all of REST is below. */
  restUrl: string;
  /** Scheme, host and port alone: socket.io takes a path for another namespace. */
  gatewayUrl: string;
  /** What the filters and the chart offer, as INQUIRY_TOPICS has it. */
  topics: string[];
  /** DOUBLE_OPT_IN of the service: what its owner alone can confirm is not offered here. False when left out. */
  doubleOptIn?: boolean;
  oidc?: OidcConfiguration;
  /** Only `npm start` has one: whoever reads this file may do what it allows. */
  developmentToken?: string;
}

/** Reads the file. Throws with a sentence that names what is wrong with it. */
export async function loadConfiguration(): Promise<Configuration> {
  const response = await fetch('config.json', {cache: 'no-store'});
  if (!response.ok) throw new Error(`config.json was answered with ${response.status}`);
  return checkConfiguration(await response.json());
}

/** Returns the value as a configuration; throws with a sentence that names the first wrong field. */
export function checkConfiguration(value: unknown): Configuration {
  const fields = (value ?? {}) as Partial<Record<keyof Configuration, unknown>>; // each is checked below
  const restUrl = readAddress('restUrl', fields.restUrl);
  const gatewayUrl = readAddress('gatewayUrl', fields.gatewayUrl);
  if (new URL(gatewayUrl).pathname !== '/') {
    throw new Error('config.json: gatewayUrl must have no path: the gateway answers at the root of a host');
  }
  const {topics, doubleOptIn, developmentToken, oidc} = fields;
  if (!Array.isArray(topics) || !topics.every(topic => typeof topic === 'string')) {
    throw new Error('config.json: topics must be a list of names');
  }
  if (doubleOptIn !== undefined && typeof doubleOptIn !== 'boolean') {
    throw new Error('config.json: doubleOptIn must be true or false');
  }
  if ((oidc === undefined) === (developmentToken === undefined)) {
    throw new Error('config.json: exactly one of oidc and developmentToken must be there');
  }
  if (oidc !== undefined) checkOidc(oidc);
  return {...(value as Configuration), restUrl, gatewayUrl}; // checked above
}

/** Without slashes at the end, to which paths are added. */
function readAddress(name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`config.json: ${name} must be a URL`);
  if (url.search !== '' || url.hash !== '') throw new Error(`config.json: ${name} must have no query and no fragment`);
  return url.href.replace(/\/+$/, '');
}

function checkOidc(value: unknown): void {
  const fields = (value ?? {}) as Partial<Record<keyof OidcConfiguration, unknown>>; // each is checked below
  for (const name of ['authority', 'clientId', 'scope'] as const) {
    if (typeof fields[name] !== 'string') throw new Error(`config.json: oidc.${name} must be a text`);
  }
}
