// As `lb4 app` writes it: index.ts of a generated application, which says where it listens.
import {PeerApplication} from './application';

async function main(): Promise<void> {
  const app = new PeerApplication({
    rest: {
      port: Number(process.env.PORT),
      host: '127.0.0.1',
      gracePeriodForClose: 1000,
      openApiSpec: {setServersFromRequest: true},
    },
  });
  await app.boot();
  await app.start();
  console.log(`listening at ${app.restServer.url}`);
}

main().catch((error: unknown) => {
  console.error('Cannot start the application.', error);
  process.exit(1);
});
