package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;

class EndTxnMarkerTest {
    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

    @Test
    void abortsWithTheBytesOfAnApacheBroker() {
        ByteBuf marker = new EndTxnMarker(false, 0).build(14, (short) 3, 0x1a1f70dbabfL, allocator);
        BatchHeader.stamp(marker, 0, 24, 0);
        assertThat(ByteBufUtil.hexDump(marker))
                .isEqualTo("0000000000000018" + "00000042" + "00000000" + "02" + "6728feb8" + "0030" + "00000000"
                        + "000001a1f70dbabf" + "000001a1f70dbabf" + "000000000000000e" + "0003" + "ffffffff"
                        + "00000001" + "2000000008000000000c00000000000000");
        marker.release();
    }

    @Test
    void commitsWithTheBytesOfAnApacheBroker() {
        ByteBuf marker = new EndTxnMarker(true, 0).build(14, (short) 4, 0x1a1f70dbeb6L, allocator);
        BatchHeader.stamp(marker, 0, 26, 0);
        assertThat(ByteBufUtil.hexDump(marker))
                .isEqualTo("000000000000001a" + "00000042" + "00000000" + "02" + "dbfb830a" + "0030" + "00000000"
                        + "000001a1f70dbeb6" + "000001a1f70dbeb6" + "000000000000000e" + "0004" + "ffffffff"
                        + "00000001" + "2000000008000000010c00000000000000");
        marker.release();
    }

    @Test
    void isReadAgainByUsAndByKafka() {
        ByteBuf batch = new EndTxnMarker(true, 7).build(14, (short) 4, 5, allocator);
        List<EndTxnMarker> seen = new ArrayList<>();
        Records.forEach(batch, record -> {
            assertThat(record.isControl()).isTrue();
            assertThat(ControlRecord.typeOf(record)).isEqualTo(ControlRecord.Type.COMMIT);
            seen.add(EndTxnMarker.read(record));
        });
        assertThat(seen).containsExactly(new EndTxnMarker(true, 7));

        Record theirs = Kafka.onlyBatch(batch).iterator().next();
        assertThat(EndTransactionMarker.deserialize(theirs).controlType()).isEqualTo(ControlRecordType.COMMIT);
        assertThat(EndTransactionMarker.deserialize(theirs).coordinatorEpoch()).isEqualTo(7);
        batch.release();
    }

    @Test
    void leavesOtherControlRecordsAlone() {
        ByteBuf batch = new RecordBatchBuilder(allocator)
                .control()
                .append(1, new byte[] {0, 0, 0, 2}, null)
                .append(1, null, null)
                .build();
        Records.forEach(
                batch, record -> assertThat(ControlRecord.typeOf(record)).isEqualTo(ControlRecord.Type.OTHER));
        batch.release();
    }
}
