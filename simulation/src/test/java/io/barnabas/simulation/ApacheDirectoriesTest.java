package io.barnabas.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.replication.Partition;
import io.barnabas.replication.ProducerOverview;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.testkit.disk.SimulatedDisk;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarker;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarkerTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log directories in which real Apache brokers left transactions when they were killed: committed and aborted ones, one
 * open in partition 1, one hanging in partition 2, that is unknown to its coordinator. Packed by
 * {@code LeftTransactionsCheck}, which does the same with real consumers; that of 4.3.1, which has no ZooKeeper, by hand
 * after the same scenario.
 */
class ApacheDirectoriesTest {
    private static final String TOPIC = "left";
    private static final int ROUNDS = 12;
    private static final long SOON_AFTERWARDS =
            Instant.parse("2026-11-20T18:00:00Z").toEpochMilli();
    private static final int TRANSACTION_TIMEOUT_MS = 900_000;

    private final SimulatedTime time = new SimulatedTime(SOON_AFTERWARDS);
    private final SimulatedDisk disk = new SimulatedDisk(time);
    private final List<Throwable> complaints = new ArrayList<>();
    private final Map<TopicPartition, PartitionWatch> watches = new TreeMap<>();
    private final List<String> visible = new ArrayList<>();
    private final SimulatedController controller = new SimulatedController(
            Map.of(TOPIC, 3, GroupCoordinator.TOPIC, 1, TransactionCoordinator.TOPIC, 1), topic -> Uuid.ZERO);
    private SimulatedBroker broker;

    @ParameterizedTest
    @ValueSource(strings = {"0.11.0.3", "2.1.0", "3.9.2", "4.3.1"})
    @Acceptance(53)
    void whatIsDecidedIsServedAndWhatIsOpenComesToItsEnd(String release) throws IOException {
        unpack(release);
        for (int i = 0; i < 3; i++) {
            int partition = i;
            watches.put(
                    new TopicPartition(TOPIC, i), new PartitionWatch(value -> visible.add(partition + " " + value)));
        }
        broker = new SimulatedBroker(
                time, Seeds.random(1), disk, () -> false, Seams.NONE, controller::nextBlock, complaints::add);
        broker.start();
        controller.assignAll(broker);

        advance(1_000);
        List<String> expected = committed();
        expected.add("0 later-0");
        assertThat(visible).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(committedOffset()).isEqualTo(ROUNDS - 2);

        // Its coordinator has it from its log, and aborts it.
        advance(TRANSACTION_TIMEOUT_MS + 2 * SimulatedBroker.TIMEOUT_CHECK_MS);
        expected.add("1 later-0");
        assertThat(visible).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(committedOffset()).isEqualTo(ROUNDS - 2);

        abortHanging();
        expected.add("2 later-0");
        assertThat(visible).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(complaints).isEmpty();
    }

    private void advance(long millis) {
        long end = time.nowMs() + millis;
        time.schedule(millis, () -> {});
        while (time.nowMs() < end && time.advanceToNextTask()) {
            watches.forEach((name, watch) -> watch.look(broker.led(name).log()));
        }
    }

    /** As the tool for administrators does it. */
    private void abortHanging() {
        Partition partition = broker.led(new TopicPartition(TOPIC, 2));
        ProducerOverview hanging = partition.producers().stream()
                .filter(producer -> producer.currentTxnFirstOffset() >= 0)
                .findFirst()
                .orElseThrow();
        ask(
                1,
                new WriteTxnMarkersRequest()
                        .markers(List.of(new WritableTxnMarker()
                                .producerId(hanging.producerId())
                                .producerEpoch(hanging.epoch())
                                .coordinatorEpoch(Math.max(0, hanging.coordinatorEpoch()))
                                .transactionResult(false)
                                .topics(List.of(
                                        new WritableTxnMarkerTopic().name(TOPIC).partitionIndexes(new int[] {2}))))));
    }

    private long committedOffset() {
        ApiMessage answer = ask(
                6,
                new OffsetFetchRequest()
                        .groupId("left-group")
                        .topics(List.of(
                                new OffsetFetchRequestTopic().name(TOPIC).partitionIndexes(new int[] {0}))));
        return Producer.committedOffset((OffsetFetchResponse) answer);
    }

    private ApiMessage ask(int version, ApiMessage request) {
        List<ApiMessage> answers = new ArrayList<>();
        broker.receive(version, request, answers::add);
        advance(100);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static List<String> committed() {
        List<String> lines = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    lines.add(partition + " yes-one-" + round);
                }
                if (round % 3 == 0) {
                    lines.add(partition + " yes-two-" + round);
                }
            }
        }
        return lines;
    }

    private void unpack(String release) throws IOException {
        try (ZipInputStream zip =
                new ZipInputStream(ApacheDirectoriesTest.class.getResourceAsStream("/apache-" + release + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = SimulatedBroker.DIRECTORY.resolve(entry.getName());
                if (entry.isDirectory()) {
                    disk.createDirectories(path);
                    continue;
                }
                disk.createDirectories(path.getParent());
                try (FileChannel file = disk.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.wrap(zip.readAllBytes()));
                }
            }
        }
    }
}
