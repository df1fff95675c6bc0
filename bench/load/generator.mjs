// The load generator's process: takes jobs by message, one after the other, and answers each with what it measured.
import {attack, oneByOne} from './attack.mjs';
import {closedLoop} from './closed-loop.mjs';
import {download} from './download.mjs';
import {poll} from './polling.mjs';
import {SocketLoad} from './sockets.mjs';
import {storm} from './storm.mjs';
import {Visitor} from './visitor.mjs';

const sockets = new SocketLoad();
const visitor = new Visitor();
const jobs = {
  closedLoop,
  poll,
  download,
  storm,
  openSockets: job => sockets.open(job),
  expectEvents: job => sockets.expect(job),
  closeSockets: () => sockets.close(),
  attack,
  oneByOne,
  observe: job => visitor.observe(job),
  visit: job => visitor.visit(job),
  leave: () => visitor.leave(),
};

process.on('message', ({kind, ...job}) => {
  jobs[kind](job).then(
    result => process.send({result}),
    error => process.send({error: String(error?.stack ?? error)}),
  );
});
process.on('disconnect', () => process.exit()); // the benchmark has gone
