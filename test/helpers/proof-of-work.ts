// Solves challenges as a browser with ALTCHA does, by its own library.
import {solveChallenge} from 'altcha-lib';
import {deriveKey} from 'altcha-lib/algorithms/pbkdf2';
import {type Challenge, ProofOfWork} from '../../src/services/guards/proof-of-work';

/** The solution: its counter is how many were tried. */
export async function solve(challenge: Challenge) {
  const solution = await solveChallenge({challenge, deriveKey});
  if (!solution) throw new Error('The challenge took too long.');
  return solution;
}

/** What a form sends in the field `altcha`. */
export function proofOf(challenge: object, solution: object): string {
  return Buffer.from(JSON.stringify({challenge, solution})).toString('base64');
}

/** The same of a challenge that is not solved yet. */
export async function prove(challenge: Challenge): Promise<string> {
  return proofOf(challenge, await solve(challenge));
}

/** What outreach makes of a proof that a page has sent with this token. */
export function verdictOn(proof: string, {token, key}: {token: string; key: string}): string {
  return new ProofOfWork({keys: [key]}).verify(proof, {token});
}
