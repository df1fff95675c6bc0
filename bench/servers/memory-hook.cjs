// Loaded into every server under test: on a message it collects garbage and sends what is left. It also ends the server
// when the benchmark has gone without stopping it.
process.on('message', () => {
  global.gc();
  global.gc();
  const {heapUsed, rss, external} = process.memoryUsage();
  process.send({heapUsed, rss, external});
});
process.on('disconnect', () => process.exit(1));
process.channel.unref(); // the server alone decides how long it lives
