package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.DataRequests.fetch;
import static io.barnabas.compat.differential.DataRequests.from;
import static io.barnabas.compat.differential.DataRequests.produce;
import static io.barnabas.compat.differential.RecordSets.TIME;
import static io.barnabas.compat.differential.RecordSets.at;
import static io.barnabas.compat.differential.RecordSets.batch;
import static io.barnabas.compat.differential.RecordSets.changed;
import static io.barnabas.compat.differential.RecordSets.changedInt;
import static io.barnabas.compat.differential.RecordSets.changedLong;
import static io.barnabas.compat.differential.RecordSets.keyless;
import static io.barnabas.compat.differential.RecordSets.ofKafka;
import static io.barnabas.compat.differential.RecordSets.several;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Producing, with good records of every format and with damaged ones; and the ids of idempotent producers. */
@ExtendWith(BothBrokers.class)
class ProduceDifferenceTest {
    private static final int FORMAT_2_FROM = 3;

    @Test
    void producingIsAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("produce", ApiKey.PRODUCE, (play, version) -> {
            String topic = "produce-" + version;
            Uuid id = play.topic(topic, 2);
            play.ask("one", version, produce(topic, 0, good(version, "a")));
            play.ask("more", version, produce(topic, 0, good(version, "b", "c")));
            play.ask(
                    "acks of one",
                    version,
                    produce(topic, 0, good(version, "d")).acks((short) 1));
            play.tell(
                    "acks of none",
                    version,
                    produce(topic, 0, good(version, "e")).acks((short) 0));
            play.ask("after it", version, produce(topic, 0, good(version, "f")));
            play.ask(
                    "acks of two",
                    version,
                    produce(topic, 0, good(version, "g")).acks((short) 2));
            play.ask(
                    "acks of -2", version, produce(topic, 0, good(version, "g")).acks((short) -2));
            play.tell(
                    "acks of none, to nobody",
                    version,
                    produce("none-" + topic, 0, good(version, "h")).acks((short) 0));
            play.ask(
                    "no patience",
                    version,
                    produce(topic, 0, good(version, "i")).timeoutMs(0));
            play.ask("unknown topic", version, produce("none-" + topic, 0, good(version, "x")));
            play.ask("unknown partition", version, produce(topic, 2, good(version, "x")));
            play.ask("negative partition", version, produce(topic, -1, good(version, "x")));
            play.ask("bad name", version, produce("a/b", 0, good(version, "x")));
            play.ask("no name", version, produce("", 0, good(version, "x")));
            play.ask("internal topic", version, produce("__consumer_offsets", 0, good(version, "x")));
            play.ask("nothing", version, new ProduceRequest().acks((short) -1).timeoutMs(5_000));
            ProduceRequest both = produce(topic, 1, good(version, "j"));
            both.topicData()
                    .addAll(produce("none-" + topic, 0, good(version, "x")).topicData());
            play.ask("two topics", version, both);
            ProduceRequest twice = produce(topic, 1, good(version, "k"));
            twice.topicData()
                    .get(0)
                    .partitionData()
                    .addAll(produce(topic, 0, good(version, "l"))
                            .topicData()
                            .get(0)
                            .partitionData());
            play.ask("two partitions", version, twice);
            play.ask("fetched", 12, fetch(topic, id, from(0, 0), from(1, 0)));
        });
    }

    @Test
    @Acceptance(48)
    void formatsAndCodecsAreTakenAlike(SideBySide brokers) {
        brokers.everyVersion("formats", ApiKey.PRODUCE, (play, version) -> {
            String topic = "formats-" + version;
            Uuid id = play.topic(topic, 1);
            for (byte magic = 0; magic <= 2; magic++) {
                for (CompressionType codec : CompressionType.values()) {
                    if (codec != CompressionType.ZSTD) {
                        ByteBuf records = ofKafka(magic, Compression.of(codec).build(), "one", "two", "three");
                        play.ask("format " + magic + " " + codec, version, produce(topic, 0, records));
                    }
                }
            }
            play.topic(topic + "-zstd", 1);
            ByteBuf zstd = ofKafka((byte) 2, Compression.zstd().build(), "one", "two", "three");
            play.ask("zstd", version, produce(topic + "-zstd", 0, zstd));
            play.ask("fetched", 12, fetch(topic, id, from(0, 0)));
        });
    }

    @Test
    void damagedRecordsAreRefusedAlike(SideBySide brokers) {
        brokers.everyVersion("damaged", ApiKey.PRODUCE, (play, version) -> {
            String topic = "damaged-" + version;
            Uuid id = play.topic(topic, 1);
            play.topic(topic + "-compacted", 1, "cleanup.policy", "compact");
            play.topic(topic + "-small", 1, "max.message.bytes", "100");
            play.ask("empty", version, produce(topic, 0, Unpooled.EMPTY_BUFFER));
            play.ask("cut off in the header", version, produce(topic, 0, batch().slice(0, 40)));
            play.ask("cut off in the length", version, produce(topic, 0, batch().slice(0, 10)));
            play.ask("cut off in a record", version, produce(topic, 0, cut(batch())));
            play.ask(
                    "bytes after it",
                    version,
                    produce(topic, 0, several(batch(), Unpooled.wrappedBuffer(new byte[5]))));
            play.ask("two batches", version, produce(topic, 0, several(batch(), batch())));
            play.ask("checksum", version, produce(topic, 0, flipped(batch(), 17)));
            play.ask("a bit in the records", version, produce(topic, 0, flipped(batch(), 65)));
            play.ask("format 3", version, produce(topic, 0, changed(16, 3, batch())));
            play.ask("format -1", version, produce(topic, 0, changed(16, -1, batch())));
            play.ask("length zero", version, produce(topic, 0, changedInt(8, 0, batch())));
            play.ask("negative length", version, produce(topic, 0, changedInt(8, -1, batch())));
            play.ask("length too large", version, produce(topic, 0, changedInt(8, 1_000, batch())));
            play.ask("codec 5", version, produce(topic, 0, changed(22, 5, batch())));
            play.ask("codec 7", version, produce(topic, 0, changed(22, 7, batch())));
            play.ask("codec said, not used", version, produce(topic, 0, changed(22, 1, batch())));
            play.ask("control batch", version, produce(topic, 0, changed(22, 0x20, batch())));
            play.ask("transactional without a producer", version, produce(topic, 0, changed(22, 0x10, batch())));
            play.ask("append time said", version, produce(topic, 0, changed(22, 0x08, batch())));
            play.ask("delete horizon said", version, produce(topic, 0, changed(22, 0x40, batch())));
            play.ask("unknown attribute", version, produce(topic, 0, changed(21, 0x40, batch())));
            play.ask("base offset", version, produce(topic, 0, changedLong(0, 5, batch())));
            play.ask("negative base offset", version, produce(topic, 0, changedLong(0, -5, batch())));
            play.ask("leader epoch", version, produce(topic, 0, changedInt(12, 7, batch())));
            play.ask("last offset delta", version, produce(topic, 0, changedInt(23, 4, batch())));
            play.ask("negative last offset delta", version, produce(topic, 0, changedInt(23, -1, batch())));
            play.ask("record count", version, produce(topic, 0, changedInt(57, 2, batch())));
            play.ask("record count zero", version, produce(topic, 0, changedInt(57, 0, batch())));
            play.ask("negative record count", version, produce(topic, 0, changedInt(57, -1, batch())));
            play.ask("record too long", version, produce(topic, 0, changed(61, 0x40, batch())));
            play.ask("record too short", version, produce(topic, 0, changed(61, 0x08, batch())));
            play.ask("negative record", version, produce(topic, 0, changed(61, 0x03, batch())));
            play.ask("record's attributes", version, produce(topic, 0, changed(62, 0x01, batch())));
            play.ask("record's offset", version, produce(topic, 0, changed(64, 0x02, batch())));
            play.ask("key too long", version, produce(topic, 0, changed(65, 0x40, batch())));
            play.ask("key shorter", version, produce(topic, 0, changed(65, 0x02, batch())));
            play.ask("headers that are not", version, produce(topic, 0, changed(70, 0x02, batch())));
            play.ask("negative headers", version, produce(topic, 0, changed(70, 0x01, batch())));
            play.ask("sequence without producer", version, produce(topic, 0, changedInt(53, 3, batch())));
            play.ask("producer without epoch", version, produce(topic, 0, changedLong(43, 7, batch())));
            play.ask("no key where compacted", version, produce(topic + "-compacted", 0, keyless()));
            play.ask("too large", version, produce(topic + "-small", 0, batch("v".repeat(100))));
            play.ask("fetched", 12, fetch(topic, id, from(0, 0)));
        });
    }

    @Test
    @Acceptance(42)
    void timesAreTakenAlike(SideBySide brokers) {
        brokers.everyVersion("times", ApiKey.PRODUCE, (play, version) -> {
            String topic = "times-" + version;
            Uuid id = play.topic(topic, 1);
            String strict = topic + "-strict";
            play.topic(
                    strict,
                    1,
                    "message.timestamp.before.max.ms",
                    "86400000",
                    "message.timestamp.after.max.ms",
                    "3600000");
            play.topic(topic + "-stamped", 1, "message.timestamp.type", "LogAppendTime");
            for (String where : new String[] {topic, strict}) {
                play.ask("none in " + where, version, produce(where, 0, at(-1)));
                play.ask("negative in " + where, version, produce(where, 0, at(-2)));
                play.ask("zero in " + where, version, produce(where, 0, at(0)));
                play.ask("two days ago in " + where, version, produce(where, 0, at(TIME - 172_800_000)));
                play.ask("in two days in " + where, version, produce(where, 0, at(TIME + 172_800_000)));
                play.ask("the last in " + where, version, produce(where, 0, at(Long.MAX_VALUE)));
            }
            play.ask("stamped", version, produce(topic + "-stamped", 0, at(TIME)));
            play.ask("stamped, old format", version, produce(topic + "-stamped", 0, good(version, "a")));
            play.ask("largest time wrong", version, produce(topic, 0, changedLong(35, TIME + 5, batch())));
            play.ask("fetched", 12, fetch(topic, id, from(0, 0)));
        });
    }

    @Test
    @Acceptance(51)
    void idempotentProducersAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("idempotent", ApiKey.PRODUCE, (play, version) -> {
            String topic = "idempotent-" + version;
            play.topic(topic, 1);
            long id = play.until("id", 4, ids(), InitProducerIdResponse.class, answer -> answer.errorCode() == 0)
                    .producerId();
            play.ask("first", version, produce(topic, 0, batch(id, (short) 0, 0, "a")));
            play.ask("next", version, produce(topic, 0, batch(id, (short) 0, 1, "b", "c")));
            play.ask("again", version, produce(topic, 0, batch(id, (short) 0, 1, "b", "c")));
            play.ask("the first again", version, produce(topic, 0, batch(id, (short) 0, 0, "a")));
            play.ask("a gap", version, produce(topic, 0, batch(id, (short) 0, 9, "d")));
            play.ask("half of one again", version, produce(topic, 0, batch(id, (short) 0, 1, "b")));
            play.ask("next epoch, wrong start", version, produce(topic, 0, batch(id, (short) 1, 3, "e")));
            play.ask("next epoch", version, produce(topic, 0, batch(id, (short) 1, 0, "f")));
            play.ask("epoch of the past", version, produce(topic, 0, batch(id, (short) 0, 3, "g")));
            play.ask("negative epoch", version, produce(topic, 0, batch(id, (short) -1, 3, "g")));
            play.ask("negative sequence", version, produce(topic, 0, batch(id, (short) 1, -1, "g")));
            play.ask("unknown producer", version, produce(topic, 0, batch(id + 1_000_000, (short) 0, 5, "h")));
            play.ask(
                    "several batches of two",
                    version,
                    produce(topic, 0, several(batch(id, (short) 1, 1, "j"), batch(id, (short) 1, 2, "k"))));
        });
        brokers.everyVersion("producer ids", ApiKey.INIT_PRODUCER_ID, (play, version) -> {
            play.until("new", version, ids(), InitProducerIdResponse.class, answer -> answer.errorCode() == 0);
            play.ask("another", version, ids());
            play.ask("no timeout", version, ids().transactionTimeoutMs(0));
            play.ask("negative timeout", version, ids().transactionTimeoutMs(-1));
            if (version >= 3) {
                play.ask("with an id", version, ids().producerId(5).producerEpoch((short) 1));
                play.ask("with an id and no epoch", version, ids().producerId(5));
                play.ask("with an epoch and no id", version, ids().producerEpoch((short) 1));
            }
        });
    }

    private static InitProducerIdRequest ids() {
        return new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(60_000);
    }

    /** In the format that clients of this version write. */
    private static ByteBuf good(int version, String... values) {
        return version >= FORMAT_2_FROM
                ? batch(values)
                : ofKafka((byte) (version == 2 ? 1 : 0), Compression.NONE, values);
    }

    private static ByteBuf cut(ByteBuf batch) {
        return batch.slice(0, batch.readableBytes() - 3);
    }

    private static ByteBuf flipped(ByteBuf batch, int at) {
        return batch.setByte(at, batch.getByte(at) ^ 1);
    }
}
