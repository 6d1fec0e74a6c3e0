package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A partition of {@code __consumer_offsets} as Apache Kafka 3.9.2 wrote it for 3.9.2 clients: a tool's offsets, a group
 * that came and went, a deleted one, three transactions (committed, aborted, left open), a working group whose static
 * member came back.
 */
class ApacheLogTest {
    private static final String LOG = "apache-3.9.2-consumer-offsets.log";
    private static final TopicPartition T1_0 = new TopicPartition("t1", 0);
    private static final TopicPartition T1_1 = new TopicPartition("t1", 1);

    private final TestBed bed = new TestBed();

    @BeforeEach
    void takeOver() throws IOException {
        ByteBuf log = read();
        while (log.isReadable()) {
            int size = BatchHeader.sizeInBytes(log, log.readerIndex());
            bed.partitions.plant(TestBed.LOG, log.readSlice(size).copy());
        }
        bed.partitions.commitAll();
        bed.restart();
        assertThat(bed.faults.faults()).isEmpty();
    }

    @Test
    void findsTheOffsets() {
        assertThat(bed.committed("tool", T1_0)).isEqualTo(11);
        assertThat(bed.committed("tool", T1_1)).as("deleted").isEqualTo(-1);
        assertThat(bed.committed("gone", T1_0)).isEqualTo(5);
        assertThat(bed.stateOf("gone")).isEqualTo("Empty");
        assertThat(bed.stateOf("deleted")).isEqualTo("Dead");
        assertThat(bed.committed("working", T1_0)).isEqualTo(7);
    }

    @Test
    void findsWhatTransactionsDidToThem() {
        assertThat(bed.committed("tx-commit", T1_0)).isEqualTo(600);
        assertThat(bed.committed("tx-abort", T1_0)).isEqualTo(-1);
        assertThat(bed.committed("tx-open", T1_0)).isEqualTo(-1);
        assertThat(TestBed.now(bed.groups.fetch("tx-open", List.of(T1_0), true))
                        .offsets()
                        .get(T1_0)
                        .error())
                .isEqualTo(ErrorCode.UNSTABLE_OFFSET_COMMIT);
    }

    @Test
    void goesOnWithTheWorkingGroup() {
        GroupDescription group = TestBed.now(bed.groups.describe("working"));
        assertThat(group.state()).isEqualTo("Stable");
        assertThat(group.members()).hasSize(2).allSatisfy(member -> {
            assertThat(member.clientHost()).isEqualTo("/127.0.0.1");
            assertThat(member.assignment()).isNotEmpty();
        });
        for (GroupDescription.DescribedMember member : group.members()) {
            assertThat(TestBed.now(bed.groups.heartbeat("working", member.memberId(), member.instanceId(), 2)))
                    .isEqualTo(ErrorCode.NONE);
        }
        assertThat(bed.machine().groups().find("working").subscribedTopics()).containsExactly("t1");
    }

    @Test
    void wouldHaveWrittenTheSameBytes() throws IOException {
        GroupRecordCodec codec = new GroupRecordCodec();
        int compared = 0;
        try (RecordIterator records = new RecordIterator(read(), Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (!record.isControl()) {
                    GroupRecord decoded = codec.decode(record.key(), record.value());
                    assertThat(codec.key(decoded)).isEqualTo(bytes(record.key()));
                    assertThat(codec.value(decoded)).isEqualTo(record.hasValue() ? bytes(record.value()) : null);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(16);
    }

    private static ByteBuf read() throws IOException {
        try (InputStream in = ApacheLogTest.class.getResourceAsStream(LOG)) {
            return Unpooled.wrappedBuffer(in.readAllBytes());
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
