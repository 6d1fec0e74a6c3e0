package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

/** Valid batches with a few bytes changed, their checksums right again, so that every check is reached. */
class HostileBatchTest extends ValidationTestBase {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void isRefusedOrReadByKafkaWithTheSameContent() {
        int[] accepts = new int[1];
        Seeds.forEach(4000, random -> {
            int magic = random.nextInt(5) == 0 ? random.nextInt(2) : 2;
            ByteBuf batch = Kafka.build(RecordIteratorTest.anyBatch(random, magic), SomeRecord.random(random, magic));
            damage(batch, random, 0);
            if (random.nextInt(5) > 0) {
                fixChecksums(batch);
            }
            int version = magic == 2 ? 7 + random.nextInt(7) : random.nextInt(3);
            if (validate(batch, anyRules(random), version) instanceof Accepted accepted) {
                List<SomeRecord> ours = new ArrayList<>();
                Records.forEach(accepted.batch(), record -> ours.add(SomeRecord.of(record)));
                assertThat(accepted.recordCount()).isEqualTo(ours.size());
                assertThat(Kafka.read(accepted.batch())).isEqualTo(ours);
                accepts[0]++;
            }
            batch.release();
        });
        assertDamageIsNotAlwaysFatal(accepts[0]);
    }

    @Test
    void isRefusedExactlyWhereKafkaCannotReadTheRecords() {
        int[] accepts = new int[1];
        Seeds.forEach(4000, random -> {
            ByteBuf batch = Kafka.build(Kafka.Batch.of(2, Compression.NONE), SomeRecord.random(random, 2));
            damage(batch, random, BatchHeader.HEADER_BYTES);
            fixChecksum(batch);
            boolean accepted = validate(batch, Rules.lenient(), NEWEST) instanceof Accepted;
            assertThat(accepted).isEqualTo(isReadableForKafka(batch));
            accepts[0] += accepted ? 1 : 0;
            batch.release();
        });
        assertDamageIsNotAlwaysFatal(accepts[0]);
    }

    @Test
    void costsMemoryInProportionToItsSize() {
        Seeds.forEach(500, random -> {
            ByteBuf batch = Kafka.build(RecordIteratorTest.anyBatch(random, 2), SomeRecord.random(random, 2));
            for (int i = 0; i < 3; i++) {
                damage(batch, random, 0);
                fixChecksums(batch);
            }
            PeakAllocator watched = new PeakAllocator();
            RecordRules rules = Rules.lenient().rules();
            // The first time loads classes, which is not the batch's doing.
            ByteBuf copy = batch.copy();
            validate(copy, Rules.lenient(), NEWEST);
            copy.release();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            BatchValidator.validate(batch, rules, NEWEST, Rules.NOW, watched);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).isLessThan(64 * 1024);
            assertThat(watched.peak()).isLessThan(64 * 1024 + 255L * batch.readableBytes());
            assertThat(watched.used()).isZero();
            batch.release();
        });
    }

    @Test
    void mayBeNoiseAltogether() {
        Seeds.forEach(2000, random -> {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            ByteBuf batch = Unpooled.directBuffer().writeBytes(noise);
            if (noise.length > 17) {
                batch.setByte(16, random.nextInt(3));
                batch.setLong(0, 0).setInt(8, random.nextInt(noise.length));
                fixChecksums(batch);
            }
            validate(batch, anyRules(random), random.nextInt(14));
            batch.release();
        });
    }

    /** Else the test would say nothing; a run of one seed says nothing about that. */
    private static void assertDamageIsNotAlwaysFatal(int accepted) {
        if (Long.getLong("barnabas.seed") == null) {
            assertThat(accepted).isBetween(400, 3600);
        }
    }

    private static void damage(ByteBuf batch, RandomGenerator random, int from) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int span = batch.readableBytes() - from;
            int at = from + random.nextInt(random.nextBoolean() ? span : Math.min(span, 100));
            switch (random.nextInt(3)) {
                case 0 -> batch.setByte(at, batch.getByte(at) ^ 1 << random.nextInt(8));
                case 1 -> batch.setByte(at, random.nextInt());
                default -> batch.setByte(at, random.nextBoolean() ? 0xFF : 1);
            }
        }
        if (random.nextInt(10) == 0 && batch.readableBytes() > 80) {
            batch.writerIndex(batch.readableBytes() - 1 - random.nextInt(15)).setInt(8, batch.readableBytes() - 12);
        }
    }

    private static void fixChecksums(ByteBuf batch) {
        int size = batch.readableBytes();
        if (size > BatchHeader.HEADER_BYTES && batch.getByte(16) == 2) {
            fixChecksum(batch);
        } else if (size > 26) {
            CRC32 crc = new CRC32();
            crc.update(batch.nioBuffer(16, Math.min(size, Math.max(26, BatchHeader.sizeInBytes(batch, 0))) - 16));
            batch.setInt(12, (int) crc.getValue());
        }
    }

    private static Rules anyRules(RandomGenerator random) {
        Rules rules = Rules.lenient().maxExpandedBytes(2_000_000);
        rules = random.nextInt(4) == 0 ? rules.logAppendTime() : rules;
        rules = random.nextInt(6) == 0 ? rules.compacted() : rules;
        rules = random.nextInt(6) == 0 ? rules.timestampsWithin(1_000_000, 1_000_000) : rules;
        return random.nextInt(4) == 0 ? rules.target(Compression.of(random.nextInt(5))) : rules;
    }

    private static boolean isReadableForKafka(ByteBuf batch) {
        byte[] copy = ByteBufUtil.getBytes(batch);
        try {
            for (RecordBatch one : Kafka.records(Unpooled.wrappedBuffer(copy)).batches()) {
                for (Record record : one) {
                    record.headers();
                }
            }
            return true;
        } catch (KafkaException unreadable) {
            return false;
        }
    }
}
