// What a refused token sets off: no renewal of its own, and no question that the feed would ask anyway.
import {createAuthProvider} from '../../../web/src/authentication/auth-provider';
import type {Session} from '../../../web/src/authentication/session';
import {givenScriptedFeed} from '../../helpers/scripted-service';

test('a 401 has the feed find out once; what else is refused after that asks nobody anything', async () => {
  const {feed, rest, clock, goLive} = await givenScriptedFeed();
  await goLive();
  let renewals = 0;
  const session: Session = {
    start: () => Promise.resolve('signed-in'),
    getToken: () => Promise.resolve('token'),
    renew: () => Promise.resolve(++renewals > 0),
    signIn: () => Promise.resolve(),
    userName: () => undefined,
  };
  const {checkError} = createAuthProvider(session, feed);
  rest.failing = () => new Response('{}', {status: 401});
  await checkError({status: 403});
  await clock.advance(0);
  expect(feed.snapshot().status).toBe('live');
  await checkError({status: 401});
  await clock.advance(0);
  expect(feed.snapshot().status).toBe('unauthorized');
  const asked = rest.requests.length;
  await checkError({status: 401});
  await clock.advance(0);
  expect([rest.requests.length - asked, renewals]).toEqual([0, 0]);
});
