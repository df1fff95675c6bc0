// Loaded into every server under test: on a message it collects garbage and tells what is left.
process.on('message', () => {
  global.gc();
  global.gc();
  const {heapUsed, rss, external} = process.memoryUsage();
  process.send({heapUsed, rss, external});
});
process.channel.unref(); // the server alone decides how long it lives
