// What an application does with kafkajs. Argument: host:port. Prints a line a promise, exits with 1 at a broken one.
const assert = require('node:assert');
const { Kafka, logLevel, CompressionTypes } = require('kafkajs');

const kafka = new Kafka({ clientId: 'kafkajs-scenario', brokers: [process.argv[2]], logLevel: logLevel.ERROR });
const topic = 'kafkajs';
const COUNT = 100;

async function administers(admin) {
  assert.ok(await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] }));
  const described = await admin.fetchTopicMetadata({ topics: [topic] });
  assert.strictEqual(described.topics[0].partitions.length, 3);
  const cluster = await admin.describeCluster();
  assert.strictEqual(cluster.brokers.length, 1);
  console.log('ok admin');
}

async function produces() {
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  for (let i = 0; i < COUNT; i += 10) {
    const messages = Array.from({ length: 10 }, (_, j) => ({ key: `k${i + j}`, value: `v${i + j}`, headers: { n: `${i + j}` } }));
    await producer.send({ topic, messages, compression: i % 20 === 0 ? CompressionTypes.GZIP : CompressionTypes.None });
  }
  await producer.disconnect();
  console.log('ok produce');
}

async function consumes() {
  const consumer = kafka.consumer({ groupId: 'kafkajs-group' });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const seen = new Set();
  await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`only ${seen.size} records`)), 30000).unref();
    consumer.run({
      eachMessage: async ({ message }) => {
        assert.strictEqual(`v${message.headers.n}`, message.value.toString());
        seen.add(message.value.toString());
        if (seen.size === COUNT) resolve();
      },
    });
  });
  await consumer.disconnect();
  console.log('ok consume');
}

async function transacts(admin) {
  const target = 'kafkajs-transactions';
  await admin.createTopics({ topics: [{ topic: target, numPartitions: 2 }] });
  const producer = kafka.producer({ transactionalId: 'kafkajs-tx', idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (const end of ['abort', 'commit', 'abort', 'commit']) {
    const transaction = await producer.transaction();
    await transaction.send({ topic: target, messages: [{ value: `${end} 1`, partition: 0 }, { value: `${end} 2`, partition: 1 }] });
    await transaction.sendOffsets({
      consumerGroupId: `kafkajs-${end}`,
      topics: [{ topic, partitions: [{ partition: 0, offset: '7' }] }],
    });
    await transaction[end]();
  }
  await producer.disconnect();

  const [aborted] = await admin.fetchOffsets({ groupId: 'kafkajs-abort', topics: [topic] });
  assert.strictEqual(aborted.partitions[0].offset, '-1');
  const consumer = kafka.consumer({ groupId: 'kafkajs-transactions', readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topic: target, fromBeginning: true });
  const seen = [];
  await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`only ${seen}`)), 30000).unref();
    consumer.run({
      eachMessage: async ({ message }) => {
        seen.push(message.value.toString());
        if (seen.length === 4) resolve();
      },
    });
  });
  await consumer.disconnect();
  assert.deepStrictEqual(seen.sort(), ['commit 1', 'commit 1', 'commit 2', 'commit 2']);
  const [committed] = await admin.fetchOffsets({ groupId: 'kafkajs-commit', topics: [topic] });
  assert.strictEqual(committed.partitions[0].offset, '7');
  console.log('ok transactions');
}

async function checksOffsets(admin) {
  const ends = await admin.fetchTopicOffsets(topic);
  assert.strictEqual(ends.reduce((sum, p) => sum + Number(p.high), 0), COUNT);
  const [committed] = await admin.fetchOffsets({ groupId: 'kafkajs-group', topics: [topic] });
  assert.strictEqual(committed.partitions.reduce((sum, p) => sum + Number(p.offset), 0), COUNT);
  await admin.deleteGroups(['kafkajs-group']);
  await admin.deleteTopics({ topics: [topic] });
  console.log('ok offsets');
}

(async () => {
  const admin = kafka.admin();
  await admin.connect();
  await administers(admin);
  await produces();
  await consumes();
  await transacts(admin);
  await checksOffsets(admin);
  await admin.disconnect();
  console.log('done');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
