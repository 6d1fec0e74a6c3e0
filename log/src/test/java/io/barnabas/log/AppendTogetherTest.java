package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendTogetherTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(2_000)
            .indexIntervalBytes(150)
            .retentionMs(-1)
            .build();

    private static final int EPOCH = 3;

    @TempDir
    Path root;

    private int directories;

    @Test
    void leavesTheFilesAndAnswersThatAppendsOneByOneLeave() {
        Seeds.forEach(60, random -> {
            LogFixture alone = fixture(Disk.local());
            LogFixture together = fixture(Disk.local());
            List<Integer> sequences = new ArrayList<>(List.of(0, 0, 0));
            for (int round = 0; round < 10; round++) {
                List<ByteBuf> batches = batches(random, sequences);
                List<AppendOutcome> expected = new ArrayList<>();
                for (ByteBuf batch : batches) {
                    expected.add(alone.log.appendAsLeader(batch.copy(), EPOCH, AppendOrigin.CLIENT, 0));
                }
                assertThat(together.log.appendAllAsLeader(batches, EPOCH, 0)).isEqualTo(expected);
            }
            assertThat(filesOf(together)).isEqualTo(filesOf(alone));
        });
    }

    @Test
    void refusesAllThatSharedAWriteWhenItFails() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = fixture(disk);
        fixture.log.appendAsLeader(TestBatches.batch(5, "before"), EPOCH, AppendOrigin.CLIENT, 0);
        disk.fillUp();

        List<AppendOutcome> outcomes = fixture.log.appendAllAsLeader(
                List.of(
                        TestBatches.idempotent(7, 0, 0, 2, 5),
                        TestBatches.idempotent(7, 0, 2, 2, 5),
                        TestBatches.idempotent(7, 0, 4, 2, 5)),
                EPOCH,
                0);

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(
                        outcome -> assertThat(((Rejected) outcome).error()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR));
        assertThat(fixture.log.logEndOffset()).isEqualTo(1);
        disk.heal();
        assertThat(fixture.log.appendAllAsLeader(
                        List.of(TestBatches.idempotent(7, 0, 0, 2, 5), TestBatches.idempotent(7, 0, 2, 2, 5)),
                        EPOCH,
                        0))
                .containsExactly(
                        new AppendOutcome.Appended(1, 2, -1, false), new AppendOutcome.Appended(3, 4, -1, false));
    }

    /** Producers with ids and without, in order most of the time, sometimes again, sometimes with a gap. */
    private static List<ByteBuf> batches(RandomGenerator random, List<Integer> sequences) {
        List<ByteBuf> batches = new ArrayList<>();
        int producer = random.nextInt(3);
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                producer = random.nextInt(3);
            }
            if (kind < 3) {
                batches.add(TestBatches.batch(100 + random.nextInt(100), "v".repeat(random.nextInt(400))));
                continue;
            }
            int records = 1 + random.nextInt(3);
            int sequence = sequences.get(producer);
            int sent = kind == 3 ? sequence + 7 : kind == 4 ? Math.max(0, sequence - records) : sequence;
            batches.add(TestBatches.idempotent(producer, 0, sent, records, 100 + random.nextInt(100)));
            if (kind > 4) {
                sequences.set(producer, sequence + records);
            }
        }
        return batches;
    }

    private LogFixture fixture(Disk disk) {
        try {
            LogFixture fixture = new LogFixture(disk, root.resolve("log-" + directories++), SMALL);
            fixture.openNew();
            return fixture;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, List<Byte>> filesOf(LogFixture fixture) {
        try {
            fixture.log.close(0);
            Map<String, List<Byte>> files = new TreeMap<>();
            try (Stream<Path> all = Files.list(fixture.path)) {
                for (Path file : all.toList()) {
                    List<Byte> bytes = new ArrayList<>();
                    for (byte one : Files.readAllBytes(file)) {
                        bytes.add(one);
                    }
                    files.put(file.getFileName().toString(), bytes);
                }
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
