package io.barnabas.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.inspect.Finding.Severity;
import io.barnabas.log.inspect.LogVerification.Summary;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Acceptance(100)
class LogVerificationTest {
    @TempDir
    Path root;

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final SimulatedTime time = new SimulatedTime();

    @Test
    void findsNothingWrongAfterACleanStop() throws IOException {
        Path directory = WrittenLogs.stoppedCleanly(root.resolve("logs")).directory;

        Summary summary = verify(directory);

        assertThat(findings).isEmpty();
        assertThat(summary.partitions()).isEqualTo(1);
        assertThat(summary.segments()).isGreaterThan(3);
        assertThat(summary.records()).isEqualTo(WrittenLogs.BATCHES * WrittenLogs.RECORDS_A_BATCH);
        assertThat(summary.bytes()).isEqualTo(bytesOfLogs(directory));
    }

    @Test
    void findsNothingWrongWhileABrokerIsAtIt() throws IOException {
        try (WrittenLogs written = new WrittenLogs(root.resolve("logs"))) {
            written.fill();

            verify(written.directory);
        }
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.NOTE);
        assertThat(findings).extracting(Finding::what).allMatch(what -> what.contains("a broker is using it"));
    }

    @Test
    void namesFileAndPositionOfADamagedBatch() throws IOException {
        Path segment = segment(WrittenLogs.stoppedCleanly(root.resolve("logs")), 1);
        flip(segment, 70);

        Summary summary = verify(root.resolve("logs"));

        assertThat(summary.problems()).isPositive();
        assertThat(findings.get(0).file()).isEqualTo(segment);
        assertThat(findings.get(0).position()).isZero();
        assertThat(findings.get(0).toString())
                .isEqualTo("problem: " + segment
                        + " at position 0: the checksum of the batch is wrong, in which offsets up to "
                        + findings.get(0).what().replaceAll("\\D", "") + " are");
    }

    /** The base offset and the leader epoch are outside the checksum; the neighbours give them away, not always. */
    @Test
    void findsEveryFlippedBitBehindTheLeaderEpoch() throws IOException {
        Path segment = segment(WrittenLogs.stoppedCleanly(root.resolve("logs")), 0);
        byte[] good = Files.readAllBytes(segment);
        int batchBytes = ByteBuffer.wrap(good).getInt(8) + 12;
        Seeds.forEach(200, random -> {
            byte[] bad = good.clone();
            int at = 16 + random.nextInt(batchBytes - 16);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            write(segment, bad);
            assertThat(problems()).as("bit flipped at %s", at).isNotEmpty();
        });
        write(segment, good);
        assertThat(problems()).isEmpty();
    }

    @Test
    void findsALeaderEpochThatTheEpochFileDoesNotKnow() throws IOException {
        Path segment = segment(WrittenLogs.stoppedCleanly(root.resolve("logs")), 0);
        flip(segment, 15);

        assertThat(problems())
                .anyMatch(problem -> problem.contains("has leader epoch 1, but leader-epoch-checkpoint says 0"));
    }

    @Test
    void findsOffsetsThatGoBack() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path second = segment(written, 1);
        write(second, Files.readAllBytes(segment(written, 0)));

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith(second.getFileName() + "@0: offsets 0 to 2 come"));
    }

    @Test
    void findsALogThatEndsTooEarly() throws IOException {
        Path last = lastSegment(WrittenLogs.stoppedCleanly(root.resolve("logs")));
        truncate(last, Files.size(last) - 1);

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith(last.getFileName() + "@") && problem.contains("no whole batch"))
                .anyMatch(problem -> problem.contains("says 180 for orders-0 (all before it was made durable)"))
                .anyMatch(problem -> problem.contains("says 180 for orders-0 (all before it was replicated)"));
    }

    @Test
    void expectsATornEndAfterACrash() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path last = lastSegment(written);
        Files.delete(written.directory.resolve(".kafka_cleanshutdown"));
        Files.delete(written.directory.resolve("recovery-point-offset-checkpoint"));
        truncate(last, Files.size(last) - 1);

        assertThat(problems()).isEmpty();
        assertThat(findings)
                .anyMatch(
                        finding -> finding.file().equals(last) && finding.what().contains("from offset 177 on"));
    }

    @Test
    void findsWhatWasMadeDurableAndIsTornAfterACrash() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path last = lastSegment(written);
        Files.delete(written.directory.resolve(".kafka_cleanshutdown"));
        truncate(last, Files.size(last) - 1);

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith(last.getFileName() + "@"))
                .anyMatch(problem -> problem.contains("all before it was made durable"));
    }

    @Test
    void findsIndexEntriesThatPointAside() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path index = written.partition.resolve("00000000000000000000.index");
        flip(index, 7);
        Path times = written.partition.resolve("00000000000000000000.timeindex");
        flip(times, 7);

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith(index.getFileName() + "@0: entry 0 points to position"))
                .anyMatch(problem -> problem.startsWith(times.getFileName() + "@0: entry 0 says"));
    }

    @Test
    void findsIndexesThatAreNotInTheirFinalForm() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path index = written.partition.resolve("00000000000000000000.index");
        Path times = written.partition.resolve("00000000000000000000.timeindex");
        Files.write(index, new byte[80], StandardOpenOption.APPEND);
        Files.write(times, new byte[5], StandardOpenOption.APPEND);

        assertThat(problems())
                .anyMatch(problem -> problem.contains("80 bytes of zeros behind its entries"))
                .anyMatch(problem -> problem.equals(times.getFileName() + "@-1: ends with a part of an entry"));
    }

    @Test
    void findsDamagedSnapshotsEpochsIdsAndCheckpoints() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Path snapshot = written.partition.resolve("00000000000000000180.snapshot");
        flip(snapshot, 20);
        Files.writeString(written.partition.resolve("leader-epoch-checkpoint"), "0\n2\n2 90\n0 0\n");
        Files.writeString(written.partition.resolve("partition.metadata"), "version: 0\n");
        Files.writeString(written.directory.resolve("replication-offset-checkpoint"), "0\n2\norders 0 1\n");
        Files.writeString(written.directory.resolve("meta.properties"), "version=0\nbroker.id=one\n");
        Files.createDirectory(written.directory.resolve("lost+found"));

        assertThat(problems())
                .anyMatch(problem -> problem.equals(
                        snapshot.getFileName() + "@0: is not whole: its version, checksum or length is wrong"))
                .contains("leader-epoch-checkpoint@-1: line 4 does not rise over the one before")
                .anyMatch(problem -> problem.startsWith("partition.metadata@-1: "))
                .contains("replication-offset-checkpoint@-1: line 2 does not count the entries that follow")
                .anyMatch(problem -> problem.startsWith("meta.properties@-1: "))
                .contains("lost+found@-1: is no partition's directory; a broker does not start beside it");
    }

    @Test
    void tellsOfMissingSegments() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));
        Files.delete(segment(written, 1));

        assertThat(problems()).isEmpty();
        assertThat(findings)
                .anyMatch(finding -> finding.file().equals(written.partition)
                        && finding.what().startsWith("offsets are missing in 1 places"));
    }

    @Test
    void findsAPartitionThatIsInTwoDirectories() throws IOException {
        Path first = WrittenLogs.stoppedCleanly(root.resolve("a")).directory;
        Path second = WrittenLogs.stoppedCleanly(root.resolve("b")).directory;

        verify(first, second);

        assertThat(findings).extracting(Finding::file).containsExactly(second.resolve("orders-0"));
    }

    @Test
    void checksASinglePartitionAndRefusesFiles() throws IOException {
        WrittenLogs written = WrittenLogs.stoppedCleanly(root.resolve("logs"));

        assertThat(verify(written.partition).records()).isEqualTo(180);
        assertThatThrownBy(() -> verify(segment(written, 0))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> verify(root.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void tellsHowFarLongWorkHasCome() throws IOException {
        Progress told = new Progress(time, progress::add);
        told.expect(10 << 20);
        told.passed(1 << 20);
        assertThat(progress).isEmpty();
        time.advanceMs(2_000);
        told.passed(2 << 20);
        told.passed(2 << 20);
        assertThat(progress).containsExactly("3 of 10 MB");
    }

    private Summary verify(Path... paths) throws IOException {
        findings.clear();
        LogVerification verification =
                new LogVerification(Disk.local(), findings::add, new Progress(time, progress::add));
        for (Path path : paths) {
            verification.check(path);
        }
        return verification.summary();
    }

    /** Of the directory "logs", as {@code file@position: what}. */
    private List<String> problems() throws IOException {
        verify(root.resolve("logs"));
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.PROBLEM)
                .map(finding -> finding.file().getFileName() + "@" + finding.position() + ": " + finding.what())
                .toList();
    }

    private static Path segment(WrittenLogs written, int index) throws IOException {
        return PartitionFiles.list(Disk.local(), written.partition).segments().get(index);
    }

    private static Path lastSegment(WrittenLogs written) throws IOException {
        List<Path> all = PartitionFiles.list(Disk.local(), written.partition).segments();
        return all.get(all.size() - 1);
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        write(file, bytes);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static long bytesOfLogs(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
