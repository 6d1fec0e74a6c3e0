package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogFixture;
import io.barnabas.log.ReadOutcome;
import io.barnabas.log.cleaner.CompactionFixture.Seen;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.DelegatingDisk;
import io.barnabas.testkit.FaultyDisk;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compacted log takes the place of the old one, whatever happens on the way. */
class SegmentSwapTest {
    @TempDir
    Path root;

    @Test
    @Acceptance({97, 107})
    void keepsEveryLastValueWhicheverOperationOfTheDiskFails() throws Exception {
        for (int failAt = 1; ; failAt++) {
            if (!survives(root.resolve("once" + failAt), failAt, false)) {
                assertThat(failAt).isGreaterThan(30);
                return;
            }
        }
    }

    @Test
    @Acceptance({97, 107})
    void keepsEveryLastValueWhenTheMachineStopsAtAnyOperationOfTheDisk() throws Exception {
        for (int failAt = 1; ; failAt++) {
            if (!survives(root.resolve("stop" + failAt), failAt, true)) {
                assertThat(failAt).isGreaterThan(30);
                return;
            }
        }
    }

    /** False when the compaction ended before the fault. */
    private static boolean survives(Path directory, int failAt, boolean staysBroken) throws Exception {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        CompactionFixture logs = new CompactionFixture(new LogFixture(disk, directory, CompactionFixture.CONFIG));
        fill(logs);
        List<Seen> before = logs.read();
        TreeMap<String, String> expected = CompactionFixture.lastValues(before);
        if (staysBroken) {
            disk.failFrom(failAt);
        } else {
            disk.failOnceAt(failAt);
        }
        boolean failed = false;
        try {
            logs.compact();
        } catch (IOException fault) {
            failed = true;
        }
        boolean reached = disk.faultReached();
        assertThat(failed).isEqualTo(reached);
        disk.heal();
        logs.logs.openAfterCrash(failAt % 2 == 0 ? LogFixture.UNKNOWN : 60);
        assertThat(logs.lastValues()).as("fault %s", failAt).isEqualTo(expected);
        assertThat(before).containsAll(logs.read());
        assertThat(logs.read()).extracting(Seen::offset).isSorted().doesNotHaveDuplicates();
        assertThat(logs.log().logEndOffset())
                .isEqualTo(before.get(before.size() - 1).offset() + 1);
        assertThat(logs.files()).allMatch(name -> name.matches("\\d+\\.(log|index|timeindex|txnindex)"));
        assertThat(logs.logs.cleanable().segments().all())
                .extracting(LogSegment::baseOffset)
                .isSorted();
        logs.log().updateHighWatermark(logs.log().logEndOffset());
        logs.append("key 1", "the last");
        expected.put("key 1", "the last");
        logs.compactAll();
        assertThat(logs.lastValues()).isEqualTo(expected);
        assertThat(logs.read()).hasSameSizeAs(expected.keySet());
        return reached;
    }

    /** Several groups; with producers and an aborted transaction. */
    private static void fill(CompactionFixture logs) throws IOException {
        for (int i = 0; i < 60; i++) {
            logs.append("key " + i % 7, "value " + "x".repeat(i % 40) + i);
            if (i % 12 == 0) {
                logs.roll();
            }
        }
        logs.appendFrom(9, 0, 0, true, "key 2", CompactionFixture.ABORTED);
        logs.endTransaction(9, 0, false);
        logs.roll();
        logs.append("key 3", "the newest");
    }

    @Test
    void aTruncationInBetweenTakesTheNewFilesAway() throws Exception {
        Interrupting disk = new Interrupting();
        CompactionFixture logs = new CompactionFixture(new LogFixture(disk, root, CompactionFixture.CONFIG));
        fill(logs);
        disk.atFirstDirectoryFsync = () -> {
            assertThat(logs.files()).anyMatch(name -> name.endsWith(".log.swap"));
            logs.log().truncateTo(5, 0);
        };
        assertThat(logs.compact()).isNull();
        assertThat(logs.files()).noneMatch(name -> name.endsWith("swap") || name.endsWith("cleaned"));
        assertThat(logs.read()).extracting(Seen::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(logs.log().logEndOffset()).isEqualTo(5);
        assertThat(logs.append("key 0", "again")).isEqualTo(5);
        logs.logs.openAfterCrash(0);
        assertThat(logs.read()).hasSize(6);
    }

    @Test
    void doesNotTrustWhatWasCompactedBeforeATruncation() throws Exception {
        CompactionFixture logs = new CompactionFixture(new LogFixture(root, CompactionFixture.CONFIG));
        fill(logs);
        logs.compact();
        assertThat(logs.logs.cleanable().compactedUpTo()).isEqualTo(62);
        logs.log().truncateTo(40, 0);
        assertThat(logs.logs.cleanable().compactedUpTo()).isEqualTo(40);
    }

    @Test
    void readersOfTheOldSegmentsGoOnAndNewOnesSeeTheNew() throws Exception {
        Interrupting disk = new Interrupting();
        CompactionFixture logs = new CompactionFixture(new LogFixture(disk, root, CompactionFixture.CONFIG));
        fill(logs);
        ReadOutcome old = logs.log().readFromDisk(3, 10_000, true, Long.MAX_VALUE);
        SegmentList before = logs.logs.cleanable().segments();
        int[] reads = {0};
        disk.atEveryDirectoryFsync = () -> {
            ByteBuf now = logs.logs.read(3, 10_000);
            assertThat(Batches.isWhole(now, 0)).isTrue();
            assertThat(Batches.lastOffset(now, 0)).isGreaterThanOrEqualTo(3);
            reads[0]++;
        };
        assertThat(logs.compact()).isNotNull();
        assertThat(reads[0]).isGreaterThan(5);
        assertThat(Batches.lastOffset(LogFixture.bytes(old), 0)).isEqualTo(3);
        assertThat(before.first().positionOf(3))
                .as("a reader with the old list finds its file")
                .isPositive();
        assertThat(logs.files()).anyMatch(name -> name.endsWith(".log.deleted"));
        logs.logs.time.advanceMs(60_000);
        assertThat(logs.files()).noneMatch(name -> name.endsWith(".deleted"));
        assertThat(Batches.lastOffset(logs.logs.read(3, 10_000), 0)).isGreaterThan(3);
    }

    /** Does something between the steps. */
    private static final class Interrupting extends DelegatingDisk {
        private interface Action {
            void run() throws IOException;
        }

        private Action atFirstDirectoryFsync;
        private Action atEveryDirectoryFsync;

        private Interrupting() {
            super(Disk.local());
        }

        @Override
        public void fsyncDirectory(Path directory) throws IOException {
            super.fsyncDirectory(directory);
            Action first = atFirstDirectoryFsync;
            atFirstDirectoryFsync = null;
            if (first != null) {
                first.run();
            }
            if (atEveryDirectoryFsync != null) {
                atEveryDirectoryFsync.run();
            }
        }
    }
}
