// What breaks while the back office is open. Each fault begins while visitors submit, and ends while they still do;
// one that has no end stays.
import type {Scene, SceneOptions} from './full-system';

export interface Fault {
  /** As the table of docs/guarantees.md names it. */
  title: string;
  given?: SceneOptions;
  begin: (scene: Scene) => Promise<void>;
  end: (scene: Scene) => Promise<void>;
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
    begin: scene => scene.killGateways('all'),
    end: scene => scene.startGateway(),
  },
  {title: 'one of two gateways goes away', begin: scene => scene.killGateways('one'), end: stays},
  {title: 'REST is killed and started again', begin: scene => scene.killRest(), end: scene => scene.startRest()},
  {title: 'the page is offline, and back', begin: scene => scene.goOffline(), end: scene => scene.goOnline()},
  {title: 'tokens expire every five seconds', given: {tokenSeconds: 5}, begin: stays, end: stays},
];
