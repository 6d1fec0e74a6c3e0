package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that keep an older format than the newest; what lies in the log is read with Kafka's own classes. */
class StoredFormatTest {
    private static final Compression[] CODECS = {Compression.NONE, Compression.GZIP, Compression.SNAPPY, Compression.LZ4
    };

    @TempDir
    Path root;

    @Test
    @Acceptance(102)
    void storesRecordsInTheFormatThatTheTopicAsksFor() {
        Seeds.forEach(60, random -> {
            LogFixture fixture = fixture(random, random.nextInt(2));
            fixture.openNew();
            List<String> sent = new ArrayList<>();
            for (int batches = 1 + random.nextInt(8); batches > 0; batches--) {
                long first = sent.size();
                Appended appended = fixture.appended(batch(random, sent));
                assertThat(appended.baseOffset()).isEqualTo(first);
                assertThat(appended.lastOffset()).isEqualTo(sent.size() - 1);
            }
            check(fixture, sent);
            assertThat(fixture.log.leaderEpochs().latestEpoch()).isEqualTo(-1);
            fixture.openAfterCrash(0);
            check(fixture, sent);
            fixture.config = LogConfig.defaults();
            fixture.closeAndOpen();
            assertThat(fixture.appended(TestBatches.batch(9, "newer")).baseOffset())
                    .isEqualTo(sent.size());
        });
    }

    @Test
    void refusesWhatOldFormatsHaveNoPlaceFor() throws IOException {
        LogFixture fixture = fixture(Seeds.random(1), 1);
        fixture.openNew();
        assertThat(refusal(fixture, TestBatches.idempotent(7, 0, 0, 2, 1_000)))
                .isEqualTo(ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT);
        assertThat(refusal(fixture, TestBatches.transactional(7, 0, 0, 1_000)))
                .isEqualTo(ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT);
        ByteBuf zstd = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, Compression.ZSTD, 3)
                .append(1_000, null, TestBatches.bytes("z"))
                .build();
        assertThat(refusal(fixture, TestBatches.heap(zstd))).isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
        assertThat(fixture.log.logEndOffset()).isZero();
    }

    private LogFixture fixture(RandomGenerator random, int format) throws IOException {
        LogConfig config = LogConfig.builder()
                .segmentBytes(random.nextInt(2_000, 6_000))
                .indexIntervalBytes(random.nextInt(1, 400))
                .recordFormat(format)
                .build();
        return new LogFixture(root.resolve(Long.toString(random.nextLong())), config);
    }

    private static ByteBuf batch(RandomGenerator random, List<String> sent) {
        Compression codec = CODECS[random.nextInt(CODECS.length)];
        RecordBatchBuilder builder =
                new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, codec, codec.defaultLevel());
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            String value = "value " + sent.size();
            builder.append(1_000 + sent.size(), TestBatches.bytes("k"), TestBatches.bytes(value));
            sent.add(value);
        }
        return TestBatches.heap(builder.build());
    }

    private static void check(LogFixture fixture, List<String> sent) throws IOException {
        assertThat(fixture.log.logEndOffset()).isEqualTo(sent.size());
        int format = fixture.config.recordFormat();
        long next = 0;
        while (next < sent.size()) {
            for (MutableRecordBatch batch : MemoryRecords.readableRecords(
                            fixture.read(next, 1 << 20).nioBuffer())
                    .batches()) {
                batch.ensureValid();
                assertThat((int) batch.magic()).isEqualTo(format);
                for (Record record : batch) {
                    assertThat(record.offset()).isEqualTo(next);
                    assertThat(record.timestamp()).isEqualTo(format == 0 ? -1 : 1_000 + next);
                    assertThat(Utils.utf8(record.key())).isEqualTo("k");
                    assertThat(Utils.utf8(record.value())).isEqualTo(sent.get((int) next++));
                }
            }
        }
    }

    private static ErrorCode refusal(LogFixture fixture, ByteBuf batch) {
        return ((Rejected) fixture.append(batch)).error();
    }
}
