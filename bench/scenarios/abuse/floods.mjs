// The floods, in the order in which they come: whom they hit, and the attacker's job (bench/load/attack.mjs).

/** How many flood where a visitor must hardly notice. */
export const FEW = 32;
const MANY = 1300;
const PIPELINED = 6000;

const flood = (connections, what, more) => ({manner: 'flood', connections, what, ...more});

/**
 * By name. `isMany` are those beside which nobody may be refused and probes are answered; `needsRows` asks for what is
 * stored; the short form has those that are `quick`.
 */
export const FLOODS = [
  {name: '32 connections', on: 'rest', job: flood(FEW, 'inquiries'), quick: true},
  {name: '32 connections, 17 KB of CJK', on: 'rest', job: flood(FEW, 'ideographs')},
  {name: '1,300 connections', on: 'rest', job: flood(MANY, 'inquiries'), isMany: true, quick: true},
  {name: 'a pipeline of 6,000', on: 'rest', job: flood(1, 'inquiries', {depth: PIPELINED}), isMany: true, quick: true},
  {name: '8 connections, accents and keys', on: 'rest', job: flood(8, 'accents and keys')},
  {name: '200 that never read', on: 'rest', job: {manner: 'unread', connections: 200}, needsRows: true},
  {name: '200 whose headers drip', on: 'rest', job: {manner: 'drip', connections: 200}},
  {name: '2,000 that are silent', on: 'rest', job: {manner: 'idle', connections: 2000}},
  {name: '32 connections, subscriptions', on: 'rest', job: flood(FEW, 'subscriptions')},
  {name: '32 connections, 404, /ready, 401', on: 'rest', job: flood(FEW, 'refusals')},
  {name: '8 WebSockets, pings', on: 'gateway', job: {manner: 'pings', connections: 8}},
  {name: '50 WebSockets, 100 CONNECTs each', on: 'gateway', job: {manner: 'connects', connections: 50}},
  {name: '32 WebSockets, forged tokens', on: 'gateway', job: {manner: 'forgedTokens', connections: 32}},
  {name: '1,000 WebSockets, no CONNECT', on: 'gateway', job: {manner: 'silent', connections: 1000}},
];

/** Beside these a visitor must not wait much longer than alone. */
export const isFew = ({on, job}) => on === 'rest' && job.manner === 'flood' && job.connections === FEW;
