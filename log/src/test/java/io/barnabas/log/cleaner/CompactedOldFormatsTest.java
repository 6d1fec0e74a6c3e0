package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogFixture;
import io.barnabas.log.cleaner.CompactionFixture.Seen;
import io.barnabas.log.segment.LogSegment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories with messages of formats 0 and 1 are compacted as they are. */
class CompactedOldFormatsTest {
    @TempDir
    Path root;

    private CompactionFixture logs;

    @BeforeEach
    void open() throws Exception {
        logs = new CompactionFixture(new LogFixture(root, CompactionFixture.CONFIG));
    }

    private void append(int magic, Compression codec, String... keysAndValues) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(1024),
                (byte) magic,
                codec,
                magic == 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
                logs.log().logEndOffset());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String value = keysAndValues[i + 1];
            builder.append(
                    magic == 0 ? -1 : 1_000 + i, keysAndValues[i].getBytes(), value == null ? null : value.getBytes());
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(builder.build().buffer());
        assertThat(logs.log().appendAsFollower(bytes, logs.logs.time.nowMs()))
                .isInstanceOf(AppendOutcome.Appended.class);
        logs.log().updateHighWatermark(logs.log().logEndOffset());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void keepsTheLastRecordOfEachKeyInItsFormat(int magic) throws Exception {
        append(magic, Compression.NONE, "a", "1", "b", "1");
        append(magic, Compression.gzip().build(), "a", "2", "c", "1", "d", "1", "c", "2");
        append(magic, Compression.NONE, "d", "2");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::offset).containsExactly(1L, 2L, 5L, 6L);
        assertThat(logs.read()).extracting(Seen::value).containsExactly("1", "2", "2", "2");
        assertThat(logs.bytes().getByte(16)).isEqualTo((byte) magic);
        logs.logs.openAfterCrash(0);
        assertThat(logs.log().logEndOffset()).isEqualTo(7);
    }

    @Test
    void tombstonesGoOnceTheirSegmentIsOlderThanTheLastCleanOneMinusTheirRetention() throws Exception {
        append(1, Compression.NONE, "a", null);
        logs.compactAll();
        LogSegment clean = logs.logs.cleanable().segments().first();
        long age = clean.lastModifiedMs();
        append(1, Compression.NONE, "b", "1");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::key).containsExactly("a", "b");
        logs.logs.cleanable().segments().first().setLastModifiedMs(age - 20_000);
        append(1, Compression.NONE, "c", "1");
        logs.roll();
        LogSegment second = logs.logs.cleanable().segments().get(1);
        second.setLastModifiedMs(age);
        logs.logs.cleanable().compacted(3, logs.logs.cleanable().truncations());
        append(1, Compression.NONE, "d", "1");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::key).containsExactly("b", "c", "d");
    }
}
