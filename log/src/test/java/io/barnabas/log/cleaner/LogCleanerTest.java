package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogFixture;
import io.barnabas.log.cleaner.CompactionFixture.Seen;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.SameThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When which log is compacted. Rounds run at once when their time comes. */
class LogCleanerTest {
    private static final CleanerSettings SETTINGS =
            new CleanerSettings(true, 1, Double.MAX_VALUE, 4 << 20, 1 << 20, 0.9, 15_000);

    @TempDir
    Path root;

    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private final List<String> checkpoints = new ArrayList<>();
    private CompactionFixture logs;
    private LogCleaner cleaner;

    @BeforeEach
    void open() throws IOException {
        logs = new CompactionFixture(new LogFixture(disk, root, CompactionFixture.CONFIG));
    }

    @AfterEach
    void nothingWentWrong() {
        cleaner.close();
        assertThat(logs.logs.faults.faults()).isEmpty();
    }

    private void start(CleanerSettings settings) {
        logs.logs.onCompactionEnded(
                () -> checkpoints.add("up to " + logs.logs.cleanable().compactedUpTo()));
        cleaner = new LogCleaner(
                settings,
                () -> List.of(logs.logs.cleanable()),
                logs.logs.time,
                logs.logs.time,
                threads -> new SameThread(),
                logs.logs.faults);
        cleaner.start();
    }

    private void configure(LogConfig.Builder builder) {
        logs.log().updateConfig(builder.build());
    }

    private void appendDirt() throws IOException {
        logs.append("a", "1");
        logs.append("a", "2");
        logs.roll();
    }

    @Test
    @Acceptance(98)
    void looksForWorkOnceInEveryBackoff() throws IOException {
        start(SETTINGS);
        appendDirt();
        logs.logs.time.advanceMs(14_999);
        assertThat(logs.read()).hasSize(2);
        logs.logs.time.advanceMs(1);
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2");
        assertThat(checkpoints).containsExactly("up to 2");
        logs.logs.time.advanceMs(60_000);
        assertThat(checkpoints).hasSize(1);
        appendDirt();
        appendDirt();
        logs.logs.time.advanceMs(15_000);
        assertThat(checkpoints).containsExactly("up to 2", "up to 6");
    }

    @Test
    void takesSettingsOverWhileItRuns() throws IOException {
        start(SETTINGS);
        cleaner.reconfigure(new CleanerSettings(true, 2, 1e9, 4 << 20, 1 << 20, 0.9, 100));
        appendDirt();
        logs.logs.time.advanceMs(100);
        assertThat(logs.read()).hasSize(1);
        cleaner.reconfigure(new CleanerSettings(true, 0, 1e9, 4 << 20, 1 << 20, 0.9, 100));
        appendDirt();
        appendDirt();
        logs.logs.time.advanceMs(1_000);
        assertThat(logs.read()).hasSize(5);
    }

    @Test
    void compactsNothingWhereItIsSwitchedOffOrTheTopicDoesNotWantIt() throws IOException {
        start(new CleanerSettings(false, 1, Double.MAX_VALUE, 4 << 20, 1 << 20, 0.9, 15_000));
        appendDirt();
        logs.logs.time.advanceMs(60_000);
        start(SETTINGS);
        configure(
                CompactionFixture.CONFIG.toBuilder().compact(false).delete(true).retentionMs(-1));
        logs.logs.time.advanceMs(60_000);
        assertThat(logs.read()).hasSize(2);
    }

    @Test
    void deletesOldSegmentsOfACompactedTopicThatWantsBoth() throws IOException {
        start(SETTINGS);
        configure(CompactionFixture.CONFIG.toBuilder().delete(true).retentionMs(20_000));
        appendDirt();
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2");
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.read()).isEmpty();
        assertThat(logs.log().logStartOffset()).isEqualTo(2);
    }

    @Test
    void onlyCompactsWhereTheTopicDoesNotWantDeletion() throws IOException {
        start(SETTINGS);
        configure(CompactionFixture.CONFIG.toBuilder().delete(false).retentionMs(1));
        appendDirt();
        logs.logs.time.advanceMs(600_000);
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2");
        logs.log().deleteRecordsBefore(2);
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.logs.cleanable().segments().first().baseOffset())
                .as("below the log's start nothing stays")
                .isEqualTo(2);
    }

    @Test
    void triesADamagedLogOnceOnly() throws IOException {
        appendDirt();
        try (FileChannel file =
                FileChannel.open(logs.logs.cleanable().segments().first().path(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {7}), 30);
        }
        int[] reads = {0};
        disk.watch(new FaultyDisk.Watcher() {
            @Override
            public void read(Path file, long position, int bytes) {
                reads[0]++;
            }
        });
        start(SETTINGS);
        logs.logs.time.advanceMs(15_000);
        int once = reads[0];
        assertThat(once).isPositive();
        logs.logs.time.advanceMs(60_000);
        assertThat(reads[0]).isEqualTo(once);
        assertThat(logs.logs.failures.all).isEmpty();
        assertThat(checkpoints).isEmpty();
    }

    @Test
    void goesOnOnceThereIsSpaceAgain() throws IOException {
        appendDirt();
        start(SETTINGS);
        disk.fillUp();
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.logs.failures.all).isEmpty();
        assertThat(logs.read()).hasSize(2);
        disk.heal();
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.read()).hasSize(1);
        assertThat(logs.files()).noneMatch(name -> name.endsWith("cleaned"));
    }

    @Test
    void takesTheDirectoryOfflineWhenItFails() throws IOException {
        appendDirt();
        start(SETTINGS);
        disk.failFrom(1);
        logs.logs.time.advanceMs(15_000);
        assertThat(logs.logs.failures.all).hasSize(1);
        disk.heal();
    }
}
