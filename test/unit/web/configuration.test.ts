import {checkConfiguration} from '../../../web/src/configuration';

const good = {
  restUrl: 'https://rest.test',
  gatewayUrl: 'https://gateway.test',
  topics: ['sales'],
  developmentToken: 'a',
};
const oidc = {authority: 'https://issuer.test', clientId: 'b', scope: 'openid'};

test('a development token or an issuer makes a configuration', () => {
  expect(checkConfiguration(good)).toEqual(good);
  const withIssuer = {...good, developmentToken: undefined, oidc};
  expect(checkConfiguration(withIssuer)).toEqual(withIssuer);
});

test.each([
  ['https://rest.test/', 'https://rest.test'],
  ['https://rest.test/outreach//', 'https://rest.test/outreach'],
  ['https://rest.test/outreach', 'https://rest.test/outreach'],
])('REST at %s is asked below %s', (restUrl, asked) => {
  expect(checkConfiguration({...good, restUrl, gatewayUrl: 'https://gateway.test/'})).toEqual({
    ...good,
    restUrl: asked,
  });
});

test.each([
  [{...good, restUrl: undefined}, 'restUrl must be a URL'],
  [{...good, gatewayUrl: 'gateway'}, 'gatewayUrl must be a URL'],
  [{...good, gatewayUrl: 'wss://gateway.test'}, 'gatewayUrl must be a URL'],
  [{...good, gatewayUrl: 'https://gateway.test/live'}, 'gatewayUrl must have no path'],
  [{...good, restUrl: 'https://rest.test/?a=1'}, 'restUrl must have no query and no fragment'],
  [{...good, gatewayUrl: 'https://gateway.test#a'}, 'gatewayUrl must have no query and no fragment'],
  [{...good, topics: 'sales'}, 'topics must be a list of names'],
  [{...good, doubleOptIn: 'false'}, 'doubleOptIn must be true or false'],
  [{...good, oidc}, 'exactly one of oidc and developmentToken must be there'],
  [{...good, developmentToken: undefined}, 'exactly one of oidc and developmentToken must be there'],
  [{...good, developmentToken: undefined, oidc: {...oidc, clientId: 7}}, 'oidc.clientId must be a text'],
  [null, 'restUrl must be a URL'],
])('a wrong file is refused by the name of its field (%#)', (value, sentence) => {
  expect(() => checkConfiguration(value)).toThrow(`config.json: ${sentence}`);
});
