package io.barnabas.log.kraft;

import static io.barnabas.log.kraft.MetadataRecords.change;
import static io.barnabas.log.kraft.MetadataRecords.config;
import static io.barnabas.log.kraft.MetadataRecords.lastOneLeft;
import static io.barnabas.log.kraft.MetadataRecords.partition;
import static io.barnabas.log.kraft.MetadataRecords.plain;
import static io.barnabas.log.kraft.MetadataRecords.producerIds;
import static io.barnabas.log.kraft.MetadataRecords.removal;
import static io.barnabas.log.kraft.MetadataRecords.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.kraft.KraftMetadata.Partition;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataLogTest {
    private static final Uuid ORDERS = new Uuid(1, 2);
    private static final Uuid PAYMENTS = new Uuid(3, 4);
    private static final String FIRST_SEGMENT = "00000000000000000000.log";

    @TempDir
    Path logDirectory;

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(logDirectory.resolve(MetadataLog.DIRECTORY));
    }

    @Test
    void aDirectoryOfAClusterOnZooKeeperHasNone() throws IOException {
        Files.delete(directory);

        assertThat(MetadataLog.read(Disk.local(), logDirectory)).isEmpty();
    }

    @Test
    void tellsTopicsWithTheirIdsLeadersAndSettings() throws IOException {
        write(
                FIRST_SEGMENT,
                batch(
                        0,
                        topic("orders", ORDERS),
                        partition(ORDERS, 0, List.of(1, 2), List.of(1, 2), 1, 4),
                        partition(ORDERS, 1, List.of(2, 1), List.of(2), 2, 0),
                        config(2, "orders", "retention.ms", "5000"),
                        config(2, "orders", "cleanup.policy", "compact"),
                        config(2, "orders", "retention.ms", null),
                        config(4, "", "log.cleaner.threads", "3"),
                        config(4, "1", "max.connections", "9"),
                        config(32, "a group", "consumer.session.timeout.ms", "50000"),
                        producerIds(3_000),
                        plain(20)));

        KraftMetadata metadata = read();

        assertThat(metadata.topics()).containsOnlyKeys("orders");
        assertThat(metadata.topics().get("orders").id()).isEqualTo(ORDERS);
        assertThat(metadata.topics().get("orders").partitions())
                .containsEntry(0, new Partition(List.of(1, 2), List.of(1, 2), List.of(), 1, 4))
                .containsEntry(1, new Partition(List.of(2, 1), List.of(2), List.of(), 2, 0));
        assertThat(metadata.topicConfigs()).isEqualTo(Map.of("orders", Map.of("cleanup.policy", "compact")));
        assertThat(metadata.brokerConfigs())
                .isEqualTo(Map.of("", Map.of("log.cleaner.threads", "3"), "1", Map.of("max.connections", "9")));
        assertThat(metadata.nextProducerId()).isEqualTo(3_000);
        assertThat(metadata.leftOut()).isEmpty();
    }

    @Test
    void followsChangesOfLeadersEachOfWhichIsANewEpoch() throws IOException {
        write(
                FIRST_SEGMENT,
                batch(0, topic("orders", ORDERS), partition(ORDERS, 0, List.of(1, 2), List.of(1, 2), 1, 4)),
                batch(2, change(ORDERS, 0, List.of(2), 2), change(ORDERS, 0, List.of(2, 1), null)));

        assertThat(read().topics().get("orders").partitions())
                .containsEntry(0, new Partition(List.of(1, 2), List.of(2, 1), List.of(), 2, 5));
    }

    @Test
    void knowsWhoWentLastWithAllRecords() throws IOException {
        write(
                FIRST_SEGMENT,
                batch(
                        0,
                        topic("orders", ORDERS),
                        partition(ORDERS, 0, List.of(1), List.of(1), 1, 4),
                        lastOneLeft(ORDERS, 0, List.of(1))));

        Partition partition = read().topics().get("orders").partitions().get(0);

        assertThat(partition).isEqualTo(new Partition(List.of(1), List.of(), List.of(1), -1, 5));
        assertThat(partition.complete()).containsExactly(1);
    }

    @Test
    void forgetsDeletedTopicsAndTheirSettings() throws IOException {
        write(
                FIRST_SEGMENT,
                batch(
                        0,
                        topic("orders", ORDERS),
                        config(2, "orders", "retention.ms", "5000"),
                        removal(ORDERS),
                        topic("orders", PAYMENTS)));

        assertThat(read().topics().get("orders").id()).isEqualTo(PAYMENTS);
        assertThat(read().topicConfigs()).isEmpty();
    }

    @Test
    void countsATransactionOnlyWhenItEnds() throws IOException {
        write(
                FIRST_SEGMENT,
                batch(0, plain(23), topic("orders", ORDERS)),
                batch(2, plain(24), plain(23), topic("payments", PAYMENTS), plain(25)));

        assertThat(read().topics()).containsOnlyKeys("orders");
    }

    @Test
    void beginsWithTheNewestSnapshotAndGoesOnInTheLog() throws IOException {
        write("00000000000000000001-0000000001.checkpoint", batch(0, topic("old", ORDERS)));
        write("00000000000000000003-0000000001.checkpoint", batch(0, topic("orders", ORDERS)));
        write("00000000000000000005-0000000001.checkpoint.part", batch(0, topic("half", PAYMENTS)));
        write(FIRST_SEGMENT, batch(0, topic("orders", ORDERS), removal(ORDERS), plain(20)));
        write("00000000000000000003.log", batch(3, topic("payments", PAYMENTS)));

        assertThat(read().topics()).containsOnlyKeys("orders", "payments");
    }

    @Test
    void namesWhatIsNotTakenOver() throws IOException {
        write(FIRST_SEGMENT, batch(0, plain(18), plain(18), plain(14), plain(11)));

        assertThat(read().leftOut()).containsExactly("ACLs", "SCRAM users", "quotas");
    }

    @Test
    void passesOverWhatACrashLeftTornAtTheEnd() throws IOException {
        byte[] torn = batch(1, topic("payments", PAYMENTS));
        write(FIRST_SEGMENT, batch(0, topic("orders", ORDERS)), Arrays.copyOf(torn, torn.length - 3));

        assertThat(read().topics()).containsOnlyKeys("orders");
    }

    @Test
    void saysWhichFileIsDamagedBeforeTheEnd() throws IOException {
        byte[] damaged = batch(0, topic("orders", ORDERS));
        damaged[damaged.length - 1] ^= 1;
        write(FIRST_SEGMENT, damaged);
        write("00000000000000000001.log", batch(1, topic("payments", PAYMENTS)));

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(FIRST_SEGMENT + " is damaged");
    }

    @Test
    void saysWhenARecordIsNoMetadata() throws IOException {
        write(FIRST_SEGMENT, batch(0, new byte[] {9, 9, 9}));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("no metadata");
    }

    private KraftMetadata read() throws IOException {
        return MetadataLog.read(Disk.local(), logDirectory).orElseThrow();
    }

    private void write(String name, byte[]... batches) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] batch : batches) {
            all.writeBytes(batch);
        }
        Files.write(directory.resolve(name), all.toByteArray());
    }

    private static byte[] batch(long baseOffset, byte[]... records) {
        RecordBatchBuilder builder = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT);
        for (byte[] record : records) {
            builder.append(1_000, null, record);
        }
        ByteBuf batch = builder.build();
        try {
            BatchHeader.stamp(batch, 0, baseOffset, 1);
            byte[] bytes = new byte[batch.readableBytes()];
            batch.readBytes(bytes);
            return bytes;
        } finally {
            batch.release();
        }
    }
}
