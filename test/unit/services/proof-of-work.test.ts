// Proof of work: what ALTCHA's own library solves and verifies, bound to one token, by one of two keys, for an hour.
import {verifySolution} from 'altcha-lib';
import {deriveKey} from 'altcha-lib/algorithms/pbkdf2';
import {createHmac} from 'node:crypto';
import {
  CALM_TRIES,
  type Challenge,
  MOST_EFFORT,
  PROOF_MAX_AGE_MS,
  ProofOfWork,
} from '../../../src/services/guards/proof-of-work';
import {proofOf, prove, solve} from '../../helpers/proof-of-work';

const [OLD, NEW] = ['old-key-of-at-least-32-letters-0000', 'new-key-of-at-least-32-letters-0000'];
const [TOKEN, OTHER_TOKEN] = ['A'.repeat(46), 'B'.repeat(46)];
const CLIENT = {client: '192.0.2.1'};
const proofOfWork = new ProofOfWork({keys: [NEW]});
let challenge: Challenge;
let proof: string;

beforeAll(async () => {
  challenge = proofOfWork.challenge(TOKEN, CLIENT);
  proof = await prove(challenge);
});

test('a challenge that was solved is valid with its token, and with no other', () => {
  expect(proofOfWork.verify(proof, {token: TOKEN})).toBe('valid');
  expect(proofOfWork.verify(proof, {token: OTHER_TOKEN})).toBe('invalid');
  expect(proofOfWork.verify(proof, {token: ''})).toBe('invalid');
});

test('ALTCHA’s library takes it for its own', async () => {
  const secret = createHmac('sha256', NEW).update('outreach proof of work\0').update(TOKEN).digest('hex');
  const verified = await verifySolution({
    challenge,
    solution: await solve(challenge),
    deriveKey,
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  });
  expect(verified).toMatchObject({verified: true, expired: false});
});

test('the first key signs, and each verifies: a key can be replaced while its challenges are in use', async () => {
  const [old, both] = [new ProofOfWork({keys: [OLD]}), new ProofOfWork({keys: [NEW, OLD]})];
  const ofOld = await prove(old.challenge(TOKEN, CLIENT));
  const ofBoth = await prove(both.challenge(TOKEN, CLIENT));
  expect([both.verify(ofOld, {token: TOKEN}), both.verify(ofBoth, {token: TOKEN})]).toEqual(['valid', 'valid']);
  expect([proofOfWork.verify(ofOld, {token: TOKEN}), proofOfWork.verify(ofBoth, {token: TOKEN})]).toEqual([
    'invalid',
    'valid',
  ]);
});

test('it is good for an hour', () => {
  const {expiresAt} = challenge.parameters;
  const [last, late] = [expiresAt * 1000, expiresAt * 1000 + 1];
  expect(last - Date.now()).toBeGreaterThan(PROOF_MAX_AGE_MS - 120_000);
  expect(proofOfWork.verify(proof, {token: TOKEN, now: last})).toBe('valid');
  expect(proofOfWork.verify(proof, {token: TOKEN, now: late})).toBe('expired');
});

test('what was made easier, prolonged, guessed or borrowed is invalid', async () => {
  const solution = await solve(challenge);
  const with_ = (parameters: object) =>
    proofOf({...challenge, parameters: {...challenge.parameters, ...parameters}}, solution);
  const other = proofOfWork.challenge(TOKEN, CLIENT);
  const forged = {...solution, derivedKey: challenge.parameters.keyPrefix.padEnd(64, '0')};
  const proofs = [
    with_({cost: 1}),
    with_({keyPrefix: '00'}),
    with_({expiresAt: challenge.parameters.expiresAt + 1}),
    with_({keySignature: other.parameters.keySignature}),
    with_({more: 1}),
    proofOf({...challenge, signature: other.signature}, solution),
    proofOf(other, solution),
    proofOf(challenge, forged),
  ];
  expect(proofs.map(text => proofOfWork.verify(text, {token: TOKEN}))).toEqual(proofs.map(() => 'invalid'));
});

test.each([
  ['no base64', '!'.repeat(700)],
  ['no JSON', Buffer.from('{"challenge":').toString('base64')],
  ['no object', Buffer.from('null').toString('base64')],
  ['of other types', proofOf({parameters: {expiresAt: '1', keySignature: 1}, signature: {}}, [])],
  [
    'of odd digits',
    proofOf({parameters: {expiresAt: 1, keySignature: 'zz'}, signature: 'é'.repeat(64)}, {derivedKey: ''}),
  ],
  ['of the version before', Buffer.from('{"algorithm":"SHA-256","number":7}').toString('base64')],
  ['far too long', Buffer.from(' '.repeat(6000)).toString('base64')],
])('what is %s is invalid', (_, text) => {
  expect(proofOfWork.verify(text, {token: TOKEN})).toBe('invalid');
});

test('a proof with blanks that make it too long is not looked at', () => {
  const long = Buffer.from(Buffer.from(proof, 'base64').toString() + ' '.repeat(2000)).toString('base64');
  expect(proofOfWork.verify(long, {token: TOKEN})).toBe('invalid');
});

test.each([
  [0, 1],
  [0.2, 1],
  [1, 4],
  [2.5, 10],
  [1000, MOST_EFFORT],
])('at %s of the rate limit it takes %s times as long as in calm', async (pressure, effort) => {
  const asked: string[] = [];
  const rateLimit = {pressureOf: (client: string) => (asked.push(client), pressure)};
  const {counter} = await solve(new ProofOfWork({keys: [NEW], rateLimit}).challenge(TOKEN, CLIENT));
  expect(counter).toBeGreaterThanOrEqual((CALM_TRIES * effort) / 2);
  expect(counter).toBeLessThan(CALM_TRIES * effort);
  expect(asked).toEqual(['192.0.2.1']);
});
