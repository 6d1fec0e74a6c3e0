package io.barnabas.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.log.PartitionLog;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Acceptance(99)
class LogStatTest {
    @TempDir
    Path root;

    @Test
    void countsWhatIsRetained() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        long bytes = PartitionFiles.list(Disk.local(), written.partition).logBytes(Disk.local());

        assertThat(stat(written.directory))
                .startsWith("topic: orders partition: 0 logStartOffset: 0 logEndOffset: 180 bytes: " + bytes
                        + " records: 180 segments: ")
                .contains(" oldestTimestamp: 1700000000002 newestTimestamp: 1700000000592 topicId: "
                        + WrittenLogs.TOPIC_ID);
    }

    @Test
    void isRightAtOnceWhenRetentionHasRemovedSegments() throws IOException {
        try (WrittenLogs written = new WrittenLogs(root.resolve("logs"))) {
            PartitionLog log = written.fill();
            log.updateConfig(LogConfig.builder()
                    .segmentBytes(4096)
                    .retentionBytes(4096)
                    .retentionMs(-1)
                    .build());
            assertThat(log.deleteOldSegments(written.time.nowMs())).isPositive();

            assertThat(stat(written.directory))
                    .startsWith("topic: orders partition: 0 logStartOffset: " + log.logStartOffset()
                            + " logEndOffset: 180 bytes: " + log.sizeInBytes() + " records: "
                            + (180 - log.logStartOffset()) + " ");
        }
    }

    @Test
    void leavesOutRecordsBeforeTheLogStart() throws IOException {
        WrittenLogs written = new WrittenLogs(root.resolve("logs"));
        written.fill().deleteRecordsBefore(100);
        written.close();

        assertThat(stat(written.directory))
                .startsWith("topic: orders partition: 0 logStartOffset: 100 logEndOffset: 180 ")
                .contains(" records: 80 ");
    }

    private static String stat(Path directory) throws IOException {
        StringBuilder out = new StringBuilder();
        new LogStat(Disk.local(), new TextEntries(out), new Progress(new SimulatedTime(), line -> {})).print(directory);
        return out.toString();
    }
}
