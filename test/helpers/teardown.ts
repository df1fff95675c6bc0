// Stops what a test file started, newest first, also when a test failed. Helpers that start a thing register here.
const stops: (() => Promise<unknown>)[] = [];

/** Runs `stop` after the last test of the file. Stops must be safe to call twice. */
export function onTeardown(stop: () => Promise<unknown>): void {
  stops.push(stop);
}

afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
}, 30_000);
