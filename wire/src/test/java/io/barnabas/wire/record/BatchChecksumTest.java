package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class BatchChecksumTest {
    @Test
    void findsEveryFlippedBitBehindTheChecksum() {
        Seeds.forEach(300, random -> {
            int magic = random.nextInt(3);
            ByteBuf batch = Kafka.build(Kafka.Batch.of(magic, Compression.GZIP), SomeRecord.random(random, magic));
            int size = BatchHeader.wholeBatchSize(batch, 0, batch.writerIndex());
            assertThat(BatchChecksum.matches(batch, 0, size)).isTrue();
            int from = magic == 2 ? 17 : 12;
            int at = from + random.nextInt(size - from);
            if (at != 16) {
                batch.setByte(at, batch.getByte(at) ^ 1 << random.nextInt(8));
                assertThat(BatchChecksum.matches(batch, 0, size)).isFalse();
            }
            batch.release();
        });
    }
}
