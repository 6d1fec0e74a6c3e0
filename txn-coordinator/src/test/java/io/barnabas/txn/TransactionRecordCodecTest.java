package io.barnabas.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.TopicPartition;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TransactionRecordCodecTest {
    private static final TransactionRecordCodec PLAIN = new TransactionRecordCodec(() -> 0);
    private static final TransactionRecordCodec COMPACT = new TransactionRecordCodec(() -> 2);

    @Test
    void writesTheKeyAsKafkaDoes() {
        assertThat(hex(PLAIN.key(new TransactionRecord.Removed("tx")))).isEqualTo("0000" + "0002" + "7478");
    }

    @Test
    void writesAnEmptyTransactionAsKafka39Does() {
        TransactionState state = TransactionState.fresh("tx", 14, 60_000, 0x1a1f70dbabfL);
        assertThat(hex(PLAIN.value(new TransactionRecord.Stored(state))))
                .isEqualTo("0000" + "000000000000000e" + "0000" + "0000ea60" + "00" + "ffffffff" + "000001a1f70dbabf"
                        + "ffffffffffffffff");
    }

    @Test
    void writesPartitionsByTopicAsKafka39Does() {
        TransactionState state = TransactionState.fresh("tx", 14, 60_000, 5)
                .extended(
                        List.of(new TopicPartition("b", 1), new TopicPartition("a", 0), new TopicPartition("b", 0)),
                        (short) 0,
                        6);
        assertThat(hex(PLAIN.value(new TransactionRecord.Stored(state))))
                .isEqualTo("0000" + "000000000000000e" + "0000" + "0000ea60" + "01" + "00000002" + "0001" + "61"
                        + "00000001" + "00000000" + "0001" + "62" + "00000002" + "00000000" + "00000001"
                        + "0000000000000006" + "0000000000000006");
    }

    @Test
    void writesACompleteTransactionWithAnEmptyListOfPartitions() {
        TransactionState state = TransactionState.fresh("tx", 14, 60_000, 5)
                .extended(List.of(new TopicPartition("a", 0)), (short) 0, 6)
                .decided(true, 7)
                .completed(8);
        assertThat(hex(PLAIN.value(new TransactionRecord.Stored(state))))
                .isEqualTo("0000" + "000000000000000e" + "0000" + "0000ea60" + "04" + "00000000" + "0000000000000008"
                        + "0000000000000006");
    }

    @Test
    void writesTheSecondProtocolInCompactFormWithTags() {
        TransactionState state =
                TransactionState.fresh("tx", 14, 60_000, 5).extended(List.of(new TopicPartition("a", 3)), (short) 2, 6);
        assertThat(hex(COMPACT.value(new TransactionRecord.Stored(state))))
                .isEqualTo("0001" + "000000000000000e" + "0000" + "0000ea60" + "01" + "02" + "02" + "61" + "02"
                        + "00000003" + "00" + "0000000000000006" + "0000000000000006" + "02" + "00" + "08"
                        + "000000000000000e" + "02" + "02" + "0002");
    }

    @Test
    void writesNoPartitionsAndNoTagsOfAFreshIdInCompactForm() {
        TransactionState state = TransactionState.fresh("tx", 14, 60_000, 5);
        assertThat(hex(COMPACT.value(new TransactionRecord.Stored(state))))
                .isEqualTo("0001" + "000000000000000e" + "0000" + "0000ea60" + "00" + "00" + "0000000000000005"
                        + "ffffffffffffffff" + "00");
    }

    @Test
    void readsWhatItWrites() {
        Seeds.forEach(300, random -> {
            TransactionState state = randomState(random);
            assertThat(roundTrip(COMPACT, state)).isEqualTo(state.asStored());
            TransactionState plain = roundTrip(PLAIN, state);
            assertThat(plain.partitions()).isEqualTo(state.partitions());
            assertThat(plain.producerId()).isEqualTo(state.producerId());
            assertThat(plain.status()).isEqualTo(state.status());
        });
    }

    @Test
    void stepsOverTagsOfLaterReleases() {
        ByteBuffer value = ByteBuffer.wrap(HexFormat.of()
                .parseHex("0001" + "000000000000000e" + "0000" + "0000ea60" + "00" + "00" + "0000000000000005"
                        + "ffffffffffffffff" + "02" + "01" + "08" + "0000000000000010" + "03" + "02" + "0001"));
        TransactionRecord read = COMPACT.decode(key(), value);
        assertThat(((TransactionRecord.Stored) read).state().nextProducerId()).isEqualTo(16);
    }

    @Test
    void knowsATombstone() {
        assertThat(PLAIN.decode(key(), null)).isEqualTo(new TransactionRecord.Removed("tx"));
    }

    @Test
    void leavesOutKeysOfOtherKinds() {
        assertThat(PLAIN.decode(ByteBuffer.wrap(new byte[] {0, 1, 0, 0}), null)).isNull();
    }

    @Test
    void refusesDamagedValues() {
        byte[] whole = PLAIN.value(new TransactionRecord.Stored(randomState(Seeds.random(1))));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> PLAIN.decode(key(), cut)).isInstanceOf(IllegalArgumentException.class);
        }
        ByteBuffer future = ByteBuffer.wrap(new byte[] {0, 2, 0, 0});
        assertThatThrownBy(() -> PLAIN.decode(key(), future)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TransactionState roundTrip(TransactionRecordCodec codec, TransactionState state) {
        TransactionRecord record = new TransactionRecord.Stored(state);
        TransactionRecord read = codec.decode(ByteBuffer.wrap(codec.key(record)), ByteBuffer.wrap(codec.value(record)));
        return ((TransactionRecord.Stored) read).state();
    }

    private static TransactionState randomState(RandomGenerator random) {
        TransactionStatus status = TransactionStatus.values()[random.nextInt(6)];
        TreeSet<TopicPartition> partitions = new TreeSet<>();
        for (int i = status == TransactionStatus.EMPTY ? 0 : random.nextInt(200); i > 0; i--) {
            partitions.add(new TopicPartition("topic" + random.nextInt(5), random.nextInt(300)));
        }
        return new TransactionState(
                "tx" + random.nextInt(),
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(100) - 1,
                random.nextLong(100) - 1,
                (short) random.nextInt(Short.MAX_VALUE),
                (short) random.nextInt(100),
                random.nextInt(900_000),
                status,
                partitions,
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                (short) (random.nextInt(2) * 2));
    }

    private static ByteBuffer key() {
        return ByteBuffer.wrap(PLAIN.key(new TransactionRecord.Removed("tx")));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
