package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.producer.Verification;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that moves to another directory takes all with it, whatever goes on meanwhile and wherever it is cut off. */
class FutureLogsTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(2_000)
            .indexIntervalBytes(200)
            .segmentIndexBytes(4096)
            .retentionMs(-1)
            .build();

    @TempDir
    Path root;

    private MoveFixture fixture(String name) throws IOException {
        MoveFixture fixture = new MoveFixture(new FaultyDisk(Disk.local()), root.resolve(name), SMALL);
        fixture.start();
        fixture.manager.create(MoveFixture.PARTITION, MoveFixture.TOPIC_ID, SMALL);
        return fixture;
    }

    @Test
    void takesAllToTheOtherDirectory() throws IOException {
        MoveFixture fixture = fixture("all");
        PartitionLog old = fixture.log();
        old.beginLeaderEpoch(4);
        for (int i = 0; i < 60; i++) {
            assertThat(fixture.append(TestBatches.batch(i, "value " + i, "second"), 4))
                    .isTrue();
        }
        old.appendAsLeader(TestBatches.idempotent(77, 0, 0, 3, 1), 4, AppendOrigin.CLIENT, 1);
        old.updateHighWatermark(100);
        old.deleteRecordsBefore(11);
        old.beginLeaderEpoch(6);
        Map<Long, String> before = MoveFixture.records(old);
        fixture.beginMove("two");
        assertThat(fixture.children("two")).singleElement().asString().matches("orders-3\\.[0-9a-f]{32}-future");
        fixture.tasks.runAll();

        PartitionLog now = fixture.log();
        assertThat(now).isNotSameAs(old);
        assertThat(now.directory().path()).isEqualTo(fixture.root.resolve("two"));
        assertThat(MoveFixture.records(now)).isEqualTo(before);
        assertThat(now.logStartOffset()).isEqualTo(11);
        assertThat(now.highWatermark()).isEqualTo(100);
        assertThat(now.topicId()).isEqualTo(MoveFixture.TOPIC_ID);
        assertThat(now.leaderEpochs().entries()).isEqualTo(old.leaderEpochs().entries());
        assertThat(now.appendAsLeader(TestBatches.idempotent(77, 0, 0, 3, 1), 6, AppendOrigin.CLIENT, 1))
                .as("a batch that was there before")
                .isInstanceOfSatisfying(
                        AppendOutcome.Appended.class,
                        again -> assertThat(again.duplicate()).isTrue());
        assertThat(fixture.children("two")).containsExactly("orders-3");
        assertThat(fixture.children("one")).singleElement().asString().endsWith("-delete");
        assertThat(fixture.manager.futures().of(MoveFixture.PARTITION)).isNull();
        fixture.time.advanceMs(60_000);
        fixture.tasks.runAll();
        assertThat(fixture.children("one")).isEmpty();
        fixture.close();
        fixture.start();
        assertThat(MoveFixture.records(fixture.log())).isEqualTo(before);
        fixture.close();
        assertThat(fixture.faults.faults()).isEmpty();
    }

    @Test
    void aQuestionAboutATransactionSurvivesTheMove() throws IOException {
        MoveFixture fixture = fixture("question");
        Verification asked = fixture.log().beginVerification(9, (short) 0, 0, 1);
        fixture.beginMove("two");
        fixture.tasks.runAll();
        assertThat(fixture.log().directory().path()).isEqualTo(fixture.root.resolve("two"));
        assertThat(fixture.log()
                        .appendAsLeader(TestBatches.transactional(9, 0, 0, 1), 0, AppendOrigin.CLIENT, asked, 1))
                .isInstanceOf(AppendOutcome.Appended.class);
        fixture.close();
    }

    @Test
    void aMoveThatEndsLeavesTheLogWhereItWas() throws IOException {
        MoveFixture fixture = fixture("end");
        PartitionLog log = fixture.log();
        fixture.append(TestBatches.batch(1, "value"), 0);
        fixture.beginMove("two");
        fixture.tasks.runOne();
        fixture.manager.futures().delete(MoveFixture.PARTITION);
        fixture.tasks.runAll();
        assertThat(fixture.log()).isSameAs(log);
        assertThat(fixture.children("two")).singleElement().asString().endsWith("-delete");
        fixture.beginMove("two");
        fixture.tasks.runAll();
        assertThat(fixture.log().directory().path()).isEqualTo(fixture.root.resolve("two"));
        assertThat(MoveFixture.records(fixture.log())).hasSize(1);
        fixture.close();
    }

    @Test
    void aTopicThatIsDeletedTakesItsMoveWithIt() throws IOException {
        MoveFixture fixture = fixture("deleted");
        fixture.append(TestBatches.batch(1, "value"), 0);
        fixture.beginMove("two");
        fixture.manager.delete(MoveFixture.PARTITION);
        fixture.tasks.runAll();
        assertThat(fixture.children("one")).allMatch(name -> name.endsWith("-delete"));
        assertThat(fixture.children("two")).allMatch(name -> name.endsWith("-delete"));
        assertThat(fixture.manager.logs()).isEmpty();
        fixture.close();
    }

    @Test
    void goesOnWhereTheDirectoryIsLostToWhichItWasToMove() throws IOException {
        MoveFixture fixture = fixture("lost");
        fixture.append(TestBatches.batch(1, "value"), 0);
        fixture.beginMove("two");
        PartitionLog future = fixture.manager.futures().of(MoveFixture.PARTITION);
        future.directory().failed("planted", new IOException("planted"));
        fixture.tasks.runAll();
        assertThat(fixture.append(TestBatches.batch(1, "another"), 0)).isTrue();
        assertThat(fixture.manager.futures().of(MoveFixture.PARTITION)).isNull();
        assertThat(fixture.log().directory().path()).isEqualTo(fixture.root.resolve("one"));
        fixture.close();
    }

    @Test
    void leavesStraysAndReplicasWithoutACurrentOneAlone() throws IOException {
        MoveFixture fixture = fixture("strays");
        fixture.close();
        Path stray = fixture.root.resolve("two/gone-0.0123456789abcdef0123456789abcdef-stray");
        Path future = fixture.root.resolve("two/gone-1.0123456789abcdef0123456789abcdef-future");
        for (Path left : List.of(stray, future)) {
            Files.createDirectories(left);
            Files.writeString(left.resolve("00000000000000000000.log"), "");
        }
        fixture.start();
        fixture.time.advanceMs(120_000);
        fixture.tasks.runAll();
        assertThat(fixture.manager.logs()).hasSize(1);
        assertThat(stray.resolve("00000000000000000000.log")).exists();
        assertThat(future.resolve("00000000000000000000.log")).exists();
        fixture.close();
    }

    @Test
    void keepsWhatACompactionLeft() throws IOException {
        MoveFixture fixture = fixture("gaps");
        PartitionLog log = fixture.log();
        // A follower's log may have gaps where its leader compacted.
        log.appendAsFollower(TestBatches.stamped(TestBatches.batch(1, "a"), 5, 0), 1);
        log.appendAsFollower(TestBatches.stamped(TestBatches.batch(1, "b"), 900, 0), 1);
        log.compaction().resumeAt(300);
        fixture.beginMove("two");
        fixture.tasks.runAll();
        assertThat(fixture.log()).isNotSameAs(log);
        assertThat(MoveFixture.records(fixture.log())).isEqualTo(Map.of(5L, "a", 900L, "b"));
        assertThat(fixture.log().compaction().compactedUpTo()).isEqualTo(300);
        fixture.close();
    }

    /** Kills at every change of the disk, from the beginning of a move to some appends after its end. */
    @Test
    void losesNothingWhenItIsKilledAtAnyStep() throws IOException {
        for (int failAt = 1; ; failAt++) {
            MoveFixture fixture = fixture("kill" + failAt);
            Map<Long, String> acknowledged = new TreeMap<>();
            append(fixture, 40, acknowledged, 0);
            fixture.tasks.runAll();
            fixture.disk.failFrom(failAt);
            try {
                fixture.beginMove("two");
            } catch (IOException fault) {
                fixture.tasks.runOne();
            }
            append(fixture, 3, acknowledged, 0);
            fixture.tasks.runAll();
            append(fixture, 5, acknowledged, 0);
            boolean reached = fixture.disk.faultReached();
            fixture.kill();
            fixture.start();
            assertThat(MoveFixture.records(fixture.log()))
                    .as("fault %s", failAt)
                    .isEqualTo(acknowledged);
            fixture.beginMove("two");
            append(fixture, 3, acknowledged, 1);
            fixture.tasks.runAll();
            assertThat(fixture.log().directory().path()).as("fault %s", failAt).isEqualTo(fixture.root.resolve("two"));
            assertThat(MoveFixture.records(fixture.log()))
                    .as("fault %s", failAt)
                    .isEqualTo(acknowledged);
            fixture.time.advanceMs(60_000);
            fixture.tasks.runAll();
            assertThat(fixture.children("one")).as("fault %s", failAt).isEmpty();
            fixture.close();
            assertThat(fixture.faults.faults()).isEmpty();
            if (!reached) {
                assertThat(failAt).isGreaterThan(30);
                return;
            }
        }
    }

    private static void append(MoveFixture fixture, int batches, Map<Long, String> acknowledged, int epoch) {
        for (int i = 0; i < batches; i++) {
            PartitionLog log = fixture.log();
            if (log == null) {
                return;
            }
            long offset = log.logEndOffset();
            String value = "value " + offset;
            if (fixture.append(TestBatches.batch(offset, value), epoch)) {
                acknowledged.put(offset, value);
            }
        }
    }

    /** Appends, deletions, truncations, new leaders, restarts and kills while it moves there and back. */
    @Test
    void holdsWhatAModelHoldsWhateverGoesOnMeanwhile() {
        Seeds.forEach(60, random -> {
            MoveFixture fixture = fixture("model" + random.nextLong());
            Map<Long, String> model = new HashMap<>();
            int[] epoch = {0};
            for (int step = 0; step < 150; step++) {
                oneStep(fixture, model, epoch, random);
            }
            fixture.tasks.runAll();
            assertThat(MoveFixture.records(fixture.log())).isEqualTo(new TreeMap<>(model));
            fixture.close();
            assertThat(fixture.faults.faults()).isEmpty();
        });
    }

    private static void oneStep(MoveFixture fixture, Map<Long, String> model, int[] epoch, RandomGenerator random)
            throws IOException {
        PartitionLog log = fixture.log();
        int choice = random.nextInt(100);
        if (choice < 45) {
            String value = "value " + random.nextInt() + "x".repeat(random.nextInt(150));
            long offset = log.logEndOffset();
            assertThat(fixture.append(TestBatches.batch(offset, value), epoch[0]))
                    .isTrue();
            model.put(offset, value);
            log.updateHighWatermark(offset);
        } else if (choice < 80) {
            fixture.tasks.runOne();
        } else if (choice < 86) {
            fixture.beginMove(random.nextBoolean() ? "one" : "two");
        } else if (choice < 88) {
            fixture.manager.futures().delete(MoveFixture.PARTITION);
        } else if (choice < 91) {
            long start = log.logStartOffset() + random.nextInt(5);
            log.deleteRecordsBefore(Math.min(start, log.highWatermark()));
            model.keySet().removeIf(offset -> offset < log.logStartOffset());
        } else if (choice < 94) {
            long end = Math.max(log.logStartOffset(), log.logEndOffset() - random.nextInt(6));
            log.truncateTo(end, fixture.time.nowMs());
            model.keySet().removeIf(offset -> offset >= end);
            log.beginLeaderEpoch(++epoch[0]);
        } else if (choice < 96) {
            log.roll(fixture.time.nowMs());
        } else if (choice < 98) {
            fixture.kill();
            fixture.start();
            fixture.log().beginLeaderEpoch(++epoch[0]);
            fixture.log().updateHighWatermark(fixture.log().logEndOffset());
            // The checkpoint may be a minute old.
            fixture.log().deleteRecordsBefore(log.logStartOffset());
            fixture.resumeMove();
        } else {
            fixture.close();
            fixture.start();
            fixture.log().beginLeaderEpoch(++epoch[0]);
            fixture.resumeMove();
        }
    }
}
