// What breaks while the back office is open. Each fault begins while visitors submit, and ends while they still do;
// one that has no end stays.
import type {FullSystem, FullSystemOptions} from './full-system';

export interface Fault {
  /** As the table of docs/guarantees.md names it. */
  title: string;
  given?: FullSystemOptions;
  begin: (system: FullSystem) => Promise<void>;
  end: (system: FullSystem) => Promise<void>;
}

const stays = (): Promise<void> => Promise.resolve();

export const FAULTS: readonly Fault[] = [
  {title: 'nothing', begin: stays, end: stays},
  {title: 'Redis is killed and stays away', begin: ({redis}) => redis.kill(), end: stays},
  {
    title: 'Redis is frozen, and thaws',
    begin: async ({redis}) => redis.freeze(),
    end: async ({redis}) => redis.thaw(),
  },
  {
    title: 'both gateways are killed, and one is started again',
    begin: system => system.killGateways('all'),
    end: system => system.startGateway(),
  },
  {title: 'one of two gateways goes away', begin: system => system.killGateways('one'), end: stays},
  {title: 'REST is killed and started again', begin: system => system.killRest(), end: system => system.startRest()},
  {title: 'the page is offline, and back', begin: system => system.goOffline(), end: system => system.goOnline()},
  {title: 'tokens expire every five seconds', given: {tokenSeconds: 5}, begin: stays, end: stays},
];
